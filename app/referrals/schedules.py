"""Opening hours as HSDS has them: one weekly schedule for each span, its `description` names the channel.

HSDS has no word for public holidays, so `open_on_public_holidays` says it, a property of our own, which the standard
allows. Times are those of clocks in The Hague; an offset of another place is not guessed at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from app.referrals.entries import MIDNIGHT, Opening
from app.referrals.hours import LAST_MINUTE, whole_day

CHANNELS = {"phone_hours": "phone", "chat_hours": "chat", "walk_in_hours": "walk-in"}
"""Field of an entry to the `description` of its schedules."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOLIDAYS = "open_on_public_holidays"
NOT_WEEKLY = ("dtstart", "until", "count", "bymonthday", "byyearday", "byweekno")
OF_THE_HAGUE = {"", "+01:00", "+02:00"}
"""Offsets of the Netherlands in winter and summer; a weekly schedule goes by the clock all year."""
OFFSETS = (None, 1, 2)
_TIME = re.compile(r"(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d|)", re.ASCII)


def openings(schedules: Iterable[Mapping[str, Any]], channel: str) -> tuple[Opening, ...]:
    """Return the hours of *channel* (`phone`, `chat` or `walk-in`) that can be read without guessing."""
    mine = (one for one in schedules if one.get("description") == channel)
    return tuple(opening for one in mine if (opening := opening_of(one)))


def opening_of(schedule: Mapping[str, Any]) -> Opening | None:
    """Return what *schedule* says, or None when it says more than a span on days of the week."""
    days = _days(schedule)
    opens, closes = _time(schedule.get("opens_at")), _time(schedule.get("closes_at"))
    is_odd = any(schedule.get(name) for name in NOT_WEEKLY) or schedule.get("timezone") not in OFFSETS
    if is_odd or not days or opens is None or closes is None:
        return None
    try:
        since, until = _date(schedule.get("valid_from")), _date(schedule.get("valid_to"))
    except ValueError:
        return None
    told = schedule.get(HOLIDAYS)
    begins, ends = whole_day(opens, closes)
    return Opening(
        days=days,
        opens=begins,
        closes=ends,
        valid_from=since,
        valid_to=until,
        on_holidays=told if isinstance(told, bool) else None,
    )


def _days(schedule: Mapping[str, Any]) -> frozenset[int]:
    names = str(schedule.get("byday") or "").replace(" ", "").split(",")
    is_weekly = schedule.get("freq") == "WEEKLY" and schedule.get("interval") in (None, 1)
    return frozenset(map(DAYS.index, names)) if is_weekly and set(names) <= set(DAYS) else frozenset()


def _time(text: object) -> time | None:
    match = _TIME.fullmatch(str(text or ""))
    if match is None or match[2] not in OF_THE_HAGUE:
        return None
    try:
        return MIDNIGHT if match[1] == "24:00" else time.fromisoformat(match[1])
    except ValueError:
        return None


def _date(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def schedules(hours: Sequence[Opening], channel: str) -> Iterator[dict[str, Any]]:
    """Yield *hours* of *channel* as schedules without an id."""
    for one in hours:
        is_whole = one.opens == one.closes == MIDNIGHT
        told = {
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[day] for day in sorted(one.days)),
            "opens_at": f"{one.opens:%H:%M}",
            "closes_at": f"{LAST_MINUTE if is_whole else one.closes:%H:%M}",
            "valid_from": one.valid_from.isoformat() if one.valid_from else None,
            "valid_to": one.valid_to.isoformat() if one.valid_to else None,
            "description": channel,
            HOLIDAYS: one.on_holidays,
        }
        yield {name: value for name, value in told.items() if value is not None}
