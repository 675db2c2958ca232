"""What has become of a promise: colours, when others are asked, and what of it a manager sees."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.promises import finished_halves, half_of, share_in_tens, stage_to_ask, steps_due

MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Off:
    first_day: date
    last_day: date


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_others_are_asked_on_the_first_school_day_after_the_promise_and_two_school_days_later() -> None:
    friday = day(4)

    assert [steps_due(friday, day(number), ()) for number in (3, 4, 5, 7, 8, 9, 20)] == [0, 0, 0, 1, 1, 2, 2]
    assert steps_due(friday, day(9), (Off(day(7), day(8)),)) == 1


def test_a_stage_at_which_nobody_stands_is_no_step() -> None:
    assert [stage_to_ask((1, 1, 2), steps) for steps in (0, 1, 2)] == [0, 1, 2]
    assert [stage_to_ask((2,), steps) for steps in (-1, 0, 1, 2)] == [0, 0, 2, 2]
    assert stage_to_ask((), 2) == 0


@pytest.mark.parametrize(
    ("on", "code", "first", "last"),
    [
        (date(2026, 8, 1), "2026/27-1", date(2026, 8, 1), date(2027, 1, 31)),
        (date(2027, 1, 31), "2026/27-1", date(2026, 8, 1), date(2027, 1, 31)),
        (date(2027, 2, 1), "2026/27-2", date(2027, 2, 1), date(2027, 7, 31)),
        (date(2099, 12, 1), "2099/00-1", date(2099, 8, 1), date(2100, 1, 31)),
    ],
)
def test_a_school_year_has_two_halves(on: date, code: str, first: date, last: date) -> None:
    half = half_of(on)

    assert (half.code, half.first_day, half.last_day) == (code, first, last)


def test_only_halves_that_are_settled_are_shown() -> None:
    assert next(half.code for half in finished_halves(date(2027, 2, 14))) == "2025/26-2"
    assert [half.code for half in finished_halves(date(2027, 2, 15))] == [
        "2026/27-1", "2025/26-2", "2025/26-1", "2024/25-2",
    ]  # fmt: skip


@given(on=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_half_that_is_shown_is_over_for_two_weeks(on: date) -> None:
    halves = finished_halves(on)

    assert all(on - half.last_day > timedelta(days=14) for half in halves)
    assert all(half_of(half.first_day) == half_of(half.last_day) == half for half in halves)


def test_a_share_is_in_tens_and_of_fewer_than_ten_nothing_is_shown() -> None:
    assert share_in_tens(0, 0) is share_in_tens(9, 0) is share_in_tens(4, 5) is None
    assert [share_in_tens(*counted) for counted in ((10, 0), (0, 10), (13, 2), (37, 3), (1, 19))] == [
        100,
        0,
        90,
        90,
        10,
    ]
