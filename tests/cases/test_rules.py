from datetime import date, timedelta

import pytest

from app.cases import rules

DAY = date(2026, 11, 24)


def test_the_first_opening_marks_a_case_as_read() -> None:
    assert rules.after_opening("received") == "read"


@pytest.mark.parametrize("status", ["read", "handled", "closed"])
def test_a_later_opening_changes_no_status(status: str) -> None:
    assert rules.after_opening(status) == status


@pytest.mark.parametrize("status", ["received", "read", "handled"])
def test_an_answer_shows_that_somebody_works_on_it(status: str) -> None:
    assert rules.after_reply(status) == "handled"


def test_a_closed_case_takes_no_reply() -> None:
    with pytest.raises(rules.CaseClosedError):
        rules.after_reply("closed")


def test_a_closed_case_is_not_closed_again() -> None:
    with pytest.raises(rules.CaseClosedError):
        rules.after_closing("closed")


def test_a_student_opens_a_closed_case_again() -> None:
    assert rules.after_student("closed") == "read"
    assert rules.after_student("handled") == "handled"


@pytest.mark.parametrize(("promised", "late"), [(date(2026, 11, 23), True), (DAY, False), (date(2026, 11, 25), False)])
def test_an_answer_is_late_the_day_after_the_promise(promised: date, late: bool) -> None:
    assert rules.is_overdue(awaits_answer=True, promised_on=promised, today=DAY) is late


def test_an_answered_case_is_never_late() -> None:
    assert not rules.is_overdue(awaits_answer=False, promised_on=date(2026, 1, 1), today=DAY)


def test_a_report_that_was_never_opened_is_news() -> None:
    assert rules.has_news(last_student_seq=0, seen_through=-1)
    assert not rules.has_news(last_student_seq=0, seen_through=0)


def test_a_closed_case_is_kept_for_six_weeks_and_another_for_half_a_year() -> None:
    assert rules.kept_until(status="closed", last_on=DAY) == date(2027, 1, 5)
    assert rules.kept_until(status="handled", last_on=DAY) == date(2027, 5, 25)


def test_a_withdrawn_case_is_kept_for_two_weeks_whatever_its_status() -> None:
    for status in ("received", "closed"):
        assert rules.kept_until(status=status, last_on=date(2026, 1, 1), withdrawn_on=DAY) == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("days", "checked", "due"),
    [(2, 0, 0), (3, 0, 3), (9, 0, 3), (10, 0, 10), (10, 3, 10), (9, 3, 0), (29, 10, 0), (30, 10, 30), (400, 30, 0)],
)
def test_the_latest_check_in_that_is_due_is_asked(days: int, checked: int, due: int) -> None:
    assert rules.checkin(acted_on=DAY, checked_day=checked, today=DAY + timedelta(days=days)) == due


def test_before_anybody_acted_there_is_nothing_to_check() -> None:
    assert rules.checkin(acted_on=None, checked_day=0, today=DAY) == 0


def test_a_clock_that_was_set_back_asks_nothing() -> None:
    assert rules.checkin(acted_on=DAY, checked_day=0, today=DAY - timedelta(days=5)) == 0
