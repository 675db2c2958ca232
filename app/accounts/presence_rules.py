"""By which school day somebody who is there can have answered: pure, from weekdays, absences and the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.schools import rules
from app.schools.rules import Days, days_to_answer, is_school_day, school_day_after

LONGEST_WAIT = 5
"""So many school days an answer may come later than the calendar alone says, because nobody is there."""
WEEK_BITS = 7
FIVE_DAYS = 31
"""Monday to Friday, bit by bit."""


@dataclass(frozen=True)
class Presence:
    """When somebody works: bit 0 of *works_on* stands for Monday; *absences* are days off."""

    works_on: int = FIVE_DAYS
    absences: tuple[Days, ...] = ()


def weekdays_of(works_on: int) -> frozenset[int]:
    """Return the weekdays (0 for Monday) of which the bit is set."""
    return frozenset(day for day in range(WEEK_BITS) if works_on >> day & 1)


def works(presence: Presence, day: date) -> bool:
    """Tell whether somebody is there on *day*, as far as he said; the school's calendar is another question."""
    is_away = any(off.first_day <= day <= off.last_day for off in presence.absences)
    return bool(presence.works_on >> day.weekday() & 1) and not is_away


def promised_day(from_day: date, urgent: bool, holidays: Iterable[Days], people: Iterable[Presence]) -> date:
    """Return the day by which one of *people* answers: the nth school day on which at least one of them is there.

    It is never before the day that the calendar alone gives, and at most five school days after that, also when nobody
    is there: until then others step in.
    """
    closed, team = tuple(holidays), tuple(people)
    latest = school_day_after(rules.promised_day(from_day, urgent, closed), LONGEST_WAIT, closed)
    left, day = days_to_answer(urgent=urgent), from_day
    while left and day < latest:
        day += timedelta(days=1)
        left -= is_school_day(day, closed) and any(works(one, day) for one in team)
    return day


def is_away_long(from_day: date, holidays: Iterable[Days], presence: Presence) -> bool:
    """Tell whether somebody is not there on any of the five school days after *from_day*."""
    closed = tuple(holidays)
    last = school_day_after(from_day, LONGEST_WAIT, closed)
    days = (from_day + timedelta(days=ahead) for ahead in range(1, (last - from_day).days + 1))
    return not any(is_school_day(day, closed) and works(presence, day) for day in days)
