"""Who reads a text: students and parents, or staff only; and which texts hurt when they are missing or wrong."""

from collections.abc import Collection
from fnmatch import fnmatchcase

from app.i18n.languages import WHOLE

FLAG = "critical"
"""Marks a critical text in a catalogue, so that a translator sees it."""

Locations = Collection[tuple[str, object]]
"""Where a text stands: file and line."""

_STAFF = (
    "app/accounts/*",
    "app/cases/*",
    "app/notifications/*",
    "app/register/*",
    "app/statistics/*",
    "app/talks/*",
    "app/upkeep/*",
    "app/web/templates/staff.html",
    "flows/desk/duties.yaml",
)
_READ_BY_STUDENTS_TOO = (
    "app/cases/consent_wording.py",
    "app/cases/correspondence.py",
    "app/cases/wording.py",
    "app/talks/wording.py",
)
_CRITICAL = (
    "flows/*.yaml",
    "app/intake/*",
    "app/web/*",
    "app/referrals/*",
    "app/schools/places.py",
    *_READ_BY_STUDENTS_TOO,
)


def is_for_students(locations: Locations) -> bool:
    """Tell whether a student or parent may read a text; one from a place that we do not know is, to be safe."""
    return not locations or any(not _is_staffs(file) for file, _ in locations)


def is_in_catalogue(tag: str, locations: Locations) -> bool:
    """Tell whether the catalogue of a language has a text: all of them where staff work in it, else students' own."""
    return tag in WHOLE or is_for_students(locations)


def is_critical(locations: Locations) -> bool:
    """Tell whether a text is critical: a student reads it where a gap or a mistake hurts; one from nowhere is too."""
    return not locations or any(_matches(file, _CRITICAL) for file, _ in locations)


def _is_staffs(file: str) -> bool:
    return _matches(file, _STAFF) and not _matches(file, _READ_BY_STUDENTS_TOO)


def _matches(file: str, places: Collection[str]) -> bool:
    return any(fnmatchcase(file, place) for place in places)
