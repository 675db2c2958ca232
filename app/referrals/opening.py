"""Whether a service is open at a moment, and until when; pure.

Hours are clocks in the Netherlands. A clock time means the first moment at which those clocks show it or a later one:
on the night that skips an hour 02:30 is the switch itself, on the night that has it twice the first of both. A span
belongs to the day on which it begins. On a public holiday hours count only when somebody said so; else that day nobody
knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache

from holidays import country_holidays

from app.clock import SCHOOL_ZONE
from app.referrals.entries import MIDNIGHT, Opening

AHEAD = timedelta(days=14)
"""How far the next change is looked for."""
DAY = timedelta(days=1)
COUNTRY = "NL"

Span = tuple[datetime, datetime]
"""Two moments in UTC, the second one outside."""


@dataclass(frozen=True)
class State:
    """Whether it is open, None when nobody knows, and when that changes next, None when not within two weeks."""

    is_open: bool | None
    changes_at: datetime | None
    """In UTC: when it surely ends, or when it surely opens again."""


UNKNOWN = State(None, None)


def state(openings: tuple[Opening, ...], now: datetime) -> State:
    """Return whether one of *openings* holds at *now*, which is aware; without any nobody knows."""
    if not openings:
        return UNKNOWN
    now = now.astimezone(UTC)
    sure, unsure = _around(openings, now.astimezone(SCHOOL_ZONE).date())
    end = now
    for opens, closes in sure:
        if opens <= end < closes:
            end = closes
    if end > now:
        return State(True, end if end - now <= AHEAD else None)
    if any(opens <= now < closes for opens, closes in unsure):
        return UNKNOWN
    return State(False, next((opens for opens, _ in sure if now < opens <= now + AHEAD), None))


@lru_cache(maxsize=2048)
def _around(openings: tuple[Opening, ...], today: date) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return when it is open for certain from yesterday on, in order, and when nobody knows from yesterday to today."""
    days = [today + DAY * ahead for ahead in range(-1, AHEAD.days + 2)]
    sure = sorted(span for day in days for span in _sure(openings, day))
    return tuple(sure), tuple(span for day in days[:2] for span in _unsure(openings, day))


def _sure(openings: Iterable[Opening], day: date) -> Iterator[Span]:
    """Yield when it is open for certain by the hours that begin on *day*."""
    for one in openings:
        if _is_due(one, day) and (one.on_holidays or not is_holiday(day)):
            opens, closes = _span(one, day)
            if opens < closes:  # On the night that skips an hour a span may be gone.
                yield opens, closes


def _unsure(openings: Iterable[Opening], day: date) -> Iterator[Span]:
    """Yield all of *day*, and the night after it, when that is a holiday of which nobody said anything."""
    for one in openings:
        if one.on_holidays is None and _is_due(one, day) and is_holiday(day):
            yield moment_of(day, MIDNIGHT), max(_span(one, day)[1], moment_of(day + DAY, MIDNIGHT))


def _is_due(one: Opening, day: date) -> bool:
    has_begun = one.valid_from is None or one.valid_from <= day
    return day.weekday() in one.days and has_begun and (one.valid_to is None or day <= one.valid_to)


def _span(one: Opening, day: date) -> Span:
    return moment_of(day, one.opens), moment_of(day + DAY * (one.closes <= one.opens), one.closes)


def moment_of(day: date, clock: time) -> datetime:
    """Return in UTC the first moment of *day* at which Dutch clocks show *clock* or later."""
    first = datetime.combine(day, clock, SCHOOL_ZONE)
    is_skipped = first.replace(tzinfo=None) != first.astimezone(UTC).astimezone(SCHOOL_ZONE).replace(tzinfo=None)
    return (first.replace(minute=0) if is_skipped else first).astimezone(UTC)  # Clocks change on the hour.


def is_holiday(day: date) -> bool:
    """Return whether *day* is a public holiday in the Netherlands."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays(COUNTRY, years=year))
