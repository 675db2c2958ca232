"""Days as a student tells them: an exact day, last week or longer ago, each with the day on which it was told."""

import re
from datetime import date, timedelta

from app.flows.model import DAYS, LAST_WEEK, LONGER_AGO, TODAY, YESTERDAY

MOST_DAYS_BACK = 731
"""How old an exact day may be: two years, one of them a leap year."""
MOST_WITHIN = 366
"""The largest number of days that a condition may ask for."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WEEK = re.compile(r"\d{4}-W\d\d", re.ASCII)


def told(value: str, today: date) -> tuple[str, str] | None:
    """Return what is kept of *value* (a code or an ISO date) told *today*, or None when it is no day to tell.

    A code alone would mean another day tomorrow, so the day itself is kept, and last week as an ISO week.
    """
    if value in DAYS:
        return _what(value, today), today.isoformat()
    day = _day(value)
    if day is None or not 0 <= (today - day).days <= MOST_DAYS_BACK:
        return None
    return value, today.isoformat()


def is_told(values: tuple[str, ...]) -> bool:
    """Tell whether kept *values* are what `told` returns."""
    if len(values) != len(("what", "told_on")):
        return False
    what, told_on = values
    today = _day(told_on)
    if today is None or what == LONGER_AGO:
        return today is not None
    day = _last_day(what)
    return day is not None and day <= today


def days_ago(values: tuple[str, ...]) -> int | None:
    """Return how many days before the telling the last possible day was; None when no day was told."""
    days = [day for value in values if (day := _last_day(value))]
    return (days[1] - days[0]).days if len(days) > 1 else None


def date_chip(values: tuple[str, ...]) -> str:
    """Return what to preselect for a kept answer: a code, or the ISO date that was typed."""
    what = values[0]
    if _WEEK.fullmatch(what):
        return LAST_WEEK
    ago = days_ago(values)
    return TODAY if ago == 0 else YESTERDAY if ago == 1 else what


def _what(code: str, today: date) -> str:
    if code == LONGER_AGO:
        return code
    if code == LAST_WEEK:
        year, week, _ = (today - timedelta(days=7)).isocalendar()
        return f"{year:04}-W{week:02}"
    return (today - timedelta(days=(TODAY, YESTERDAY).index(code))).isoformat()


def _last_day(what: str) -> date | None:
    if not _DAY.fullmatch(what) and not _WEEK.fullmatch(what):
        return None
    try:
        return date.fromisoformat(f"{what}-7" if "W" in what else what)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    return _last_day(text) if _DAY.fullmatch(text) else None
