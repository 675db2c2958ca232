"""Writes services as the flat table that `sheet.read_sheet` reads."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from app.referrals.checking import HOURS
from app.referrals.entries import Entry
from app.referrals.hours import write_hours
from app.referrals.sheet import COLUMNS

BEFORE_KEYWORDS = "organization"
"""Keywords in further languages stand before this column, behind the Dutch ones."""
CLAIMS = {"verified": ("no", "yes"), "emergency": ("0", "1")}


def write_sheet(entries: Sequence[Entry], without: Sequence[str] = ()) -> str:
    """Write *entries* with a heading, except the columns *without*."""
    languages = sorted({language for entry in entries for language in entry.keywords})
    at = COLUMNS.index(BEFORE_KEYWORDS)
    columns = [*COLUMNS[:at], *(f"keywords_{language}" for language in languages), *COLUMNS[at:]]
    text = io.StringIO()
    writer = csv.DictWriter(text, [name for name in columns if name not in without], "", "ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells_of(entry) for entry in entries)
    return text.getvalue()


def cells_of(entry: Entry) -> dict[str, str]:
    """Return what stands in each column; a language that the entry has no keywords in has none."""
    cells = {name: _cell(name, getattr(entry, name)) for name in COLUMNS}
    return cells | {f"keywords_{language}": ";".join(words) for language, words in entry.keywords.items()}


def _cell(column: str, value: object) -> str:
    if column in HOURS:
        return write_hours(value)  # type: ignore[arg-type]  # what an entry holds in these
    if isinstance(value, bool):
        return CLAIMS[column][value]
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
