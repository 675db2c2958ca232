"""Reads a list of days off: region_or_school,name,first_day,last_day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.schools.models import HOLIDAY_LENGTH
from app.schools.tables import FieldError, Record, Refused, TableError, read_table, shown

COLUMNS = ("region_or_school", "name", "first_day", "last_day")
LONGEST = timedelta(days=100)
"""The summer holiday takes six weeks; anything longer than this is a mistyped year."""
_CELL = 200


@dataclass(frozen=True)
class HolidayRow:
    """One row: days, both included, for a region or for a school by slug or location code."""

    row: int
    owner: str
    name: str
    first_day: date
    last_day: date


def read_holidays(data: bytes) -> tuple[HolidayRow | Refused, ...]:
    """Read a list of days off.

    Raises: TableError when the file as a whole cannot be used.
    """
    table = read_table(data)
    if not {name.upper() for name in COLUMNS} <= table.names:
        found = ", ".join(shown(name) for name in table.columns)
        raise TableError(
            f"the header is not that of a list of days off.\n  found:    {found}\n  expected: {', '.join(COLUMNS)}"
        )
    return tuple(_read(record) for record in table.rows)


def check_days(first_day: date, last_day: date) -> None:
    """Check that days off are in order and not endless.

    Raises: FieldError.
    """
    if last_day < first_day:
        raise FieldError(
            "LAST_DAY", f"{last_day} lies before {first_day}", "give the last day off, not before the first"
        )
    if last_day - first_day > LONGEST:
        raise FieldError("LAST_DAY", f"{last_day} is more than {LONGEST.days} days after {first_day}", "check the year")


def _read(record: Record | Refused) -> HolidayRow | Refused:
    if isinstance(record, Refused):
        return record
    try:
        owner = record.required("REGION_OR_SCHOOL", _CELL)
        name = record.required("NAME", HOLIDAY_LENGTH)
        first, last = _day(record, "FIRST_DAY"), _day(record, "LAST_DAY")
        check_days(first, last)
    except FieldError as error:
        return Refused(record.row, str(error))
    return HolidayRow(record.row, owner, name, first, last)


def _day(record: Record, column: str) -> date:
    found = record.required(column, _CELL)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", found)
    dutch = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})", found)
    parts = iso.groups() if iso else dutch.groups()[::-1] if dutch else ("0", "0", "0")
    year, month, day = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise FieldError(column, f"{shown(found)} is not a day", "write it as 2026-10-17") from error
