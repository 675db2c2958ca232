"""Which cells a table for the city has before anything is released, and which periods there are; no figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.register.codes import CATEGORIES
from app.schools.districts import DISTRICTS

SUPPRESSED = "suppressed"
COLUMNS = ("district", "category", "period", "value")
PERIOD = re.compile(r"(\d{4})-(\d{4})(-h[12]|-Q[1-4])?", re.ASCII)
ALL_PERIODS = ("Q1", "Q2", "YTD2", "Q3", "YTD3", "Q4", "YTD4")


class PeriodError(ValueError):
    """Raised when a text names no period."""


@dataclass(frozen=True)
class Cell:
    """One cell; its value is a whole number or the word `suppressed`."""

    district: str
    category: str
    period: str
    value: str


def parse_period(text: str) -> str:
    """Return *text* when it names a school year (2026-2027), a half (2026-2027-h1) or a quarter of one (2026-2027-Q1).

    Raises: PeriodError.
    """
    match = PERIOD.fullmatch(text)
    if not match:
        raise PeriodError(f"{text!r} is no period; write a school year as 2026-2027, or a half as 2026-2027-h1 or -h2")
    first, second = int(match[1]), int(match[2])
    if second != first + 1:
        raise PeriodError(f"{text!r} is no school year; after {first} comes {first + 1:04}")
    return text


def listed_periods(period: str) -> tuple[str, ...]:
    """Return which periods of a table belong to *period*: all of a year, the quarters and total of a half, or one."""
    rest = period[10:]
    halves = {"h1": ("Q1", "Q2", "YTD2"), "h2": ("Q3", "Q4", "YTD3", "YTD4")}
    return halves.get(rest, (rest,) if rest else ALL_PERIODS)


def unpublished_cells(period: str) -> Iterator[Cell]:
    """Yield each cell of a table that nobody has published, so every one suppressed: it fails closed."""
    for district in DISTRICTS:
        for category in CATEGORIES:
            yield Cell(district, category, period, SUPPRESSED)
