"""Nobody becomes a reader silently: newcomers wait for a colleague, and what happens to keys stands in the record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.accounts.confirming import (
    KeyHolder,
    NotConfirmedError,
    OthersCanConfirmError,
    confirm,
    confirm_as_operator,
    refuse,
)
from app.accounts.fingerprints import WORDS, fingerprint_of, own_fingerprint, words_of
from app.accounts.joining import Joined
from app.accounts.key_events import Signer, events_of
from app.accounts.key_risks import KeyState, Risk, risks_of
from app.accounts.key_wording import event_label, risk_label
from app.accounts.models import Membership, Person
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.accounts.school_recovery import RecoveryInfo
from app.accounts.services import MemberNotFoundError, open_school
from app.vault.keys import new_key_pair
from app.vault.signing import sign_public_of
from tests.accounts.people import SCHOOL_ID, Town, code_of

TODAY = date(2026, 11, 24)


@pytest.fixture
def founded(town: Town) -> tuple[Joined, Joined]:
    """An open school with its two first advisers."""
    both = town.two_advisers()
    with town.app.app_context(), db.transaction() as session:
        open_school(session, SCHOOL_ID)
    return both


@pytest.fixture
def newcomer(town: Town, founded: tuple[Joined, Joined]) -> Joined:
    return town.person("lieve@school.example", Role.ADVISER, "internal")


def reading(town: Town) -> set[str]:
    with town.app.app_context(), db.reading() as session:
        return {reader.person_id for reader in readers_of(session, SCHOOL_ID)}


def membership_of(session: Session, person: Joined) -> str:
    return session.scalars(select(Membership.id).where(Membership.person_id == person.person_id)).one()


def signer(person: Joined) -> Signer:
    return Signer(person.person_id, person.pair)


def test_before_a_school_opens_advisers_join_freely(town: Town) -> None:
    mira, joris = town.two_advisers()

    assert reading(town) == {mira.person_id, joris.person_id}


def test_afterwards_a_new_adviser_is_nobodys_reader(town: Town, newcomer: Joined) -> None:
    assert newcomer.person_id not in reading(town)


def test_a_school_that_closed_for_a_while_is_not_founded_anew(town: Town, founded: tuple[Joined, Joined]) -> None:
    with town.app.app_context(), db.transaction() as session:
        session.connection().exec_driver_sql("UPDATE school SET is_open = false")
    late = town.person("lieve@school.example", Role.ADVISER, "internal")

    assert late.person_id not in reading(town)


def test_a_colleague_confirms_him_and_the_word_is_signed(
    town: Town, founded: tuple[Joined, Joined], newcomer: Joined
) -> None:
    with town.app.app_context(), db.transaction() as session:
        confirm(session, SCHOOL_ID, membership_of(session, newcomer), signer(founded[0]))

    assert newcomer.person_id in reading(town)
    with town.app.app_context(), db.reading() as session:
        event = events_of(session, SCHOOL_ID)[0]
        assert event_label(event) == "Mira bevestigde Lieve."
    assert (event.what, event.name, event.by, event.is_signed) == ("key.confirmed", "Lieve", "Mira", True)


def test_a_signature_of_another_does_not_count(town: Town, founded: tuple[Joined, Joined], newcomer: Joined) -> None:
    with town.app.app_context(), db.transaction() as session:
        forged = Signer(founded[0].person_id, new_key_pair())
        confirm(session, SCHOOL_ID, membership_of(session, newcomer), forged)

    with town.app.app_context(), db.reading() as session:
        assert not events_of(session, SCHOOL_ID)[0].is_signed


def test_nobody_confirms_himself_and_who_waits_confirms_nobody(town: Town, newcomer: Joined) -> None:
    other = town.person("bas@school.example", Role.ADVISER, "internal")
    with town.app.app_context(), db.transaction() as session:
        for by in (newcomer, other):
            with pytest.raises(NotConfirmedError):
                confirm(session, SCHOOL_ID, membership_of(session, newcomer), signer(by))

    assert newcomer.person_id not in reading(town)


def test_who_is_confirmed_is_not_confirmed_again(town: Town, founded: tuple[Joined, Joined]) -> None:
    with town.app.app_context(), db.transaction() as session, pytest.raises(MemberNotFoundError):
        confirm(session, SCHOOL_ID, membership_of(session, founded[1]), signer(founded[0]))


def test_a_row_written_by_hand_gives_nobody_a_key(town: Town, newcomer: Joined) -> None:
    with town.app.app_context(), db.transaction() as session:
        session.execute(
            update(Membership)
            .where(Membership.person_id == newcomer.person_id)
            .values(confirmed_on=TODAY, proof=b"\x01" * 32)
        )

    assert newcomer.person_id not in reading(town)


@pytest.mark.parametrize("change", ["key", "kind", "school"])
def test_a_mark_holds_for_one_key_kind_and_school(town: Town, founded: tuple[Joined, Joined], change: str) -> None:
    joris = founded[1]
    with town.app.app_context(), db.transaction() as session:
        row = session.scalars(select(Membership).where(Membership.person_id == joris.person_id)).one()
        if change == "key":
            session.get_one(Person, joris.person_id).key_public = new_key_pair().public
        elif change == "kind":
            row.kind = "internal"
        else:
            row.school_id = "f" * 32
        session.flush()
        readers = {one.person_id for school in (SCHOOL_ID, "f" * 32) for one in readers_of(session, school)}

    assert joris.person_id not in readers


def test_who_is_refused_is_gone_and_stays_in_the_record(
    town: Town, founded: tuple[Joined, Joined], newcomer: Joined
) -> None:
    with town.app.app_context(), db.transaction() as session:
        refuse(session, SCHOOL_ID, membership_of(session, newcomer), signer(founded[0]))

    with town.app.app_context(), db.reading() as session:
        said = [event_label(event) for event in events_of(session, SCHOOL_ID)]
        assert session.get_one(Person, newcomer.person_id).is_disabled
    assert "Mira liet Lieve niet toe." in said


def test_the_operator_confirms_only_where_no_adviser_is_left(
    town: Town, founded: tuple[Joined, Joined], newcomer: Joined
) -> None:
    with town.app.app_context(), db.transaction() as session, pytest.raises(OthersCanConfirmError):
        confirm_as_operator(session, SCHOOL_ID, newcomer.person_id)
    with town.app.app_context(), db.transaction() as session:
        session.execute(update(Membership).where(Membership.person_id != newcomer.person_id).values(proof=None))
        with pytest.raises(MemberNotFoundError):
            confirm_as_operator(session, SCHOOL_ID, "0" * 32)

    asked = town.app.test_cli_runner().invoke(args=["people", "confirm", "--school", "de-meeuw", newcomer.person_id])

    assert asked.exit_code == 0, asked.output
    assert reading(town) == {newcomer.person_id}
    page = town.browser_of("lieve@school.example", newcomer).get("/staff/keys").text
    assert page.count("zonder woord van een collega") == 2  # as a warning and in the record


def test_the_command_refuses_while_a_colleague_can_do_it(town: Town, newcomer: Joined) -> None:
    asked = town.app.test_cli_runner().invoke(args=["people", "confirm", "--school", "de-meeuw", newcomer.person_id])

    assert (asked.exit_code, "/staff/keys" in asked.output) == (1, True)


def test_the_operator_lists_who_holds_keys(town: Town, newcomer: Joined) -> None:
    listed = town.app.test_cli_runner().invoke(args=["people", "keys", "--school", "de-meeuw"]).output

    assert [line.split()[1] for line in listed.splitlines()] == ["confirmed", "confirmed", "waiting"]


def test_the_words_of_a_newcomer_are_the_same_on_both_screens(
    town: Town, founded: tuple[Joined, Joined], newcomer: Joined
) -> None:
    with town.app.app_context(), db.reading() as session:
        person = session.get_one(Person, newcomer.person_id)
        words = " ".join(words_of(fingerprint_of(person.key_public, person.sign_public)))

    own = town.browser_of("lieve@school.example", newcomer).get("/staff/keys").text
    other = town.browser_of("mira@school.example", founded[0]).get("/staff/keys").text

    assert len(words.split()) == WORDS
    assert (words in own, words in other) == (True, True)


def test_a_key_put_in_the_place_of_another_has_other_words_than_its_owner_reads_out(
    town: Town, founded: tuple[Joined, Joined], newcomer: Joined
) -> None:
    own, other = town.browser_of("lieve@school.example", newcomer), town.browser_of("mira@school.example", founded[0])
    forged = new_key_pair()
    with town.app.app_context(), db.transaction() as session:
        keys = {"key_public": forged.public, "sign_public": sign_public_of(forged)}
        session.execute(update(Person).where(Person.id == newcomer.person_id).values(keys))
    words = " ".join(words_of(own_fingerprint(forged)))

    page = own.get("/staff/keys").text

    assert (words in other.get("/staff/keys").text, words in page) == (True, False)
    assert "is niet die van jou" in page


def test_a_changed_key_gets_its_owner_a_page_that_says_what_to_do(town: Town, founded: tuple[Joined, Joined]) -> None:
    with town.app.app_context(), db.transaction() as session:
        keys = {"key_public": new_key_pair().public}
        session.execute(update(Person).where(Person.id == founded[0].person_id).values(keys))

    answer = town.sign_in("mira@school.example", code_of(founded[0].totp_secret))[1]

    assert (answer.status_code, "beschadigd of veranderd" in answer.text) == (409, True)


def test_who_waits_sees_nothing_of_the_others(town: Town, newcomer: Joined) -> None:
    page = town.browser_of("lieve@school.example", newcomer).get("/staff/keys").text

    assert ("Je wacht nog" in page, "Mira" in page, "Joris" in page) == (True, False, False)


def test_the_manager_sees_who_waits(town: Town, newcomer: Joined) -> None:
    assert town.manager().get("/staff/people").text.count("data-waits") == 1


def test_confirming_and_refusing_on_the_page(town: Town, founded: tuple[Joined, Joined], newcomer: Joined) -> None:
    browser = town.browser_of("mira@school.example", founded[0])
    with town.app.app_context(), db.reading() as session:
        membership = membership_of(session, newcomer)

    assert browser.post(f"/staff/keys/members/{membership}/confirm").status_code == 303
    assert browser.post(f"/staff/keys/members/{membership}/confirm").status_code == 404
    assert browser.post(f"/staff/keys/members/{membership}/refuse").status_code == 404
    assert browser.post("/staff/keys/members/x/refuse").status_code == 404
    assert newcomer.person_id in reading(town)


def test_nobody_makes_a_link_for_himself_or_for_a_stranger(town: Town, founded: tuple[Joined, Joined]) -> None:
    browser = town.browser_of("mira@school.example", founded[0])

    for person_id in (founded[0].person_id, "0" * 32):
        assert browser.post(f"/staff/keys/people/{person_id}/rescue").status_code == 404


def test_no_half_is_made_with_oneself_or_out_of_turn(town: Town, founded: tuple[Joined, Joined]) -> None:
    mira, joris = founded
    browser = town.browser_of("mira@school.example", mira)

    assert browser.post("/staff/keys/recovery", data={"second": mira.person_id}).status_code == 404
    assert browser.post("/staff/keys/recovery/second").status_code == 410
    assert browser.post("/staff/keys/recovery", data={"second": joris.person_id}).status_code == 200
    assert browser.post("/staff/keys/recovery/second").status_code == 410


def a_holder(person_id: str, kind: str = "internal", *, is_confirmed: bool = True) -> KeyHolder:
    return KeyHolder(
        membership_id="",
        person_id=person_id,
        name="",
        kind=kind,
        is_deputy=False,
        is_confirmed=is_confirmed,
        since=TODAY,
        confirmed_by="",
        fingerprint="",
    )


RECOVERY = RecoveryInfo(id="", public=b"", first_by="", second_by="", made_on=TODAY, checked_on=TODAY, used_on=None)
SAFE = KeyState(
    own_id="mira",
    has_own_key=True,
    has_own_code=True,
    holders=(a_holder("mira"), a_holder("joris", "external")),
    recovery=RECOVERY,
    recovery_used_on=None,
    operator_on=None,
    renewed_on=None,
    today=TODAY,
)


@pytest.mark.parametrize(
    ("changes", "risk"),
    [
        ({"has_own_key": False}, Risk.OWN_KEY_CHANGED),
        ({"own_id": "lieve"}, Risk.WAITS_SELF),
        ({"holders": (a_holder("mira", "external"),)}, Risk.ONE_HOLDER),
        ({"holders": (a_holder("mira"), a_holder("joris"))}, Risk.NO_EXTERNAL),
        ({"holders": (*SAFE.holders, a_holder("lieve", is_confirmed=False))}, Risk.SOMEBODY_WAITS),
        ({"recovery": None}, Risk.NO_RECOVERY),
        ({"recovery": replace(RECOVERY, checked_on=None)}, Risk.UNTRIED),
        ({"recovery": replace(RECOVERY, checked_on=TODAY - timedelta(days=366))}, Risk.LONG_AGO),
        ({"recovery_used_on": TODAY - timedelta(days=30)}, Risk.RECOVERY_USED),
        ({"operator_on": TODAY - timedelta(days=30)}, Risk.BY_OPERATOR),
        ({"renewed_on": TODAY - timedelta(days=30)}, Risk.RENEWED),
        ({"has_own_code": False}, Risk.NO_OWN_CODE),
    ],
)
def test_each_risk_is_said(changes: dict[str, object], risk: Risk) -> None:
    assert risks_of(replace(SAFE, **changes)) == (risk,)  # type: ignore[arg-type]
    assert risk_label(risk)


def test_keys_that_are_safe_need_no_word() -> None:
    long_ago = TODAY - timedelta(days=31)

    assert risks_of(replace(SAFE, recovery_used_on=long_ago, operator_on=long_ago, renewed_on=long_ago)) == ()


def test_who_has_no_key_has_no_fingerprint() -> None:
    assert words_of(fingerprint_of(None, None)) == ()
