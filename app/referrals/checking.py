"""What a service may say, whichever file it comes from: each rule with its column and the cure."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from app.referrals.entries import NUMBER_OF_LIFE
from app.referrals.hours import HOW, HoursError, read_hours
from app.referrals.hsds import NUMBER
from app.referrals.hsds_writing import ADDRESS

DATA = Path(__file__).parent / "data"
PACKAGED = DATA / "social-map.csv"
DUTCH_TEXTS = ("what_they_do_nl", "for_whom_nl", "opening_hours_nl", "cost_nl")
"""Columns that a file may leave out; the English text is shown then."""
HOURS = ("phone_hours", "chat_hours", "walk_in_hours")
SHOWN = (*DUTCH_TEXTS, "first_sentence_nl", "organization", "address", "districts")
"""Columns that a student reads as they stand."""

NUMBER_IN_TEXT = re.compile(r"\b0\d{1,3}[- ]?\d{4,}\b|\b14\d{3}\b")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}-\d{1,2}-\d{4}", re.ASCII)
FORMULA = ("=", "+")
LONGEST_ID = 40
OLDEST = 120

Check = tuple[str, Callable[[str], bool], str]
"""Column, whether its cell is right, the cure."""


def cell_faults(row: Mapping[str, str], checks: tuple[Check, ...]) -> Iterator[tuple[str, str]]:
    """Yield each (column, what is wrong and the cure) of one service; a column that is not there is empty."""
    for column, is_right, cure in checks:
        if not is_right(row.get(column, "")):
            yield column, f"{row.get(column, '')!r} is wrong; {cure}"
    low, high = row.get("min_age", ""), row.get("max_age", "")
    if _is_number(low) and _is_number(high) and int(low) > int(high):
        yield "min_age", f"{low} is above max_age {high}; swap them"
    for column in SHOWN:
        if NUMBER_IN_TEXT.search(row.get(column, "")):
            yield column, "holds a phone number; a number stands in column phone only"
    for column in HOURS:
        yield from _hour_faults(column, row.get(column, ""))
    yield from _number_faults(row.get("id", ""), row.get("phone", ""), row.get("verified", ""))


def _hour_faults(column: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        read_hours(text)
    except HoursError as error:
        yield column, f"{error}; {HOW}"


def _number_faults(service: str, phone: str, verified: str) -> Iterator[tuple[str, str]]:
    """Yield where a number is that of another service, the worst fault for a child in danger, or vouches for itself."""
    if service in NUMBER_OF_LIFE and verified != "yes":
        yield "verified", f"students always see the number of {service}; write yes"
    known = known_numbers()
    owner = known.get(_digits(phone))
    if phone and owner and owner != service:
        yield "phone", f"{phone} is the number of {owner!r}, not of {service!r}; correct the number or the id"
    if service in known.values() and owner != service:
        yield "phone", f"{phone!r} is not a known number of {service!r}; data/known-numbers.csv lists them"
    elif (
        verified == "yes" and _is_id(service) and NUMBER.fullmatch(phone) and (service, _digits(phone)) not in vouched()
    ):
        cure = "write no; two people of the network can confirm it after the import"
        yield "verified", f"a file cannot vouch for {phone}, which is not the packaged number of {service!r}; {cure}"


def missing_lifelines(ids: Iterable[str]) -> str:
    """Return what a map with *ids* lacks that a student must always find, such as "112 and 113"; empty when nothing."""
    present = {*ids}
    return " and ".join(one for one in NUMBER_OF_LIFE if one not in present)


@cache
def known_numbers() -> Mapping[str, str]:
    """Return whose number it is, by its digits."""
    return {_digits(row["number"]): row["id"] for row in _rows(DATA / "known-numbers.csv")}


@cache
def vouched() -> frozenset[tuple[str, str]]:
    """Return (id, digits) of each number that the packaged social map calls verified."""
    rows = _rows(PACKAGED)
    return frozenset((row["id"], _digits(row["phone"])) for row in rows if row["phone"] and row["verified"] == "yes")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def read_day(text: str) -> date:
    """Read `2026-11-23`, or `23-11-2026` as a spreadsheet may rewrite it. Raises: ValueError."""
    if not DAY.fullmatch(text):
        raise ValueError(text)
    first, second, third = (int(part) for part in text.split("-"))
    return date(third, second, first) if text[2] == "-" or text[1] == "-" else date(first, second, third)


def _is_day(text: str) -> bool:
    try:
        return not text or bool(read_day(text))
    except ValueError:
        return False


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_clean = text.isprintable() and not re.search(r"[\s\"<>]", text)
    return is_clean and parts.scheme in {"https", "http"} and "." in (parts.hostname or "") and "@" not in parts.netloc


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _is_age(text: str) -> bool:
    return not text or (_is_number(text) and int(text) <= OLDEST)


def _is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and bool(ID.fullmatch(text))


_WHOLE_ADDRESS = "write a whole address with https:// or http://"
_AGE = "write a whole number of years or leave it empty"
ANY_FILE: tuple[Check, ...] = (
    ("id", _is_id, f"write small letters, digits and hyphens, at most {LONGEST_ID}"),
    ("name_nl", bool, "write the name"),
    (
        "phone",
        lambda text: not text or bool(NUMBER.fullmatch(text)),
        "write it with one hyphen after the area number, or leave it empty",
    ),
    ("chat_url", lambda text: not text or _is_url(text), _WHOLE_ADDRESS),
    ("website", lambda text: not text or _is_url(text), _WHOLE_ADDRESS),
    ("min_age", _is_age, _AGE),
    ("max_age", _is_age, _AGE),
    ("checked_on", _is_day, "write the day as 2026-11-23 or leave it empty"),
    ("anonymous_possible", {"yes", "no", "partly", "unknown"}.__contains__, "write yes, no, partly or unknown"),
    ("area", {"national", "den-haag", "district"}.__contains__, "write national, den-haag or district"),
    ("emergency", {"0", "1"}.__contains__, "write 0 or 1"),
    ("verified", {"yes", "no"}.__contains__, "write yes or no"),
)
"""Rules for a file of any kind."""
SHEET: tuple[Check, ...] = (
    *ANY_FILE[:2],
    ("name_en", bool, "write the English name"),
    ("what_they_do_en", bool, "write what they do"),
    ("topics", bool, "write at least one topic, separated by ;"),
    ("keywords_nl", bool, "write at least one keyword, separated by ;"),
    ("source", bool, "write where the facts come from"),
    *ANY_FILE[2:],
    (
        "address",
        lambda text: not text or bool(ADDRESS.fullmatch(text)),
        "write street and number, postcode and town: Spui 1, 2511 BL Den Haag",
    ),
)
"""Rules for the flat table."""


def text_checks(columns: tuple[str, ...]) -> tuple[Check, ...]:
    """Return the rules for every column: what a database refuses, and what a spreadsheet would run."""
    run = "a spreadsheet would run this; begin with a letter"
    return (
        *((name, lambda text: "\0" not in text, "remove the NUL character") for name in columns),
        *((name, lambda text: not text.startswith(FORMULA), run) for name in columns if name != "phone"),
    )
