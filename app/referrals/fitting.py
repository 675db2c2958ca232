"""How well a service fits somebody at this moment, apart from the words: age, district, hour, how surely we know."""

from datetime import date, datetime, timedelta

from app.referrals.entries import NUMBER_OF_LIFE, Entry
from app.referrals.opening import state
from app.referrals.seekers import Seeker

ADULT_AGE = 18
FRESH = timedelta(days=183)
VERIFIED, FOR_ADULTS, ELSEWHERE, CLOSED, STALE = 1.0, -6.0, -15.0, -1.5, -1.0
"""Points; what comes next for the same topic is about three points behind."""


def is_of_age(entry: Entry, age: int | None) -> bool:
    """Return whether somebody of *age* years may come there; a crisis line takes everybody."""
    if age is None or entry.emergency:
        return True
    return (entry.min_age or 0) <= age and (entry.max_age is None or age <= entry.max_age)


def goodness(entry: Entry, seeker: Seeker, now: datetime | None) -> float:
    """Return small points, so that equal matches stand in a sensible order; without *now* the hour does not count."""
    if entry.id in NUMBER_OF_LIFE:
        return VERIFIED
    is_adult = seeker.age is not None and seeker.age >= ADULT_AGE
    is_for_adults = entry.min_age is not None and entry.min_age >= ADULT_AGE and not is_adult
    is_elsewhere = bool(seeker.district and entry.districts and seeker.district not in entry.districts)
    points = VERIFIED * entry.verified + FOR_ADULTS * is_for_adults + ELSEWHERE * is_elsewhere
    if now:
        points += CLOSED * is_closed(entry, now) + STALE * is_stale(entry, now.date())
    return points


def is_closed(entry: Entry, now: datetime) -> bool:
    """Return whether every way in of which we know the hours is closed at *now*; where none is known, nobody knows."""
    ways = (entry.phone_hours, entry.chat_hours, entry.walk_in_hours)
    known = [state(hours, now).is_open for hours in ways if hours]
    return bool(known) and all(is_open is False for is_open in known)


def is_stale(entry: Entry, today: date) -> bool:
    """Return whether nobody checked the service in the last six months."""
    return entry.checked_on is None or today - entry.checked_on > FRESH
