"""Reads a social-map file row by row and says what is wrong with it: file, line, column and the cure."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from app.referrals.checking import (
    DATA,
    DUTCH_TEXTS,
    HOURS,
    NUMBER_IN_TEXT,
    PACKAGED,
    SHEET,
    cell_faults,
    read_day,
    text_checks,
)
from app.referrals.entries import Entry
from app.referrals.hours import read_hours

__all__ = ["COLUMNS", "DATA", "DUTCH_TEXTS", "NUMBER_IN_TEXT", "PACKAGED", "Entry", "SheetError", "read_sheet"]

NEW = ("organization", *HOURS, "address", "districts", "first_sentence_nl", "checked_on", "checked_by")
"""Columns that a file may leave out, for nothing is known of them."""
LAST = ("emergency", "source", "verified")
COLUMNS = (
    *(field.name for field in fields(Entry) if field.name not in {*NEW, *LAST, "keywords"}),
    *NEW,
    *LAST,
)
REQUIRED = tuple(name for name in COLUMNS if name not in {*DUTCH_TEXTS, *NEW})
KEYWORDS = re.compile(r"keywords_[a-z]{2,3}")
"""A column for each further language."""
LISTS = ("topics", "keywords_nl", "languages", "districts")
SEPARATORS = (";", "\t", ",")
"""What a spreadsheet may put between cells, by its country."""
MOST_BYTES = 100_000_000
"""10,000 services take a third of that."""


class SheetError(ValueError):
    """Raised when a file of the social map has faults; the text has one line per fault."""


def read_sheet(path: Path) -> tuple[Entry, ...]:
    """Read the services of the file at *path* in its order.

    Raises: SheetError, naming every fault at once.
    """
    return parse_sheet(read_text(path), str(path))


def parse_sheet(text: str, path: str) -> tuple[Entry, ...]:
    """Read the services in *text*, which faults call *path*. Raises: SheetError, naming every fault at once."""
    heading = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=heading.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True, delimiter=separator)
    try:
        faults = [f"{path}:1: {fault}" for fault in _column_faults(rows.fieldnames or ())]
        numbered = [] if faults else list(_numbered(rows))
    except csv.Error as error:
        raise SheetError(f"{path}:{rows.line_num}: cannot be read as CSV ({error}); check its quotes") from None
    faults += [f"{path}:{line}: {fault}" for line, fault in _row_faults(numbered)]
    if not faults and not numbered:
        faults = [f"{path}:1: has no services; a file with none would withdraw every help line"]
    if faults:
        raise SheetError("\n".join(faults))
    return tuple(_entry(row) for _, row in numbered)


def read_text(path: Path) -> str:
    """Return the text of the file at *path*. Raises: SheetError when it cannot be."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SheetError(f"{path}: is larger than {MOST_BYTES // 1_000_000} MB; name the file of the social map")
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise SheetError(f"{path}: there is no such file; name the file of the social map") from None
    except UnicodeDecodeError as error:
        raise SheetError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise SheetError(f"{path}: cannot be read ({error.strerror}); let this account read it") from None


def _column_faults(names: Sequence[str]) -> Iterator[str]:
    for name in REQUIRED:
        if name not in names:
            yield f"column {name} is missing; add it to the first line"
    for name in names:
        if name not in COLUMNS and not KEYWORDS.fullmatch(name):
            yield f"column {name!r} is unknown; remove it or use one of {', '.join(COLUMNS)}"
    for name in sorted({name for name in names if list(names).count(name) > 1}):
        yield f"column {name} stands there twice; remove one"


def _numbered(rows: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the line on which it starts; a surplus cell stands under the empty name."""
    line = rows.line_num + 1
    for row in rows:
        surplus = "; ".join(row.pop("", ()) or ())
        cells = {name: (value or "").strip() for name, value in row.items()}
        yield line, cells | ({"": surplus} if surplus else {})
        line = rows.line_num + 1


def _row_faults(numbered: list[tuple[int, dict[str, str]]]) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    checks = SHEET + text_checks(tuple(name for name in (numbered[0][1] if numbered else ()) if name))
    for line, row in numbered:
        if "" in row:
            yield line, f"has more cells than there are columns ({row['']!r}); put a text with a comma between quotes"
        for column, fault in cell_faults(row, checks):
            yield line, f"column {column}: {fault}"
        if row["id"] in seen:
            yield line, f"column id: {row['id']!r} stands on line {seen[row['id']]} too; give each service its own id"
        seen.setdefault(row["id"], line)


def _entry(row: Mapping[str, str]) -> Entry:
    told = {name: row.get(name, "") for name in COLUMNS}
    lists = {name: split(told[name]) for name in LISTS}
    values: dict[str, object] = {
        **told,
        **{name: ";".join(words) for name, words in lists.items()},
        **{name: int(told[name]) if told[name] else None for name in ("min_age", "max_age")},
        **{name: read_hours(told[name]) for name in HOURS},
        "districts": lists["districts"],
        "emergency": told["emergency"] == "1",
        "verified": told["verified"] == "yes",
        "checked_on": read_day(told["checked_on"]) if told["checked_on"] else None,
        "keywords": {name[9:]: split(text) for name, text in row.items() if text and is_further(name)},
    }
    return Entry(**values)  # type: ignore[arg-type]  # each value was read for its own field


def is_further(column: str) -> bool:
    """Return whether *column* holds keywords in another language than Dutch."""
    return column not in COLUMNS and bool(KEYWORDS.fullmatch(column))


def split(text: str) -> tuple[str, ...]:
    """Return the words of a cell, which stand between semicolons."""
    return tuple(word for part in text.split(";") if (word := part.strip()))
