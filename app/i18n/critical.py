"""Which texts are critical: a student reads them where a gap or a mistake hurts."""

from collections.abc import Collection
from fnmatch import fnmatchcase

FLAG = "critical"
"""Marks such a text in a catalogue, so that a translator sees it."""

_PLACES = (
    "flows/*.yaml",
    "app/intake/*",
    "app/web/*",
    "app/referrals/*",
    "app/schools/places.py",
    "app/cases/correspondence.py",
    "app/cases/wording.py",
    "app/talks/wording.py",
)


def is_critical(locations: Collection[tuple[str, object]]) -> bool:
    """Tell whether a text that stands in *locations* (file, line) is critical; one from nowhere is, to be safe."""
    return not locations or any(fnmatchcase(file, place) for file, _ in locations for place in _PLACES)
