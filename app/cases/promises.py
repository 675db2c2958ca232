"""What has become of the promise of an answer: pure, from days and the school's calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.schools.rules import Days, school_day_after

FEWEST_SHOWN = 10
"""Of fewer promises nothing is shown."""
HALVES_SHOWN = 4
SETTLING = timedelta(days=14)
"""So long after its end nothing is added to a half school year any more."""
_SECOND_HALF_BEGINS, _YEAR_BEGINS = 2, 8
_DIGITS_OF_A_YEAR = 100
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HalfYear:
    """Half a school year; `code` is as "2026/27-1"."""

    code: str
    first_day: date
    last_day: date


def steps_due(promised_on: date, today: date, holidays: Iterable[Days]) -> int:
    """Return how many times others must have been asked by *today* for an answer that was promised and is not there.

    Once on the first school day after the promise, twice two school days later.
    """
    closed = tuple(holidays)
    first = school_day_after(promised_on, 1, closed)
    return (today >= first) + (today >= school_day_after(first, 2, closed))


def stage_to_ask(waiting: Iterable[int], steps: int) -> int:
    """Return up to which of the *waiting* stages the question goes in so many *steps*; 0 when nobody is asked.

    A stage at which nobody stands is no step.
    """
    asked = sorted(set(waiting))[: max(steps, 0)]
    return asked[-1] if asked else 0


def half_of(day: date) -> HalfYear:
    """Return the half school year in which *day* falls: from August, or from February."""
    in_second = _SECOND_HALF_BEGINS <= day.month < _YEAR_BEGINS
    first_year = day.year if day.month >= _YEAR_BEGINS else day.year - 1
    code = f"{first_year}/{(first_year + 1) % _DIGITS_OF_A_YEAR:02}-{2 if in_second else 1}"
    if in_second:
        return HalfYear(code, date(day.year, _SECOND_HALF_BEGINS, 1), date(day.year, _YEAR_BEGINS, 1) - _DAY)
    return HalfYear(code, date(first_year, _YEAR_BEGINS, 1), date(first_year + 1, _SECOND_HALF_BEGINS, 1) - _DAY)


def finished_halves(today: date) -> tuple[HalfYear, ...]:
    """Return the last half school years that were over two weeks before *today*, the latest first."""
    found, day = [], today - SETTLING
    for _ in range(HALVES_SHOWN):
        day = half_of(day).first_day - _DAY
        found.append(half_of(day))
    return tuple(found)


def share_in_tens(kept: int, broken: int) -> int | None:
    """Return which part of the promises was kept, in per cent rounded to tens; None for too few to show."""
    promised = kept + broken
    return (20 * kept + promised) // (2 * promised) * 10 if promised >= FEWEST_SHOWN else None
