"""Opening hours as a coordinator writes them: `ma-vr 09:00-17:00; za 10:00-12:00; feestdagen dicht`, or `altijd`.

`feestdagen` speaks of all hours before it, back to the one before. A span may have dates, the last day included, or one
of the two: `ma 09:00-12:00 van 2026-12-01 tot 2026-12-31`. A span that ends before it begins runs past midnight.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import groupby

from app.referrals.entries import ALWAYS, EVERY_DAY, MIDNIGHT, Opening

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
ALL_HOURS = "altijd"
HOLIDAYS = {"feestdagen dicht": False, "feestdagen open": True}
HOW = "write e.g. ma-vr 09:00-17:00; za 10:00-12:00; feestdagen dicht, or altijd, or leave it empty"
LAST_MINUTE = time(23, 59)
"""How HSDS and people write the end of a whole day."""

_DAY = "(?:" + "|".join(DAYS) + ")"
_SPAN = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)"
    r"(?: van (?P<valid_from>\d{4}-\d\d-\d\d))?(?: tot (?P<valid_to>\d{4}-\d\d-\d\d))?",
    re.ASCII,
)


class HoursError(ValueError):
    """Raised when hours cannot be read; the text quotes the part that is wrong."""


def read_hours(text: str) -> tuple[Opening, ...]:
    """Read the hours of one channel; none when *text* is empty.

    Raises: HoursError.
    """
    plain = re.sub(r"\s*([-,;])\s*", r"\1", " ".join(text.lower().split()))
    if plain == ALL_HOURS:
        return ALWAYS
    found: list[Opening] = []
    for part in filter(None, plain.split(";")):
        if part in HOLIDAYS:
            found = _with_holidays(found, HOLIDAYS[part])
        else:
            found.append(_opening(part))
    return tuple(found)


def _with_holidays(found: Sequence[Opening], is_open: bool) -> list[Opening]:
    if not found or found[-1].on_holidays is not None:
        raise HoursError("'feestdagen' has no hours before it")
    return [replace(one, on_holidays=is_open) if one.on_holidays is None else one for one in found]


def _opening(part: str) -> Opening:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise HoursError(f"{part!r} is no span of hours")
    if match["valid_from"] and match["valid_to"] and match["valid_from"] > match["valid_to"]:
        raise HoursError(f"{part!r} ends before it begins; swap the dates")
    try:
        opens, closes = whole_day(time.fromisoformat(match["opens"]), _end(match["closes"]))
        return Opening(
            days=frozenset(_days(match["days"])),
            opens=opens,
            closes=closes,
            valid_from=_date(match["valid_from"]),
            valid_to=_date(match["valid_to"]),
        )
    except ValueError as error:
        raise HoursError(f"{part!r} has a time or a date that does not exist ({error})") from None


def whole_day(opens: time, closes: time) -> tuple[time, time]:
    """Return both; a day that begins at midnight and ends at 23:59 ends at midnight."""
    return opens, MIDNIGHT if opens == MIDNIGHT and closes == LAST_MINUTE else closes


def _end(text: str) -> time:
    return MIDNIGHT if text == "24:00" else time.fromisoformat(text)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        yield from (day % 7 for day in range(begin, end + 1 + 7 * (end < begin)))


def write_hours(openings: Iterable[Opening]) -> str:
    """Write *openings* so that `read_hours` gives them back."""
    told = tuple(openings)
    if told == ALWAYS:
        return ALL_HOURS
    parts: list[str] = []
    names = {is_open: text for text, is_open in HOLIDAYS.items()}
    # Whatever nobody said anything about comes last: "feestdagen" would speak of it too.
    ordered = sorted(told, key=lambda one: one.on_holidays is None)
    for on_holidays, group in groupby(ordered, key=lambda one: one.on_holidays):
        parts += map(_written, group)
        parts += [] if on_holidays is None else [names[on_holidays]]
    return "; ".join(parts)


def _written(one: Opening) -> str:
    closes = "24:00" if one.closes == MIDNIGHT else f"{one.closes:%H:%M}"
    since = f" van {one.valid_from}" if one.valid_from else ""
    until = f" tot {one.valid_to}" if one.valid_to else ""
    return f"{_days_written(one.days)} {one.opens:%H:%M}-{closes}{since}{until}"


def _days_written(days: frozenset[int]) -> str:
    if days == EVERY_DAY:
        return f"{DAYS[0]}-{DAYS[6]}"
    runs = [[day for _, day in run] for _, run in groupby(enumerate(sorted(days)), key=lambda pair: pair[1] - pair[0])]
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)
