"""Turns the rows of a sheet into coded facts, or says by row and column what is wrong."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.register.codes import FIELDS
from app.register.importing.dates import parse_day
from app.register.importing.faults import Fault
from app.register.importing.mapping import ImportMapping
from app.register.importing.reading import Sheet
from app.register.importing.suggesting import NOT_REGISTERED, is_yes
from app.register.rules import MOST_AFFECTED

MOST_AT_ONCE = 50
"""Incidents that one row may stand for; more is a mistake in the file."""


@dataclass(frozen=True)
class CodedRow:
    """One row as facts; *mark* is what its salted hash is made of, *incidents* how many it stands for."""

    row: int
    day: date
    codes: Mapping[str, str]
    is_online: bool
    affected_count: int
    incidents: int
    mark: bytes


@dataclass(frozen=True)
class Bounds:
    """The days between which an incident may lie, both included."""

    first: date
    last: date


class _RowError(ValueError):
    """Raised inside a row; carries what is wrong with which column."""

    def __init__(self, code: str, column: str) -> None:
        super().__init__(code)
        self.code, self.column = code, column


def coded_rows(sheet: Sheet, mapping: ImportMapping, bounds: Bounds) -> Iterator[CodedRow | Fault | None]:
    """Yield each row as facts, as a fault, or as None when the school said that its word is no incident."""
    places = {target: sheet.headers.index(header) for target, header in mapping.columns.items()}
    for number, values in sheet.rows:
        told = {target: values[at] for target, at in places.items()}
        try:
            yield _row(number, told, mapping, bounds)
        except _RowError as error:
            yield Fault(error.code, number, error.column)


def _row(number: int, told: Mapping[str, str], mapping: ImportMapping, bounds: Bounds) -> CodedRow | None:
    codes = _codes(told, mapping)
    if NOT_REGISTERED in codes.values():
        return None
    if "category" not in codes:
        raise _RowError("category_empty", mapping.columns["category"])
    day = _day(told["day"], mapping, bounds)
    counts = {target: _count(target, told.get(target, ""), mapping) for target in _COUNTS}
    mark = json.dumps([day.isoformat(), sorted(told.items())], ensure_ascii=False).encode()
    is_online = is_yes(told.get("is_online", ""))
    return CodedRow(number, day, codes, is_online, counts["affected_count"], counts["incidents"], mark)


def _codes(told: Mapping[str, str], mapping: ImportMapping) -> Mapping[str, str]:
    found = {}
    for target in FIELDS:
        if told.get(target):
            code = mapping.values.get(target, {}).get(told[target], "")
            if not code:
                raise _RowError("value_open", mapping.columns[target])
            found[target] = code
    return found


def _day(text: str, mapping: ImportMapping, bounds: Bounds) -> date:
    day = parse_day(text, mapping.date_form)
    if day is None:
        raise _RowError("day_unreadable", mapping.columns["day"])
    if not bounds.first <= day <= bounds.last:
        raise _RowError("day_outside", mapping.columns["day"])
    return day


def _count(target: str, text: str, mapping: ImportMapping) -> int:
    default, least, most = _COUNTS[target]
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise _RowError("count_outside", mapping.columns[target])
    return int(text)


_COUNTS = {"affected_count": (0, 0, MOST_AFFECTED), "incidents": (1, 1, MOST_AT_ONCE)}
"""By target what an empty cell means, and the least and most that can be."""
