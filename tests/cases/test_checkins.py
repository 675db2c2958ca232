from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock
from app.cases import services
from app.cases.correspondence import (
    CheckinAnswer,
    Conversation,
    answer_checkin,
    read_conversation,
    tell_happened,
    withdraw,
    write,
)
from app.cases.desk import Desk
from app.cases.envelopes import CaseDamagedError
from app.cases.models import Case, Message
from app.cases.queries import waiting_cases
from app.cases.rules import CaseWithdrawnError
from app.i18n.translate import using
from app.notifications.models import Outbox
from app.vault.keys import new_key_pair
from tests.cases.factories import TUESDAY_MORNING, Opened, desk_of, new_adviser, new_case, new_school
from tests.cases.test_reading import flipped


@dataclass(frozen=True)
class Answered:
    """A case that an adviser answered on a Tuesday."""

    session: Session
    case: Opened
    desk: Desk

    def conversation(self, days: int) -> Conversation:
        with clock.at(TUESDAY_MORNING + timedelta(days=days)):
            return read_conversation(self.session, self.case.access)

    def answer(self, days: int, answer: CheckinAnswer) -> None:
        with clock.at(TUESDAY_MORNING + timedelta(days=days)):
            answer_checkin(self.session, self.case.access, answer)

    @property
    def mails(self) -> int:
        return self.session.scalar(select(func.count()).select_from(Outbox)) or 0


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Three days after all that is told here; a test that names a day has that one."""
    with clock.at(TUESDAY_MORNING + timedelta(days=3)):
        yield


@pytest.fixture
def answered(session: Session) -> Answered:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    with clock.at(TUESDAY_MORNING):
        case = new_case(session, school, adviser)
        services.reply(session, desk, case.case_id, "Ik lees dit.")
    session.execute(delete(Outbox))
    return Answered(session, case, desk)


def test_a_student_is_asked_on_the_third_day_after_the_answer(answered: Answered) -> None:
    assert [answered.conversation(days).checkin for days in (0, 2, 3, 9, 10)] == [0, 0, 3, 3, 10]


@pytest.mark.parametrize("step", ["handled", "closed", "none"])
def test_taking_a_case_up_or_closing_it_is_acting_too(session: Session, step: str) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    with clock.at(TUESDAY_MORNING):
        opened = new_case(session, school, adviser)
        services.read_case(session, desk, opened.case_id)
        if step == "handled":
            services.mark_handled(session, desk, opened.case_id)
        elif step == "closed":
            services.close_case(session, desk, opened.case_id, "Klaar.")
    with clock.at(TUESDAY_MORNING + timedelta(days=4)):
        services.read_case(session, desk, opened.case_id)

        assert read_conversation(session, opened.access).checkin == (0 if step == "none" else 3)


def test_an_answer_is_asked_for_once_and_kept_once(answered: Answered) -> None:
    answered.answer(4, "fine")
    answered.answer(4, "happened")

    conversation = answered.conversation(4)
    assert [(m.kind, m.from_student, m.text) for m in conversation.messages][1:] == [
        ("checkin", True, "Je antwoordde: er is niets vervelends gebeurd.")
    ]
    assert [answered.conversation(days).checkin for days in (4, 9, 12, 29, 30)] == [0, 0, 10, 10, 30]


def test_who_comes_back_late_is_asked_the_latest_only(answered: Answered) -> None:
    answered.answer(40, "no_answer")

    assert answered.conversation(40).checkin == 0
    assert len(answered.conversation(40).messages) == 1


def test_an_answer_before_the_third_day_changes_nothing(answered: Answered) -> None:
    answered.answer(2, "happened")

    assert len(answered.conversation(2).messages) == 1
    assert answered.conversation(3).checkin == 3


def test_fine_is_news_that_opens_nothing_promises_nothing_and_mails_nobody(answered: Answered) -> None:
    with clock.at(TUESDAY_MORNING):
        services.close_case(answered.session, answered.desk, answered.case.case_id, "Klaar.")
    answered.answer(3, "fine")

    conversation = answered.conversation(3)
    (row,) = waiting_cases(answered.session, answered.desk).cases
    assert (conversation.status, conversation.awaits_answer, answered.mails) == ("closed", False, 0)
    assert (row.has_news, row.news_on) == (True, TUESDAY_MORNING.date() + timedelta(days=3))


@pytest.mark.parametrize("answer", ["happened", "no_answer"])
def test_no_other_answer_tells_anybody_anything(answered: Answered, answer: CheckinAnswer) -> None:
    before = len(services.read_case(answered.session, answered.desk, answered.case.case_id).messages)
    answered.answer(3, answer)

    (row,) = waiting_cases(answered.session, answered.desk).cases
    case = services.read_case(answered.session, answered.desk, answered.case.case_id)
    assert (len(case.messages), row.has_news, answered.mails) == (before, False, 0)
    assert answered.conversation(3).checkin == 0


def test_telling_that_something_happened_opens_a_closed_case_and_mails_its_reader_once(answered: Answered) -> None:
    with clock.at(TUESDAY_MORNING):
        services.close_case(answered.session, answered.desk, answered.case.case_id, "Klaar.")
    answered.answer(3, "happened")
    for _ in range(2):
        tell_happened(answered.session, answered.case.access)

    conversation = answered.conversation(3)
    case = services.read_case(answered.session, answered.desk, answered.case.case_id)
    assert (conversation.status, conversation.awaits_answer, answered.mails) == ("read", False, 1)
    assert conversation.messages[-1].text == "Je liet weten: er is iets vervelends gebeurd."
    assert [message.kind for message in case.messages].count("checkin") == 1
    assert case.messages[-1].text == "Controlevraag na 3 dagen: er is daarna iets vervelends gebeurd."


def test_before_any_check_in_nothing_is_told(answered: Answered) -> None:
    tell_happened(answered.session, answered.case.access)

    assert (len(answered.conversation(3).messages), answered.mails) == (1, 0)


@pytest.mark.parametrize("who", ["adviser", "student"])
def test_the_days_count_anew_when_a_closed_case_is_opened_and_acted_on_again(answered: Answered, who: str) -> None:
    answered.answer(3, "fine")
    with clock.at(TUESDAY_MORNING + timedelta(days=5)):
        services.close_case(answered.session, answered.desk, answered.case.case_id, "Klaar.")
        if who == "adviser":
            services.reopen(answered.session, answered.desk, answered.case.case_id)
        else:
            write(answered.session, answered.case.access, "Het is weer begonnen.")
    waiting = answered.conversation(30).checkin
    with clock.at(TUESDAY_MORNING + timedelta(days=30)):
        services.reply(answered.session, answered.desk, answered.case.case_id, "Ik ga weer aan de slag.")

    assert (waiting, answered.conversation(32).checkin, answered.conversation(33).checkin) == (0, 0, 3)


def test_a_second_answer_of_the_adviser_does_not_move_the_days(answered: Answered) -> None:
    with clock.at(TUESDAY_MORNING + timedelta(days=2)):
        services.reply(answered.session, answered.desk, answered.case.case_id, "Nog iets.")

    assert answered.conversation(3).checkin == 3


def test_an_answer_speaks_the_language_of_who_reads_it(answered: Answered) -> None:
    with using("en"):
        answered.answer(3, "fine")

    assert answered.conversation(3).messages[-1].language == "nl"


def test_a_damaged_answer_hides_no_other(answered: Answered) -> None:
    answered.answer(3, "fine")
    answered.session.flush()
    row = answered.session.get_one(Message, (answered.case.case_id, 2))
    row.blob = flipped(row.blob)

    assert [(m.text, m.damaged) for m in answered.conversation(3).messages] == [("Ik lees dit.", False), ("", True)]


def test_a_withdrawn_case_asks_nothing(answered: Answered) -> None:
    with clock.at(TUESDAY_MORNING + timedelta(days=3)):
        withdraw(answered.session, answered.case.access)

    assert answered.conversation(3).checkin == 0
    with pytest.raises(CaseWithdrawnError):
        answered.answer(3, "fine")


def test_another_key_and_another_word_are_no_answer(answered: Answered) -> None:
    thief = replace(answered.case.access, pair=new_key_pair())
    with pytest.raises(ValueError, match="no such answer"):
        answered.answer(3, "maybe")  # type: ignore[arg-type]  # a forged form
    with clock.at(TUESDAY_MORNING + timedelta(days=3)), pytest.raises(CaseDamagedError):
        answer_checkin(answered.session, thief, "fine")

    assert answered.session.get_one(Case, answered.case.case_id).checked_day == 0
