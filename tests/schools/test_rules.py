"""The promised day and the delivery windows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import SCHOOL_ZONE
from app.schools.rules import Window, is_past, is_school_day, next_window, part_of_day, promised_day


@dataclass(frozen=True)
class Off:
    first_day: date
    last_day: date


AUTUMN = Off(date(2026, 10, 17), date(2026, 10, 25))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
holidays = st.lists(
    st.builds(lambda first, length: Off(first, first + timedelta(days=length)), days, st.integers(0, 40)), max_size=4
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001


def test_an_urgent_report_is_promised_the_next_school_day() -> None:
    assert promised_day(date(2026, 11, 18), urgent=True, holidays=()) == date(2026, 11, 19)
    assert promised_day(date(2026, 11, 20), urgent=True, holidays=()) == date(2026, 11, 23)


def test_another_report_is_promised_the_third_school_day() -> None:
    assert promised_day(date(2026, 11, 18), urgent=False, holidays=()) == date(2026, 11, 23)


def test_a_promise_skips_the_holidays() -> None:
    assert promised_day(date(2026, 10, 16), urgent=True, holidays=[AUTUMN]) == date(2026, 10, 26)
    assert promised_day(date(2026, 10, 15), urgent=False, holidays=[AUTUMN]) == date(2026, 10, 27)


def test_a_calendar_that_never_reopens_counts_weekends_only() -> None:
    closed = Off(date(2020, 1, 1), date(2099, 1, 1))

    assert promised_day(date(2026, 11, 20), urgent=True, holidays=[closed]) == date(2026, 11, 23)


def test_the_last_day_of_time_is_promised_itself() -> None:
    assert promised_day(date.max, urgent=True, holidays=()) == date.max


@given(days, st.booleans(), holidays)
def test_a_promise_lies_ahead_on_a_school_day_with_just_enough_school_days_between(
    start: date, urgent: bool, closed: list[Off]
) -> None:
    promised = promised_day(start, urgent, closed)

    between = [start + timedelta(days=n) for n in range(1, (promised - start).days + 1)]
    assert is_school_day(promised, closed)
    assert sum(is_school_day(day, closed) for day in between) == (1 if urgent else 3)


@pytest.mark.parametrize(
    ("clock", "window"),
    [
        (time(7, 59), Window(date(2026, 11, 18), "morning")),
        (time(8, 0), Window(date(2026, 11, 18), "afternoon")),
        (time(13, 59), Window(date(2026, 11, 18), "afternoon")),
        (time(14, 0), Window(date(2026, 11, 19), "morning")),
    ],
)
def test_a_report_waits_for_the_next_window(clock: time, window: Window) -> None:
    assert next_window(datetime.combine(date(2026, 11, 18), clock, SCHOOL_ZONE)) == window


@given(moments)
def test_the_next_window_is_never_open_yet_and_opens_within_a_day(moment: datetime) -> None:
    window = next_window(moment)

    assert not is_past(window, moment)
    assert is_past(window, moment + timedelta(hours=19))


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_windows_open_by_the_school_clock_when_summer_time_begins_and_ends(day: date) -> None:
    opens = datetime.combine(day, time(8), SCHOOL_ZONE).astimezone(UTC)

    assert next_window(opens - timedelta(seconds=1)) == Window(day, "morning")
    assert is_past(Window(day, "morning"), opens)
    assert next_window(opens) == Window(day, "afternoon")


@pytest.mark.parametrize(
    ("hour", "part"), [(0, "night"), (5, "night"), (6, "morning"), (12, "afternoon"), (18, "evening"), (23, "evening")]
)
def test_a_part_of_day_is_a_quarter_of_the_dutch_day(hour: int, part: str) -> None:
    assert part_of_day(datetime(2026, 7, 1, hour, 30, tzinfo=SCHOOL_ZONE)) == part


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        next_window(datetime(2026, 7, 1, 8))  # noqa: DTZ001


def test_a_window_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no window"):
        is_past(Window(date(2026, 7, 1), "night"), datetime(2026, 7, 1, 8, tzinfo=UTC))
