from datetime import date

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.audit.queries import notes_of
from app.cases import services
from app.cases.correspondence import mark_seen, read_conversation, write
from app.cases.desk import CaseNotFoundError
from app.cases.models import Case
from tests.cases.factories import (
    MONDAY_NIGHT,
    TUESDAY_DAWN,
    TUESDAY_MORNING,
    desk_of,
    new_adviser,
    new_case,
    new_school,
)

TRICKY = "Lieve leerling,\r\n\r\n\tik lees dit. \u200fشكرا 👩‍👩‍👧 ﷽ \u00a0einde  "


def test_the_first_opening_marks_the_case_as_read_and_is_noted(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    view = services.read_case(session, desk_of(adviser, school), opened.case_id)
    session.flush()

    assert (view.head.status, view.seen_before) == ("read", -1)
    notes = notes_of(session, school, opened.case_id)
    assert [(note.person_id, note.what) for note in notes] == [(adviser.person_id, "case.opened")]


def test_every_opening_is_noted(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    for _ in range(3):
        services.read_case(session, desk_of(adviser, school), opened.case_id)
    session.flush()

    assert len(notes_of(session, school, opened.case_id)) == 3


def test_a_reply_reaches_the_student_to_the_byte(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school, name="Noor de Wit")
    opened = new_case(session, school, adviser)

    with clock.at(TUESDAY_MORNING):
        services.reply(session, desk_of(adviser, school), opened.case_id, TRICKY)

    conversation = read_conversation(session, opened.access)
    (message,) = conversation.messages
    assert (message.text, message.author, message.from_student) == (TRICKY, "Noor de Wit", False)
    assert message.written_on == date(2026, 11, 24)
    assert (conversation.status, conversation.awaits_answer) == ("handled", False)


def test_the_longest_text_is_kept(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    services.reply(session, desk_of(adviser, school), opened.case_id, "𝕏" * 10_000)

    assert read_conversation(session, opened.access).messages[0].text == "𝕏" * 10_000


def test_being_handled_keeps_the_promise(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    services.mark_handled(session, desk_of(adviser, school), opened.case_id)

    conversation = read_conversation(session, opened.access)
    assert (conversation.status, conversation.awaits_answer) == ("handled", True)


def test_closing_leaves_a_sentence_for_the_student(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    services.close_case(session, desk_of(adviser, school), opened.case_id, "We hebben met de klas gepraat.")

    conversation = read_conversation(session, opened.access)
    assert conversation.status == "closed"
    assert [(m.is_outcome, m.text) for m in conversation.messages] == [(True, "We hebben met de klas gepraat.")]


def test_a_closed_case_takes_no_reply(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    opened = new_case(session, school, adviser)
    services.close_case(session, desk, opened.case_id, "Klaar.")

    with pytest.raises(services.CaseClosedError):
        services.reply(session, desk, opened.case_id, "Nog iets.")
    with pytest.raises(services.CaseClosedError):
        services.close_case(session, desk, opened.case_id, "Nog eens klaar.")

    services.reopen(session, desk, opened.case_id)
    services.reply(session, desk, opened.case_id, "Nog iets.")
    assert session.get_one(Case, opened.case_id).status == "handled"


def test_reopening_an_open_case_changes_nothing(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    services.reopen(session, desk_of(adviser, school), opened.case_id)

    assert session.get_one(Case, opened.case_id).status == "received"


def test_what_the_student_has_seen_shows_on_the_desk(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    opened = new_case(session, school, adviser)
    services.reply(session, desk, opened.case_id, "Dank je.")

    (before,) = services.read_case(session, desk, opened.case_id).messages
    mark_seen(session, opened.access)
    (after,) = services.read_case(session, desk, opened.case_id).messages

    assert (before.is_read, after.is_read) == (False, True)


def test_a_new_message_is_marked_until_the_case_is_opened(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    opened = new_case(session, school, adviser)
    services.read_case(session, desk, opened.case_id)
    write(session, opened.access, "Het is weer gebeurd.")

    first, second = (services.read_case(session, desk, opened.case_id).seen_before for _ in range(2))

    assert (first, second) == (0, 1)


@pytest.mark.parametrize("step", [services.read_case, services.mark_handled, services.reopen])
def test_who_holds_no_key_finds_no_case(session: Session, step: object) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    stranger = new_adviser(session, school, name="Wim Blok")

    with pytest.raises(CaseNotFoundError):
        step(session, desk_of(stranger, school), opened.case_id)  # type: ignore[operator]  # one of three services


def test_who_left_the_school_finds_no_case(session: Session) -> None:
    school, other = new_school(session), new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)

    with pytest.raises(CaseNotFoundError):
        services.read_case(session, desk_of(adviser, other), opened.case_id)


def test_a_case_shows_only_from_its_window_on(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    with clock.at(MONDAY_NIGHT):
        opened = new_case(session, school, adviser, deliver_at_once=False)

    for moment in (MONDAY_NIGHT, TUESDAY_DAWN):
        with clock.at(moment), pytest.raises(CaseNotFoundError):
            services.read_case(session, desk_of(adviser, school), opened.case_id)
    with clock.at(TUESDAY_MORNING):
        assert services.read_case(session, desk_of(adviser, school), opened.case_id).head.id == opened.case_id
