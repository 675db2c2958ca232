"""Which day an answer is promised, and when a report is handed over: pure, in Dutch civil time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol

from app.clock import SCHOOL_ZONE

PartOfDay = Literal["morning", "afternoon", "evening", "night"]
WINDOWS: tuple[tuple[time, PartOfDay], ...] = ((time(8), "morning"), (time(14), "afternoon"))
"""When reports without haste reach the queue, every day; neither hour is ever skipped or doubled by summer time."""

REGIONS = ("noord", "midden", "zuid")
"""Holiday regions of the Dutch ministry of education."""

_HORIZON_DAYS = 150
"""A calendar without a single school day in this many days is a mistake in the calendar, not a holiday."""
_SATURDAY = 5


class Days(Protocol):
    """Days from the first to the last, both included."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date: ...


@dataclass(frozen=True)
class Window:
    """A moment at which waiting reports are handed over, told no finer than a part of a day."""

    day: date
    part: PartOfDay


def is_school_day(day: date, holidays: Iterable[Days]) -> bool:
    """Tell whether *day* is neither in a weekend nor in one of *holidays*."""
    return day.weekday() < _SATURDAY and not any(off.first_day <= day <= off.last_day for off in holidays)


def promised_day(from_day: date, urgent: bool, holidays: Iterable[Days]) -> date:
    """Return the day by which an answer is promised: the next school day when *urgent*, else the third one.

    The day itself never counts.
    """
    return school_day_after(from_day, days_to_answer(urgent=urgent), holidays)


def days_to_answer(*, urgent: bool) -> int:
    """Return within how many school days an answer is promised."""
    return 1 if urgent else 3


def school_day_after(from_day: date, number: int, holidays: Iterable[Days]) -> date:
    """Return the school day that is the *number*th after *from_day*, which never counts itself.

    A calendar that never reopens is read as if it had weekends only.
    """
    return _nth_school_day(from_day, number, tuple(holidays)) or _nth_school_day(from_day, number, ()) or from_day


def _nth_school_day(from_day: date, wanted: int, closed: tuple[Days, ...]) -> date | None:
    found = 0
    for ahead in range(1, min(_HORIZON_DAYS, (date.max - from_day).days) + 1):
        day = from_day + timedelta(days=ahead)
        found += is_school_day(day, closed)
        if found == wanted:
            return day
    return None


def next_window(local: datetime) -> Window:
    """Return the first window that opens after *local* (an aware moment).

    Raises: ValueError for a moment without a zone.
    """
    civil = _civil(local)
    for opens, part in WINDOWS:
        if civil.time() < opens:
            return Window(civil.date(), part)
    return Window(civil.date() + timedelta(days=1), WINDOWS[0][1])


def opening_of(window: Window) -> datetime:
    """Return the moment at which *window* opens.

    Raises: ValueError for a window that does not exist.
    """
    opens = {part: moment for moment, part in WINDOWS}.get(window.part)
    if opens is None:
        raise ValueError(f"there is no window in the {window.part}; windows open in the morning and the afternoon")
    return datetime.combine(window.day, opens, SCHOOL_ZONE)


def is_past(window: Window, local: datetime) -> bool:
    """Tell whether *window* has opened at *local* (an aware moment).

    Raises: ValueError for a moment without a zone, or a window that does not exist.
    """
    return opening_of(window) <= _civil(local)


def part_of_day(local: datetime) -> PartOfDay:
    """Return the part of the Dutch day in which *local* (an aware moment) falls: quarters from midnight on.

    Raises: ValueError for a moment without a zone.
    """
    parts: tuple[PartOfDay, ...] = ("night", "morning", "afternoon", "evening")
    return parts[_civil(local).hour // 6]


def _civil(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone; take it from app.clock.school_time()")
    return moment.astimezone(SCHOOL_ZONE)
