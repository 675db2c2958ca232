"""Periods and cells."""

from datetime import date

import pytest

from app.register.periods import school_year
from app.statistics.rules import PeriodError, parse_period, unpublished_cells


@pytest.mark.parametrize("text", ["2026-2027", "2026-2027-h1", "2026-2027-h2"])
def test_a_school_year_and_its_halves_are_periods(text: str) -> None:
    assert parse_period(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-2028", "2027-2026", "2026-2027-h3", "2026-2027 ", "２０２６-２０２７", "2026-2027\n", "../x"],
)
def test_anything_else_is_no_period_and_the_error_says_how_to_write_one(text: str) -> None:
    with pytest.raises(PeriodError, match="school year"):
        parse_period(text)


@pytest.mark.parametrize(("day", "year"), [(date(2026, 7, 31), "2025-2026"), (date(2026, 8, 1), "2026-2027")])
def test_a_school_year_starts_in_august(day: date, year: str) -> None:
    assert school_year(day) == year


def test_what_is_not_published_is_suppressed_in_each_of_the_72_cells() -> None:
    cells = list(unpublished_cells("2026-2027"))

    assert len({(cell.district, cell.category) for cell in cells}) == len(cells) == 72
    assert {cell.value for cell in cells} == {"suppressed"}
