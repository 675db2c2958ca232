"""A question about a day: one tap, or a day out of the calendar in the same form."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.intake import sending
from tests.intake.student import Student

NOON = datetime(2026, 11, 24, 12, 7, tzinfo=UTC)  # A Tuesday.
TAPPED = {
    "_today": ("2026-11-24", "2026-11-24"),
    "_yesterday": ("2026-11-23", "2026-11-24"),
    "_last_week": ("2026-W47", "2026-11-24"),
    "_longer_ago": ("_longer_ago", "2026-11-24"),
    "_unsure": ("_unsure",),
    "_skip": ("_skip",),
}


@pytest.mark.parametrize("chip", TAPPED)
def test_one_tap_tells_a_day(student: Student, sent: list[sending.NewReport], chip: str) -> None:
    with clock.at(NOON):
        student.until("when")
        assert ("answer", chip) in student.form("when").buttons
        student.submit("when", [chip, ""]).submit("wish", skip="1")
        student.tell().send()

    assert sent[0].answers["when"] == TAPPED[chip]


def test_a_day_out_of_the_calendar_goes_along_in_the_same_form(student: Student, sent: list[sending.NewReport]) -> None:
    with clock.at(NOON):
        student.until("when")
        assert re.search(r'<input type="date" name="answer" max="2026-11-24"', student.text)
        student.submit("when", "2026-11-12")
        student.tell()
        assert "donderdag 12 november 2026" in student.text
        student.send()

    assert sent[0].answers["when"] == ("2026-11-12", "2026-11-24")


def test_return_in_the_field_for_a_day_does_not_tap_the_first_chip(student: Student) -> None:
    student.until("when")

    first = re.search(r"<form[^>]*data-step=\"when\".*?(<button.*?>)", student.text, re.DOTALL)

    assert first
    assert "name=" not in first[1]


@pytest.mark.parametrize("day", ["2026-11-25", "2019-01-01", "gisteren", "2026-02-30"])
def test_a_day_that_cannot_be_is_refused_and_stays_in_the_field(student: Student, day: str) -> None:
    with clock.at(NOON):
        student.until("when").submit("when", day)

    assert (student.status, student.step) == (422, "when")
    assert "Kies een dag die al geweest is" in student.text
    assert f'value="{day}"' in student.text


@pytest.mark.parametrize(("told", "shown"), [("_last_week", "_last_week"), ("2026-11-23", "_yesterday")])
def test_the_chip_that_was_meant_is_marked_when_the_question_is_opened_again(
    student: Student, told: str, shown: str
) -> None:
    with clock.at(NOON):
        student.until("when").submit("when", told).press("back")

    marked = re.findall(r'value="(\w+)" formnovalidate\s+aria-current="true"', student.text)
    assert (student.step, marked) == ("when", [shown])


def test_a_day_stands_in_its_field_again(student: Student) -> None:
    with clock.at(NOON):
        student.until("when").submit("when", "2026-11-12").press("back")

    assert 'value="2026-11-12"' in student.text


def test_a_day_that_was_today_when_it_was_told_is_a_date_after_midnight(student: Student) -> None:
    before_midnight = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)  # In the Netherlands ten to twelve.
    with clock.at(before_midnight):
        student.until("when").submit("when", "_today")
    with clock.at(before_midnight + timedelta(minutes=20)):
        student.press("back")

    assert not re.findall(r'formnovalidate\s+aria-current="true"', student.text)
    assert 'value="2026-11-24"' in student.text
