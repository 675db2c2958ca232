"""Dates, numbers and lists as each language writes them."""

from datetime import date
from decimal import Decimal

import pytest

from app.i18n import formats, languages
from app.i18n.translate import using

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("tag", "full", "long", "short"),
    [
        ("nl", "dinsdag 24 november 2026", "24 november 2026", "24-11-2026"),
        ("en", "Tuesday, 24 November 2026", "24 November 2026", "24/11/2026"),
        ("ar", "الثلاثاء، 24 نوفمبر 2026", "24 نوفمبر 2026", "24\u200f/11\u200f/2026"),
        ("srn", "dinsdag 24 november 2026", "24 november 2026", "24-11-2026"),
    ],
)
def test_a_date_is_written_as_the_language_does(tag: str, full: str, long: str, short: str) -> None:
    with using(tag):
        assert formats.format_date(DAY) == full
        assert formats.format_date(DAY, "long") == long
        assert formats.format_date(DAY, "short") == short


@pytest.mark.parametrize("tag", languages.LANGUAGES)
def test_every_language_writes_western_digits(tag: str) -> None:
    with using(tag):
        written = formats.format_date(DAY) + formats.format_number(12345)
    assert "24" in written
    assert all(letter in "0123456789" for letter in written if letter.isdecimal())


@pytest.mark.parametrize(("tag", "expected"), [("nl", "12.345,5"), ("en", "12,345.5"), ("ar", "12,345.5")])
def test_a_number_has_the_separators_of_the_language(tag: str, expected: str) -> None:
    with using(tag):
        assert formats.format_number(Decimal("12345.5")) == expected


@pytest.mark.parametrize(("tag", "expected"), [("nl", "a, b en c"), ("en", "a, b and c"), ("ar", "a وb وc")])
def test_a_list_reads_as_a_sentence(tag: str, expected: str) -> None:
    with using(tag):
        assert formats.format_list(letter for letter in "abc") == expected


def test_an_empty_list_is_empty() -> None:
    assert formats.format_list([]) == ""
