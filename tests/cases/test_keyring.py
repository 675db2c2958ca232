"""Who may be given the keys of a case, putting one's own down, and what becomes of keys when somebody leaves."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.following import Followers, let_follow
from app.accounts.key_events import RENEWED
from app.accounts.models import Membership
from app.accounts.queries import readers_of
from app.accounts.services import end_membership
from app.audit.queries import notes_of_chain
from app.audit.services import note
from app.cases import exporting, keyring, leaving, rekeying
from app.cases.desk import CaseNotFoundError, Held, hold
from app.cases.models import CaseReader
from app.cases.own_record import own_lines
from app.cases.reader_wording import readers_text
from app.cases.reading import Seen, read_messages
from app.notifications.models import Outbox
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, Opened, desk_of, new_adviser, new_case, new_membership, new_school
from tests.cases.test_conflict_of_interest import TOKEN

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
NOBODY_SEEN = Seen(-1, -1)


@pytest.fixture(autouse=True)
def noon(inside_an_installation: Any) -> Any:
    let_follow(inside_an_installation, Followers(rekeying.take_keys_back, rekeying.forget_old_key))
    with clock.at(NOON):
        yield


@pytest.fixture
def school_id(session: Session) -> str:
    return new_school(session)


@pytest.fixture
def mira(session: Session, school_id: str) -> Adviser:
    return new_adviser(session, school_id, "Mira Zonneveld")


def came_later(session: Session, school_id: str, name: str = "Lieve Berg") -> Adviser:
    with clock.at(LATER):
        return new_adviser(session, school_id, name)


def held_by(session: Session, adviser: Adviser, case: Opened) -> Held:
    return hold(session, desk_of(adviser, case.access.school_id), case.case_id, lock=True)


def free(session: Session, adviser: Adviser, case: Opened) -> list[str]:
    return [reader.name for reader in keyring.free_to_get(session, held_by(session, adviser, case))]


def membership_of(session: Session, adviser: Adviser) -> str:
    return session.scalars(select(Membership.id).where(Membership.person_id == adviser.person_id)).one()


def readers_in(session: Session, case: Opened) -> set[str]:
    return set(session.scalars(select(CaseReader.person_id).where(CaseReader.case_id == case.case_id)))


def test_who_became_adviser_afterwards_may_be_given_the_keys(session: Session, school_id: str, mira: Adviser) -> None:
    case = new_case(session, school_id, mira)
    came_later(session, school_id)

    assert free(session, mira, case) == ["Lieve Berg"]


def test_who_was_there_and_got_no_key_is_not_offered(session: Session, school_id: str, mira: Adviser) -> None:
    new_adviser(session, school_id, "Wim Blok")
    case = new_case(session, school_id, mira)

    assert free(session, mira, case) == []


def test_whom_the_report_names_is_never_offered(session: Session, school_id: str, mira: Adviser) -> None:
    wim = came_later(session, school_id, "Wim Blok")
    case = new_case(session, school_id, mira, answers={"conflict": (wim.person_id,)})

    assert free(session, mira, case) == []


def test_whom_the_report_names_is_not_offered_when_he_comes_back_as_another_account(
    session: Session, school_id: str, mira: Adviser
) -> None:
    wim = new_adviser(session, school_id, "Wim Blok")
    named = new_case(session, school_id, mira, answers={"conflict": (wim.person_id,)})
    struck_out = new_case(session, school_id, mira)
    end_membership(session, membership_of(session, wim), school_id, by=None)
    came_later(session, school_id, "Wim Blok")

    assert (free(session, mira, named), free(session, mira, struck_out)) == ([], [])


def test_whom_the_student_struck_out_is_not_offered_when_he_comes_back_with_the_same_account(
    session: Session, school_id: str, mira: Adviser
) -> None:
    wim = new_adviser(session, new_school(session), "Wim Blok")
    new_membership(session, wim, school_id)
    struck_out = new_case(session, school_id, mira)
    here = select(Membership.id).where(Membership.person_id == wim.person_id, Membership.school_id == school_id)
    end_membership(session, session.scalars(here).one(), school_id, by=None)
    with clock.at(LATER):
        new_membership(session, wim, school_id)

    assert free(session, mira, struck_out) == []


def test_who_waits_for_confirmation_is_not_offered(session: Session, school_id: str, mira: Adviser) -> None:
    case = new_case(session, school_id, mira)
    lieve = came_later(session, school_id)
    session.execute(update(Membership).where(Membership.person_id == lieve.person_id).values(proof=None))

    assert free(session, mira, case) == []


def test_who_is_given_the_keys_reads_and_all_are_told(session: Session, school_id: str, mira: Adviser) -> None:
    case = new_case(session, school_id, mira)
    lieve = came_later(session, school_id)
    held = held_by(session, mira, case)

    keyring.give_key(session, desk_of(mira, school_id), held, keyring.free_to_get(session, held)[0])

    other = held_by(session, lieve, case)
    (message,) = read_messages(session, other.ref, other.dialog_key, NOBODY_SEEN)
    assert (message.kind, message.text) == ("readers", "Lieve Berg kan deze melding vanaf nu ook lezen.")
    assert keyring.keys_of(other, desk_of(lieve, school_id)).notes
    assert notes_of_chain(session, school_id, case.case_id)[-1].what == "case.shared"
    assert "Er kwam iemand bij die kan meelezen" in [line.text for line in own_lines(session, held.ref)]


def test_no_key_is_put_down_when_nobody_else_can_read(session: Session, school_id: str, mira: Adviser) -> None:
    case = new_case(session, school_id, mira)

    with pytest.raises(keyring.LastReaderError):
        keyring.drop_key(session, desk_of(mira, school_id), held_by(session, mira, case))


def test_a_reader_whose_key_was_lost_counts_for_nothing(session: Session, school_id: str, mira: Adviser) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    case = new_case(session, school_id, mira, joris)
    rekeying.forget_old_key(session, joris.person_id)

    with pytest.raises(keyring.LastReaderError):
        keyring.drop_key(session, desk_of(mira, school_id), held_by(session, mira, case))


def test_who_puts_his_key_down_finds_nothing_any_more(session: Session, school_id: str, mira: Adviser) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    case = new_case(session, school_id, mira, joris)

    keyring.drop_key(session, desk_of(mira, school_id), held_by(session, mira, case))

    assert readers_in(session, case) == {joris.person_id}
    with pytest.raises(CaseNotFoundError):
        held_by(session, mira, case)
    held = held_by(session, joris, case)
    (message,) = read_messages(session, held.ref, held.dialog_key, NOBODY_SEEN, is_own=True)
    assert message.text == "Mira Zonneveld leest vanaf nu niet meer mee."


def with_a_deputy(session: Session, school_id: str, mira: Adviser) -> tuple[Adviser, Opened]:
    """Return who stands by for Mira, and a case that she reads."""
    pim = new_adviser(session, school_id, "Pim Lindeman")
    return pim, new_case(session, school_id, mira, pim, readers=(mira.reader, replace(pim.reader, stage=1)))


def test_a_deputy_steps_in_for_the_last_who_puts_his_key_down(session: Session, school_id: str, mira: Adviser) -> None:
    pim, case = with_a_deputy(session, school_id, mira)
    with pytest.raises(CaseNotFoundError):
        held_by(session, pim, case)

    keyring.drop_key(session, desk_of(mira, school_id), held_by(session, mira, case))

    held = held_by(session, pim, case)
    assert [
        message.text for message in read_messages(session, held.ref, held.dialog_key, NOBODY_SEEN, is_own=True)
    ] == [
        "Mira Zonneveld leest vanaf nu niet meer mee.",
        "Pim Lindeman kan jouw bericht vanaf nu ook lezen en je antwoorden.",
    ]
    assert any(pim.person_id in job.payload for job in session.scalars(select(Outbox)))


def test_a_deputy_stays_one_while_somebody_else_sees_the_case(session: Session, school_id: str, mira: Adviser) -> None:
    joris, pim = (new_adviser(session, school_id, name) for name in ("Joris Waterman", "Pim Lindeman"))
    readers = (mira.reader, joris.reader, replace(pim.reader, stage=1))
    case = new_case(session, school_id, mira, joris, pim, readers=readers)

    keyring.drop_key(session, desk_of(mira, school_id), held_by(session, mira, case))

    with pytest.raises(CaseNotFoundError):
        held_by(session, pim, case)


@pytest.mark.parametrize("loss", ["removed", "renewed"])
def test_a_deputy_steps_in_when_nobody_else_can_open_a_case(
    session: Session, school_id: str, mira: Adviser, loss: str
) -> None:
    pim, case = with_a_deputy(session, school_id, mira)

    if loss == "removed":
        end_membership(session, membership_of(session, mira), school_id, by=None)
    else:
        rekeying.forget_old_key(session, mira.person_id)

    assert held_by(session, pim, case).reader.stage == 0


def test_neither_a_deputy_who_was_not_asked_nor_a_lost_key_can_allow_a_copy(
    session: Session, school_id: str, mira: Adviser
) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    _pim, case = with_a_deputy(session, school_id, mira)
    both = new_case(session, school_id, mira, joris)
    assert not exporting.has_second_reader(session, held_by(session, mira, case))
    assert exporting.has_second_reader(session, held_by(session, mira, both))

    rekeying.forget_old_key(session, joris.person_id)

    assert not exporting.has_second_reader(session, held_by(session, mira, both))


@pytest.mark.parametrize("what", ["joined", "left", "recovered"])
def test_students_and_advisers_read_it_in_their_own_words(what: str) -> None:
    said = {readers_text({"name": "Mira", "what": what}, is_own=is_own) for is_own in (True, False)}

    assert len(said) == 2
    assert all("Mira" in text for text in said)


def test_when_the_manager_removes_somebody_what_others_read_is_taken_from_him(
    session: Session, school_id: str, mira: Adviser
) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    shared, sole = new_case(session, school_id, mira, joris), new_case(session, school_id, joris)

    end_membership(session, membership_of(session, joris), school_id, by=None)

    assert (readers_in(session, shared), readers_in(session, sole)) == ({mira.person_id}, {joris.person_id})
    with pytest.raises(CaseNotFoundError):
        held_by(session, mira, sole)


def test_who_alone_reads_something_cannot_leave(session: Session, school_id: str, mira: Adviser) -> None:
    case = new_case(session, school_id, mira)
    desk = desk_of(mira, school_id)

    assert [one.case_id for one in leaving.sole_cases(session, desk, school_id)] == [case.case_id]
    with pytest.raises(leaving.SoleReaderError):
        leaving.leave_school(session, desk, school_id)


def test_who_leaves_takes_no_key_along(session: Session, school_id: str, mira: Adviser) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    case = new_case(session, school_id, mira, joris)

    leaving.leave_school(session, desk_of(mira, school_id), school_id)

    assert readers_in(session, case) == {joris.person_id}
    assert [reader.person_id for reader in readers_of(session, school_id)] == [joris.person_id]


def came_back(session: Session, school_id: str, adviser: Adviser) -> None:
    """Let somebody have a new key, as the record of his school says."""
    note(session, school_id=school_id, person_id=adviser.person_id, what=RENEWED, subject=adviser.person_id)
    rekeying.forget_old_key(session, adviser.person_id)


def test_a_row_that_somebody_wrote_by_hand_is_given_no_key(session: Session, school_id: str, mira: Adviser) -> None:
    wim = new_adviser(session, school_id, "Wim Blok")
    case = new_case(session, school_id, mira)
    session.execute(
        insert(CaseReader).values(
            school_id=school_id, case_id=case.case_id, person_id=wim.person_id, kind="internal",
            dialog_wrap=b"", notes_wrap=b"", seen_through=-1,
        )
    )  # fmt: skip
    desk = desk_of(mira, school_id)

    assert rekeying.returned_colleagues(session, desk, school_id) == ()
    assert rekeying.give_back(session, desk, school_id, wim.person_id) == 0


def test_a_colleague_gives_back_only_what_both_read(session: Session, school_id: str, mira: Adviser) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    shared, sole = new_case(session, school_id, mira, joris), new_case(session, school_id, joris)
    came_back(session, school_id, joris)
    desk = desk_of(mira, school_id)
    assert [one.count for one in rekeying.returned_colleagues(session, desk, school_id)] == [1]

    assert rekeying.give_back(session, desk, school_id, joris.person_id) == 1

    assert held_by(session, joris, shared).dialog_key
    assert held_by(session, joris, sole).dialog_key is None
    assert rekeying.returned_colleagues(session, desk, school_id) == ()


def test_a_case_that_is_damaged_for_the_helper_is_left_out(session: Session, school_id: str, mira: Adviser) -> None:
    joris = new_adviser(session, school_id, "Joris Waterman", "external")
    case = new_case(session, school_id, mira, joris)
    came_back(session, school_id, joris)
    session.get_one(CaseReader, (case.case_id, mira.person_id)).notes_wrap = b"\x01"
    session.flush()

    assert rekeying.give_back(session, desk_of(mira, school_id), school_id, joris.person_id) == 0


def pages_of(client: FlaskClient, case_id: str) -> list[tuple[int, str]]:
    """Every page of keys that knows cases."""
    answers = [client.get(f"/staff/keys/{page}") for page in ("rewrap", "recover", "leave")]
    answers += [client.get(f"/staff/cases/{case_id}/readers"), client.get("/staff/cases")]
    return [(answer.status_code, TOKEN.sub("", answer.text)) for answer in answers]


def test_pages_of_keys_are_the_same_with_and_without_a_case_that_is_kept_from_him(
    database: db.Database, sign_in: SignIn
) -> None:
    with database.writer.begin() as session:
        school_id = new_school(session)
        wim = new_adviser(session, school_id, "Wim Blok")
        noor = new_adviser(session, school_id, "Noor de Wit", "external")
        joris = new_adviser(session, school_id, "Joris Waterman", "external")
        new_case(session, school_id, wim, noor)
        came_back(session, school_id, joris)
    client = sign_in(wim)
    before = pages_of(client, "0" * 32)
    with database.writer.begin() as session:
        hidden = new_case(session, school_id, noor, joris, answers={"conflict": (wim.person_id,)}, urgent=True)
        session.get_one(CaseReader, (hidden.case_id, joris.person_id)).dialog_wrap = b""
        rekeying.give_back(session, desk_of(noor, school_id), school_id, joris.person_id)
        keyring.drop_key(session, desk_of(noor, school_id), held_by(session, noor, hidden))

    after = pages_of(client, hidden.case_id)

    assert [(status, body.replace(hidden.case_id, "0" * 32)) for status, body in after] == before


def test_of_two_who_are_removed_at_once_one_keeps_what_nobody_else_can_open(
    database: db.Database, inside_an_installation: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writer.begin() as session:
        school_id = new_school(session)
        both = [new_adviser(session, school_id, name) for name in ("Mira Zonneveld", "Joris Waterman")]
        case = new_case(session, school_id, *both)
        memberships = [membership_of(session, one) for one in both]
    meeting, working = Barrier(2), rekeying.working_readers

    def meet(*given: Any) -> Any:
        found = working(*given)
        with suppress(BrokenBarrierError):
            meeting.wait(0.5)
        return found

    def remove(membership_id: str) -> None:
        with inside_an_installation.app_context(), database.writer.begin() as session:
            end_membership(session, membership_id, school_id, by=None)

    monkeypatch.setattr(rekeying, "working_readers", meet)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, memberships))

    with database.reader() as session:
        assert len(readers_in(session, case)) == 1


def test_who_alone_can_open_what_is_not_delivered_yet_cannot_leave_before_it_is(
    session: Session, school_id: str, mira: Adviser
) -> None:
    with clock.at(NOON.replace(hour=21)):
        new_case(session, school_id, mira, deliver_at_once=False)
        desk = desk_of(mira, school_id)

        assert [bool(one.case_id) for one in leaving.sole_cases(session, desk, school_id)] == [False]
        with pytest.raises(leaving.SoleReaderError):
            leaving.leave_school(session, desk, school_id)
