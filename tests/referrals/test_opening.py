"""When a service is open: by a slow minute-by-minute reading of the clock, and on nights and days known by heart."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import SCHOOL_ZONE
from app.referrals.entries import ALWAYS, EVERY_DAY, MIDNIGHT, Opening
from app.referrals.hours import read_hours
from app.referrals.opening import UNKNOWN, State, is_holiday, state

MINUTE = timedelta(minutes=1)
SWITCHES = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
FEASTS = (date(2026, 4, 27), date(2026, 12, 25), date(2027, 1, 1))


def here(*clock: int, fold: int = 0) -> datetime:
    return datetime(*clock, tzinfo=SCHOOL_ZONE, fold=fold)  # type: ignore[misc]  # five numbers


def seen(hours: str, *clock: int, fold: int = 0) -> tuple[bool | None, str]:
    """Return whether *hours* hold and until which clock time in the Netherlands."""
    found = state(read_hours(hours), here(*clock, fold=fold))
    return found.is_open, f"{found.changes_at.astimezone(SCHOOL_ZONE):%a %d %H:%M %Z}" if found.changes_at else ""


OFFICE = "ma-vr 09:00-17:00; feestdagen dicht"
NIGHT = "ma-zo 22:00-02:30; feestdagen open"


@pytest.mark.parametrize(
    ("hours", "clock", "expected"),
    [
        (OFFICE, (2026, 11, 23, 8, 59), (False, "Mon 23 09:00 CET")),
        (OFFICE, (2026, 11, 23, 9, 0), (True, "Mon 23 17:00 CET")),
        (OFFICE, (2026, 11, 23, 17, 0), (False, "Tue 24 09:00 CET")),
        (OFFICE, (2026, 11, 27, 18, 0), (False, "Mon 30 09:00 CET")),
        (OFFICE, (2026, 4, 26, 12, 0), (False, "Tue 28 09:00 CEST")),  # King's Day is a Monday.
        (OFFICE, (2026, 4, 27, 12, 0), (False, "Tue 28 09:00 CEST")),
        (OFFICE, (2026, 12, 25, 12, 0), (False, "Mon 28 09:00 CET")),
        ("ma-vr 09:00-17:00", (2026, 12, 25, 12, 0), (None, "")),
        ("ma-vr 09:00-17:00", (2026, 12, 25, 20, 0), (None, "")),
        ("ma-vr 09:00-17:00", (2026, 12, 24, 12, 0), (True, "Thu 24 17:00 CET")),
        ("ma-vr 09:00-17:00", (2026, 12, 26, 12, 0), (False, "Mon 28 09:00 CET")),  # No hours on a Saturday anyway.
        ("do 22:00-04:00; feestdagen dicht", (2026, 12, 25, 2, 0), (True, "Fri 25 04:00 CET")),
        ("vr 22:00-04:00", (2026, 12, 26, 2, 0), (None, "")),
        ("vr 22:00-04:00; feestdagen open", (2026, 12, 26, 2, 0), (True, "Sat 26 04:00 CET")),
        ("ma 09:00-12:00; ma 12:00-15:00", (2026, 11, 23, 10, 0), (True, "Mon 23 15:00 CET")),
        ("ma 09:00-12:00 van 2026-12-07", (2026, 11, 23, 10, 0), (False, "Mon 07 09:00 CET")),
        ("ma 09:00-12:00 van 2026-12-14", (2026, 11, 23, 10, 0), (False, "")),
        ("ma 22:00-04:00 tot 2026-11-23", (2026, 11, 24, 3, 0), (True, "Tue 24 04:00 CET")),
        ("altijd", (2026, 12, 25, 3, 0), (True, "")),
    ],
)
def test_a_day_known_by_heart(hours: str, clock: tuple[int, ...], expected: tuple[bool | None, str]) -> None:
    assert seen(hours, *clock) == expected


def test_half_past_two_on_the_night_that_skips_it_is_the_switch() -> None:
    assert seen(NIGHT, 2026, 3, 29, 1, 59) == (True, "Sun 29 03:00 CEST")
    assert seen(NIGHT, 2026, 3, 29, 3, 0) == (False, "Sun 29 22:00 CEST")
    assert seen("zo 02:30-05:00", 2026, 3, 29, 1, 59) == (False, "Sun 29 03:00 CEST")
    assert seen("zo 02:15-02:45", 2026, 3, 29, 3, 0) == (False, "Sun 12 02:15 CEST")  # The 5th is Easter.


def test_half_past_two_on_the_night_that_has_it_twice_is_the_first() -> None:
    assert seen(NIGHT, 2026, 10, 25, 2, 29) == (True, "Sun 25 02:30 CEST")
    assert seen(NIGHT, 2026, 10, 25, 2, 30) == (False, "Sun 25 22:00 CET")
    assert seen(NIGHT, 2026, 10, 25, 2, 15, fold=1) == (False, "Sun 25 22:00 CET")
    assert seen("zo 00:00-05:00", 2026, 10, 25, 2, 15, fold=1) == (True, "Sun 25 05:00 CET")


def test_a_line_for_day_and_night_never_closes_at_a_switch() -> None:
    for switch in SWITCHES:
        for minutes in range(-180, 180, 30):
            assert state(ALWAYS, switch + MINUTE * minutes) == State(True, None)


def test_without_hours_nobody_knows() -> None:
    assert state((), here(2026, 11, 23, 12, 0)) == UNKNOWN


@pytest.mark.parametrize("day", FEASTS)
def test_dutch_holidays_are_known(day: date) -> None:
    assert is_holiday(day)
    assert not is_holiday(day + timedelta(days=2))


clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0)) | st.sampled_from(
    [MIDNIGHT, time(2), time(2, 30), time(3)]
)
near = st.sampled_from([*SWITCHES, *(datetime.combine(day, MIDNIGHT, UTC) for day in FEASTS)])
dates = st.none() | st.dates(date(2026, 3, 20), date(2027, 1, 10))
some_hours = st.builds(
    Opening,
    days=st.frozensets(st.integers(0, 6), min_size=1) | st.just(EVERY_DAY),
    opens=clocks,
    closes=clocks,
    valid_from=dates,
    valid_to=dates,
    on_holidays=st.sampled_from([True, False, None]),
)


def slowly(openings: tuple[Opening, ...], now: datetime) -> bool | None:
    """Walk minute by minute through the day before and this one, and tell what an opened door or nobody says."""
    known: bool | None = False
    for one in openings:
        today = now.astimezone(SCHOOL_ZONE).date()
        for day in (today - timedelta(days=1), today):
            if day.weekday() not in one.days or (one.valid_from or day) > day or (one.valid_to or day) < day:
                continue
            is_free = day in FEASTS or is_holiday(day)
            is_within = _is_within(one, day, now)
            if is_within and (one.on_holidays or not is_free):
                return True
            if is_free and one.on_holidays is None and (is_within or day == today):
                known = None
    return known


def _is_within(one: Opening, day: date, now: datetime) -> bool:
    opens = datetime.combine(day, one.opens)
    closes = datetime.combine(day + timedelta(days=one.closes <= one.opens), one.closes)
    minute = datetime.combine(day, MIDNIGHT, SCHOOL_ZONE).astimezone(UTC)
    has_opened = has_closed = False
    while minute <= now:
        shown = minute.astimezone(SCHOOL_ZONE).replace(tzinfo=None)
        has_opened = has_opened or shown >= opens
        has_closed = has_closed or shown >= closes
        minute += MINUTE
    return has_opened and not has_closed


@settings(max_examples=60, deadline=None)
@given(openings=st.lists(some_hours, min_size=1, max_size=3).map(tuple), base=near, minutes=st.integers(-2000, 2000))
def test_whether_it_is_open_equals_a_slow_reading_of_the_clock(
    openings: tuple[Opening, ...], base: datetime, minutes: int
) -> None:
    now = base + MINUTE * minutes

    assert state(openings, now).is_open is slowly(openings, now)


@settings(max_examples=60, deadline=None)
@given(openings=st.lists(some_hours, min_size=1, max_size=3).map(tuple), base=near, minutes=st.integers(-2000, 2000))
def test_nothing_changes_before_the_moment_that_is_named(
    openings: tuple[Opening, ...], base: datetime, minutes: int
) -> None:
    now = base + MINUTE * minutes
    found = state(openings, now)
    end = found.changes_at or now + timedelta(days=13)
    between = [now + (end - now) * part / 97 for part in range(97)]

    if found.is_open is None:
        assert found.changes_at is None
    elif found.is_open:
        assert all(state(openings, moment).is_open for moment in between)
    else:
        assert not any(state(openings, moment).is_open for moment in between)
    if found.changes_at:
        assert now < found.changes_at <= now + timedelta(days=14)
        assert state(openings, end).is_open is not found.is_open
        assert state(openings, end - MINUTE).is_open in {found.is_open, None}
