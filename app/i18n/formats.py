"""Dates, numbers and lists as the current language writes them, in European order and with Western digits.

Western digits also in Arabic: they are what stands on doors, phones and bills in the Netherlands, and so a date looks
like the code and the phone numbers beside it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from babel import Locale, dates, lists, numbers

from app.i18n.languages import SOURCE, cldr_locale
from app.i18n.translate import current

_DUTCH = Locale.parse(SOURCE)


def format_date(day: date, style: Literal["full", "long", "short"] = "full") -> str:
    """Write *day*: full is `dinsdag 24 november 2026`, long leaves the weekday out, short is in figures."""
    return dates.format_date(day, style, locale=_locale())


def format_weekday(day: date) -> str:
    """Write the day of the week of *day*: `dinsdag`."""
    return dates.format_date(day, "EEEE", locale=_locale())


def format_day(day: date) -> str:
    """Write *day* without its year: `24 november`."""
    return dates.format_skeleton("MMMMd", day, locale=_locale())


def format_language(code: str) -> str:
    """Write what the language called *code* is called; empty when nobody knows."""
    return str(_locale().languages.get(code, ""))


def format_month(day: date) -> str:
    """Write the month of *day* with its year: `november 2026`."""
    return dates.format_skeleton("yMMMM", day, locale=_locale())


def format_number(number: float | Decimal) -> str:
    """Write *number* with the language's separators, at most three decimals."""
    return numbers.format_decimal(number, locale=_locale(), numbering_system="latn")


def format_list(items: Iterable[str]) -> str:
    """Write *items* as a sentence does: `lezen, schrijven en rekenen`."""
    return lists.format_list(list(items), locale=_locale())


def _locale() -> Locale:
    return cldr_locale(current().tag) or _DUTCH
