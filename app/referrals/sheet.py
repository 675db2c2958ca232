"""Reads a social-map file row by row and says what is wrong with it: file, line, column and the cure."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

DATA = Path(__file__).parent / "data"
PACKAGED = DATA / "social-map.csv"
DUTCH_TEXTS = ("what_they_do_nl", "for_whom_nl", "opening_hours_nl", "cost_nl")
"""Columns that a file may leave out; the English text is shown then."""

NUMBER = re.compile(r"1\d\d|14\d{3}|0[89]00-\d{4}(\d{3})?|(?=[\d-]{11}$)0\d{1,3}-\d{6,8}")
NUMBER_IN_TEXT = re.compile(r"\b0\d{1,3}[- ]?\d{4,}\b|\b14\d{3}\b")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 40
OLDEST = 120


class SheetError(ValueError):
    """Raised when a file of the social map has faults; the text has one line per fault."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One service, as the file has it; texts are stripped, missing Dutch texts are empty."""

    id: str
    name_nl: str
    name_en: str
    what_they_do_nl: str
    what_they_do_en: str
    for_whom_nl: str
    for_whom: str
    opening_hours_nl: str
    opening_hours: str
    cost_nl: str
    cost: str
    min_age: int | None
    max_age: int | None
    phone: str
    chat_url: str
    website: str
    anonymous_possible: str
    languages: str
    area: str
    topics: str
    keywords_nl: str
    emergency: bool
    source: str
    verified: bool


COLUMNS = tuple(field.name for field in fields(Entry))
REQUIRED = tuple(name for name in COLUMNS if name not in DUTCH_TEXTS)


def read_sheet(path: Path) -> tuple[Entry, ...]:
    """Read the services of the file at *path* in its order.

    Raises: SheetError, naming every fault at once.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SheetError(f"{path}: there is no such file; name the CSV file of the social map") from None
    except UnicodeDecodeError as error:
        raise SheetError(f"{path}: byte {error.start} is not UTF-8; save the file as CSV UTF-8") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
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


def _column_faults(names: Sequence[str]) -> Iterator[str]:
    for name in REQUIRED:
        if name not in names:
            yield f"column {name} is missing; add it to the first line"
    for name in names:
        if name not in COLUMNS:
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
    for line, row in numbered:
        for fault in _cell_faults(row):
            yield line, fault
        if row["id"] in seen:
            yield line, f"column id: {row['id']!r} stands on line {seen[row['id']]} too; give each service its own id"
        seen.setdefault(row["id"], line)


def _cell_faults(row: Mapping[str, str]) -> Iterator[str]:
    if "" in row:
        yield f"has more cells than there are columns ({row['']!r}); put a text with a comma between quotes"
    for column, is_right, cure in CHECKS:
        if not is_right(row.get(column, "")):
            yield f"column {column}: {row.get(column, '')!r} is wrong; {cure}"
    low, high = row["min_age"], row["max_age"]
    if low.isdecimal() and high.isdecimal() and int(low) > int(high):
        yield f"column min_age: {low} is above max_age {high}; swap them"
    for column in DUTCH_TEXTS:
        if NUMBER_IN_TEXT.search(row.get(column, "")):
            yield f"column {column}: holds a phone number; a number stands in column phone only"
    yield from _number_faults(row["id"], row["phone"])


def _number_faults(service: str, phone: str) -> Iterator[str]:
    """Yield where a number that belongs to one service stands at another: the worst fault for a child in danger."""
    known = known_numbers()
    owner = known.get(_digits(phone))
    if phone and owner and owner != service:
        yield f"column phone: {phone} is the number of {owner!r}, not of {service!r}; correct the number or the id"
    if service in known.values() and owner != service:
        yield f"column phone: {phone!r} is not a known number of {service!r}; data/known-numbers.csv lists them"


@cache
def known_numbers() -> Mapping[str, str]:
    """Return whose number it is, by its digits."""
    with (DATA / "known-numbers.csv").open(newline="", encoding="utf-8") as file:
        return {_digits(row["number"]): row["id"] for row in csv.DictReader(file)}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_clean = text.isprintable() and not re.search(r"[\s\"<>]", text)
    return is_clean and parts.scheme in {"https", "http"} and "." in (parts.hostname or "") and "@" not in parts.netloc


def _is_age(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and int(text) <= OLDEST)


def _is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and bool(ID.fullmatch(text))


CHECKS: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    ("id", _is_id, f"write small letters, digits and hyphens, at most {LONGEST_ID}"),
    ("name_nl", bool, "write the name"),
    ("name_en", bool, "write the English name"),
    ("what_they_do_en", bool, "write what they do"),
    ("topics", bool, "write at least one topic, separated by ;"),
    ("keywords_nl", bool, "write at least one keyword, separated by ;"),
    ("source", bool, "write where the facts come from"),
    (
        "phone",
        lambda text: not text or bool(NUMBER.fullmatch(text)),
        "write it with one hyphen after the area number, or leave it empty",
    ),
    ("chat_url", lambda text: not text or _is_url(text), "write a whole address with https:// or http://"),
    ("website", lambda text: not text or _is_url(text), "write a whole address with https:// or http://"),
    ("min_age", _is_age, "write a whole number of years or leave it empty"),
    ("max_age", _is_age, "write a whole number of years or leave it empty"),
    ("anonymous_possible", {"yes", "no", "partly", "unknown"}.__contains__, "write yes, no, partly or unknown"),
    ("area", {"national", "den-haag", "district"}.__contains__, "write national, den-haag or district"),
    ("emergency", {"0", "1"}.__contains__, "write 0 or 1"),
    ("verified", {"yes", "no"}.__contains__, "write yes or no"),
    *((name, lambda text: "\0" not in text, "remove the NUL character") for name in COLUMNS),
)


def _entry(row: Mapping[str, str]) -> Entry:
    texts = {name: row.get(name, "") for name in COLUMNS}
    ages = {name: int(row[name]) if row[name] else None for name in ("min_age", "max_age")}
    claims = {"emergency": row["emergency"] == "1", "verified": row["verified"] == "yes"}
    return Entry(**(texts | ages | claims))  # type: ignore[arg-type]  # each value was read for its own field
