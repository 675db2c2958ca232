from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Membership
from app.audit.queries import notes_of
from app.cases import deletion, services
from app.cases.concerning import has_unseen
from app.cases.correspondence import (
    CaseWithdrawnError,
    end,
    extend,
    find_case,
    read_conversation,
    take_back_withdrawal,
    withdraw,
    write,
)
from app.cases.desk import CaseNotFoundError, Desk
from app.cases.models import Case, CaseReader
from app.cases.queries import Withdrawn, waiting_cases, withdrawn_cases
from app.notifications.models import Outbox
from tests.cases.conftest import SignIn
from tests.cases.factories import (
    STORY,
    TUESDAY_MORNING,
    Adviser,
    Opened,
    desk_of,
    new_adviser,
    new_case,
    new_follow_up,
    new_school,
)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """A case of a Tuesday on two desks; one of the readers opened it."""

    session: Session
    case: Opened
    adviser: Adviser
    opened: Desk
    unopened: Desk

    def on(self, days: int, deed: object) -> None:
        with clock.at(TUESDAY_MORNING + days * DAY):
            deed(self.session, self.case.access)  # type: ignore[operator]  # one of several deeds of the student

    def clean_up(self, *days: int) -> None:
        for day in days:
            with clock.at(TUESDAY_MORNING + day * DAY):
                deletion.delete_expired(self.session)

    @property
    def rows(self) -> int:
        return self.session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Three days after all that is told here; a test that names a day has that one."""
    with clock.at(TUESDAY_MORNING + timedelta(days=3)):
        yield


@pytest.fixture
def told(session: Session) -> Told:
    school = new_school(session)
    inside, outside = new_adviser(session, school), new_adviser(session, school, kind="external")
    opened, unopened = desk_of(inside, school), desk_of(outside, school)
    with clock.at(TUESDAY_MORNING):
        case = new_case(session, school, inside, outside)
        services.read_case(session, opened, case.case_id)
    session.flush()
    session.execute(delete(Outbox))
    return Told(session, case, inside, opened, unopened)


def test_a_withdrawn_case_is_off_every_desk_at_once(told: Told) -> None:
    told.on(0, withdraw)

    for desk in (told.opened, told.unopened):
        assert waiting_cases(told.session, desk).cases == ()
        for step in (services.read_case, services.mark_handled, services.reopen, services.unfold):
            with pytest.raises(CaseNotFoundError):
                step(told.session, desk, told.case.case_id)
        for answer in (services.reply, services.close_case):
            with pytest.raises(CaseNotFoundError):
                answer(told.session, desk, told.case.case_id, "Hoi.")


def test_only_who_had_opened_it_keeps_a_line_of_it(told: Told) -> None:
    told.on(2, withdraw)

    assert withdrawn_cases(told.session, told.opened) == (Withdrawn("", TUESDAY_MORNING.date()),)
    assert withdrawn_cases(told.session, told.unopened) == ()


def test_the_line_says_what_stays_and_nothing_of_the_story(told: Told, sign_in: SignIn, session: Session) -> None:
    told.on(0, withdraw)
    session.commit()

    page = sign_in(told.adviser).get("/staff/cases").text

    assert "ingetrokken die je had gelezen (ontvangen op dinsdag 24 november 2026)" in page
    assert "Er wacht niemand op je" in page
    assert STORY not in page
    assert told.case.case_id not in page


def test_a_student_reads_but_does_not_write_in_what_he_withdrew(told: Told) -> None:
    told.on(0, withdraw)

    assert find_case(told.session, told.case.access.school_id, told.case.lookup) == told.case.case_id
    conversation = read_conversation(told.session, told.case.access)
    assert (conversation.withdrawn_on, conversation.kept_until) == (date(2026, 11, 24), date(2026, 12, 8))
    assert (conversation.can_end, conversation.words) == (False, STORY)
    with pytest.raises(CaseWithdrawnError):
        write(told.session, told.case.access, "Nog iets.")
    for deed in (end, extend):
        with pytest.raises(CaseWithdrawnError):
            told.on(0, deed)


def test_a_second_withdrawal_keeps_the_first_day(told: Told) -> None:
    told.on(0, withdraw)
    told.on(3, withdraw)

    assert told.session.get_one(Case, told.case.case_id).withdrawn_on == date(2026, 11, 24)


def test_taken_back_it_lies_where_it_lay(told: Told) -> None:
    told.on(0, withdraw)
    told.on(14, take_back_withdrawal)

    with clock.at(TUESDAY_MORNING + 14 * DAY):
        assert [row.id for row in waiting_cases(told.session, told.opened).cases] == [told.case.case_id]
        assert withdrawn_cases(told.session, told.opened) == ()
        write(told.session, told.case.access, "Toch wel.")


def test_a_promise_that_passed_meanwhile_is_made_anew(told: Told) -> None:
    told.on(0, withdraw)
    told.on(7, take_back_withdrawal)

    conversation = read_conversation(told.session, told.case.access)
    assert (conversation.awaits_answer, conversation.promised_on) == (True, date(2026, 12, 4))
    assert told.session.scalar(select(func.count()).select_from(Outbox)) == 2


def test_a_promise_that_still_stands_keeps_its_day(told: Told) -> None:
    told.on(0, withdraw)
    told.on(1, take_back_withdrawal)

    assert read_conversation(told.session, told.case.access).promised_on == told.case.report.promised_on


def test_what_waited_for_no_answer_comes_back_without_a_promise_or_a_mail(told: Told) -> None:
    services.reply(told.session, told.opened, told.case.case_id, "Dank je.")
    told.on(0, withdraw)
    told.on(7, take_back_withdrawal)

    conversation = read_conversation(told.session, told.case.access)
    assert (conversation.awaits_answer, conversation.promised_on) == (False, told.case.report.promised_on)
    assert told.session.scalar(select(func.count()).select_from(Outbox)) == 0


def test_taking_back_what_was_not_withdrawn_changes_nothing(told: Told) -> None:
    told.on(3, take_back_withdrawal)

    assert told.session.get_one(Case, told.case.case_id).last_on == date(2026, 11, 24)


def test_two_clean_ups_after_two_weeks_delete_it(told: Told) -> None:
    told.on(0, withdraw)
    told.clean_up(14, 15)
    kept = told.rows
    told.clean_up(16)

    assert (kept, told.rows) == (1, 0)
    assert told.session.scalar(select(func.count()).select_from(CaseReader)) == 0


def test_one_that_is_taken_back_between_two_clean_ups_stays(told: Told) -> None:
    told.on(0, withdraw)
    told.clean_up(15)
    told.on(15, take_back_withdrawal)
    told.clean_up(16, 17)

    assert told.rows == 1


def test_withdrawing_and_taking_back_are_noted_without_a_person(told: Told) -> None:
    told.on(0, withdraw)
    told.on(1, take_back_withdrawal)
    told.session.flush()

    notes = notes_of(told.session, told.case.access.school_id, told.case.case_id)
    assert [(note.what, note.person_id) for note in notes][1:] == [("case.withdrawn", None), ("case.put_back", None)]


def test_what_happened_after_it_goes_along_and_comes_back(told: Told) -> None:
    after = new_follow_up(told.session, told.case, told.adviser)
    told.on(0, withdraw)
    withdrawn = waiting_cases(told.session, told.opened).cases
    told.on(1, take_back_withdrawal)

    assert withdrawn == ()
    assert {row.id for row in waiting_cases(told.session, told.opened).cases} == {told.case.case_id, after.case_id}


def test_what_was_withdrawn_on_its_own_earlier_does_not_come_back_with_the_first(told: Told) -> None:
    after = new_follow_up(told.session, told.case, told.adviser)
    with clock.at(TUESDAY_MORNING):
        withdraw(told.session, after.access)
    alone = [row.id for row in waiting_cases(told.session, told.opened).cases]
    told.on(1, withdraw)
    told.on(2, take_back_withdrawal)

    assert alone == [told.case.case_id]
    assert [row.id for row in waiting_cases(told.session, told.opened).cases] == [told.case.case_id]
    assert read_conversation(told.session, after.access).withdrawn_on == date(2026, 11, 24)


def test_what_was_withdrawn_by_itself_on_the_same_day_does_not_come_back_with_the_first(told: Told) -> None:
    after = new_follow_up(told.session, told.case, told.adviser)
    with clock.at(TUESDAY_MORNING):
        withdraw(told.session, after.access)
    told.on(0, withdraw)
    told.on(0, take_back_withdrawal)

    assert [row.id for row in waiting_cases(told.session, told.opened).cases] == [told.case.case_id]
    with clock.at(TUESDAY_MORNING):
        take_back_withdrawal(told.session, after.access)
    assert len(waiting_cases(told.session, told.opened).cases) == 2


def test_what_went_along_and_is_withdrawn_by_itself_afterwards_stays_withdrawn(told: Told) -> None:
    after = new_follow_up(told.session, told.case, told.adviser)
    told.on(0, withdraw)
    withdraw(told.session, after.access)
    told.on(0, withdraw)
    told.on(1, take_back_withdrawal)

    assert [row.id for row in waiting_cases(told.session, told.opened).cases] == [told.case.case_id]


def test_what_is_back_is_new_to_who_had_read_it_and_to_who_had_not(told: Told) -> None:
    told.on(0, withdraw)
    told.on(1, take_back_withdrawal)

    assert has_unseen(told.session, told.opened.person_id)
    assert has_unseen(told.session, told.unopened.person_id)
    assert [row.is_new for row in waiting_cases(told.session, told.opened).cases] == [False]
    with clock.at(TUESDAY_MORNING + DAY):  # Before the day of its promise, when everybody is reminded.
        services.read_case(told.session, told.opened, told.case.case_id)
        assert not has_unseen(told.session, told.opened.person_id)
    write(told.session, told.case.access, "Toch wel.")
    assert [message.text for message in read_conversation(told.session, told.case.access).messages] == ["Toch wel."]


def test_mail_concerns_who_has_something_unseen_on_his_desk(told: Told, session: Session) -> None:
    late = new_adviser(session, told.case.access.school_id)
    with clock.at(TUESDAY_MORNING):
        waiting = new_case(session, told.case.access.school_id, late, deliver_at_once=False)
        before = has_unseen(session, late.person_id)

    assert not before
    assert has_unseen(session, late.person_id)
    with clock.at(TUESDAY_MORNING + DAY):
        assert not has_unseen(session, told.unopened.person_id)
        assert not has_unseen(session, told.opened.person_id)
    write(session, told.case.access, "Nog iets.")
    assert has_unseen(session, told.unopened.person_id)
    assert has_unseen(session, told.opened.person_id)
    withdraw(session, waiting.access)
    assert not has_unseen(session, late.person_id)


def test_mail_does_not_concern_who_reads_no_more_at_that_school(told: Told, session: Session) -> None:
    session.execute(delete(Membership).where(Membership.person_id == told.unopened.person_id))

    assert not has_unseen(session, told.unopened.person_id)
