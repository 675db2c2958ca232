"""Which cells a table for the city has, and which periods there are; no figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.i18n.translate import lazy_gettext
from app.schools.districts import DISTRICTS

SUPPRESSED = "suppressed"
COLUMNS = ("district", "category", "period", "value")
CATEGORIES = {
    "violence": lazy_gettext("Fysiek geweld met letsel"),
    "sexual": lazy_gettext("Seksuele intimidatie of misbruik"),
    "intimidation": lazy_gettext("Stelselmatige intimidatie"),
    "threat": lazy_gettext("Bedreiging"),
    "bullying": lazy_gettext("Grove pesterijen"),
    "vandalism": lazy_gettext("Ernstige vernieling"),
    "theft": lazy_gettext("Diefstal"),
    "drugs": lazy_gettext("Drugs"),
    "weapon": lazy_gettext("Wapens"),
}
"""The nine categories of the bill Vrij en veilig onderwijs (36 777, not yet law), in its order; working texts."""

AUGUST = 8
PERIOD = re.compile(r"(\d{4})-(\d{4})(-h[12])?", re.ASCII)


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
    """Return *text* when it names a school year (2026-2027) or a half of one (2026-2027-h1).

    Raises: PeriodError.
    """
    match = PERIOD.fullmatch(text)
    if not match:
        raise PeriodError(f"{text!r} is no period; write a school year as 2026-2027, or a half as 2026-2027-h1 or -h2")
    first, second = int(match[1]), int(match[2])
    if second != first + 1:
        raise PeriodError(f"{text!r} is no school year; after {first} comes {first + 1:04}")
    return text


def school_year(day: date) -> str:
    """Return the school year of *day*, which starts on 1 August."""
    first = day.year if day.month >= AUGUST else day.year - 1
    return f"{first}-{first + 1}"


def unpublished_cells(period: str) -> Iterator[Cell]:
    """Yield each cell of a table that nobody has published, so every one suppressed: it fails closed."""
    for district in DISTRICTS:
        for category in CATEGORIES:
            yield Cell(district, category, period, SUPPRESSED)
