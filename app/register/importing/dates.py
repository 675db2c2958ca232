"""Days in whatever way a system writes them; the whole column decides between day and month."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

FORMS = ("iso", "day_first", "month_first", "serial", "words")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(30_000, 60_001)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari", "january"),
            ("feb", "februari", "february"),
            ("mrt", "mar", "maart", "march"),
            ("apr", "april"),
            ("mei", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "augustus", "august"),
            ("sep", "sept", "september"),
            ("okt", "oct", "oktober", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ ,].*)?")
_WORDS = re.compile(r"(?:[a-z]{2,9}\.?,? )?(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4}|\d{2})(?:[ ,].*)?", re.IGNORECASE)


def guess_form(values: Iterable[str]) -> str:
    """Return the form by which most values are days; where day and month cannot be told apart, the day comes first."""
    shown = [value for value in values if value]
    scores = {form: sum(parse_day(value, form) is not None for value in shown) for form in FORMS}
    order = ("iso", "serial", "words", "day_first", "month_first")
    return max(order, key=lambda form: (scores[form], -order.index(form)))


def parse_day(text: str, form: str) -> date | None:
    """Return the day that *text* means in *form*, or None when it is none."""
    try:
        return _READERS[form](text)
    except (ValueError, OverflowError):
        return None


def _serial(text: str) -> date | None:
    days = int(float(text))
    return _EPOCH + timedelta(days=days) if days in _SERIALS else None


def _iso(text: str) -> date | None:
    found = _ISO.fullmatch(text)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _words(text: str) -> date | None:
    found = _WORDS.fullmatch(text)
    month = _MONTHS.get(found[2].casefold()) if found else None
    return date(_year(found[3]), month, int(found[1])) if found and month else None


def _day_first(text: str) -> date | None:
    found = _PARTS.fullmatch(text)
    return date(_year(found[3]), int(found[2]), int(found[1])) if found else None


def _month_first(text: str) -> date | None:
    found = _PARTS.fullmatch(text)
    return date(_year(found[3]), int(found[1]), int(found[2])) if found else None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)  # noqa: PLR2004 -- two digits are of this century


_READERS = {
    "iso": _iso,
    "day_first": _day_first,
    "month_first": _month_first,
    "serial": _serial,
    "words": _words,
}
