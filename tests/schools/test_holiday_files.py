"""Lists of days off."""

import pytest

from app.schools.holiday_files import read_holidays
from app.schools.tables import Refused, TableError

HEADER = "region_or_school;name;first_day;last_day\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("midden;Kerst;2026-12-32;2027-01-03", "column FIRST_DAY: '2026-12-32' is not a day; write it as 2026-10-17"),
        ("midden;Kerst;12/19/2026;2027-01-03", "is not a day"),
        ("midden;Kerst;2026-12-19;2026-01-03", "lies before"),
        ("midden;Kerst;2026-12-19;2027-12-31", "check the year"),
        ("midden;;2026-12-19;2027-01-03", "column NAME: it is empty"),
        ("midden;Kerst", "2 values where the header has 4"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_cure(row: str, told: str) -> None:
    (found,) = read_holidays((HEADER + row).encode())

    assert isinstance(found, Refused)
    assert told in found.why


def test_another_header_is_an_error_that_names_both() -> None:
    with pytest.raises(TableError, match=r"(?s)'regio'.*region_or_school"):
        read_holidays(b"regio,naam\nmidden,Kerst\n")
