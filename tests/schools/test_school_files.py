"""Lists of schools in every shape they come in."""

from pathlib import Path

import pytest

from app.schools.districts import from_memory
from app.schools.school_files import SchoolRow, read_schools
from app.schools.tables import Refused, TableError
from tests.schools.files import CITY_HEADER, POPULIER, city_file, duo_file

CITY_LIST = Path("app/schools/data/schools-den-haag-vo.csv")


def only(data: bytes) -> SchoolRow:
    (row,) = read_schools(data).rows
    assert isinstance(row, SchoolRow), row
    return row


def refusal(data: bytes) -> str:
    (row,) = read_schools(data).rows
    assert isinstance(row, Refused)
    return f"{row.row}: {row.why}"


def test_the_city_list_is_read_whole() -> None:
    rows = read_schools(CITY_LIST.read_bytes()).rows

    assert len(rows) == 58
    assert all(isinstance(row, SchoolRow) for row in rows)


def test_a_district_says_where_it_comes_from() -> None:
    row = only(city_file(POPULIER))

    assert (row.district, row.district_source) == ("Segbroek", from_memory("high"))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_accents_survive_in_every_encoding(encoding: str) -> None:
    assert only(duo_file({"VESTIGINGSNAAM": "Lycée Bahûrim"}, encoding=encoding)).name == "Lycée Bahûrim"


def test_a_space_in_duos_file_means_nothing_is_known() -> None:
    row = only(duo_file({"INTERNETADRES": " ", "VAKANTIEREGIO": " ", "POSTCODE": " "}))

    assert (row.website, row.holiday_region, row.postcode, row.district) == ("", "", "", "")


def test_duos_file_is_read_for_one_municipality() -> None:
    data = duo_file({}, {"INSTELLINGSCODE": "18BR", "VESTIGINGSCODE": "18BR00", "GEMEENTENUMMER": "0106"})

    assert (len(read_schools(data).rows), read_schools(data).left_out) == (1, 1)
    assert [row.row for row in read_schools(data, "106").rows] == [3]
    assert len(read_schools(data, "all").rows) == 2


def test_a_municipality_that_does_not_occur_is_an_error() -> None:
    with pytest.raises(TableError, match="--municipality"):
        read_schools(duo_file({}), "9999")


@pytest.mark.parametrize("code", ["07", "02GJ07"])
def test_older_files_leave_the_brin_out_of_the_location(code: str) -> None:
    assert only(duo_file({"VESTIGINGSCODE": code}, old=True)).location_code == "02GJ07"


@pytest.mark.parametrize(
    ("found", "website"),
    [
        ("www.depopulier.nl", "https://www.depopulier.nl"),
        ("https://yescollege.nl", "https://yescollege.nl"),
        ("WWW.CDFMAVO.NL", "https://WWW.CDFMAVO.NL"),
    ],
)
def test_a_web_address_gets_a_scheme(found: str, website: str) -> None:
    assert only(duo_file({"INTERNETADRES": found})).website == website


@pytest.mark.parametrize("found", ["0" * 10, "https://[x", "javascript:alert(1)"])
def test_what_is_no_web_address_is_left_out_with_a_note(found: str) -> None:
    row = only(duo_file({"INTERNETADRES": found}))

    assert row.website == ""
    assert "INTERNETADRES" in row.note


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"INSTELLINGSCODE": "2GJ"}, "2: column INSTELLINGSCODE: '2GJ' is not a BRIN"),
        ({"VESTIGINGSCODE": "31EW00"}, "is no location of 02GJ"),
        ({"VESTIGINGSNAAM": " "}, "column VESTIGINGSNAAM: it is empty; fill it in"),
        ({"VESTIGINGSNAAM": "x" * 201}, "too many"),
        ({"VESTIGINGSNAAM": "a\x07b"}, "control character"),
        ({"POSTCODE": "2565"}, "write it as 2565 MK"),
        ({"STRAATNAAM": "x" * 199, "HUISNUMMER-TOEVOEGING": "12"}, "too long"),
        ({"VAKANTIEREGIO": "West"}, "one of noord, midden, zuid"),
        ({"VESTIGINGSNAAM": "a;b"}, "33 values where the header has 32"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_cure(change: dict[str, str], told: str) -> None:
    assert told in refusal(duo_file(change))


def test_letters_garbled_by_an_earlier_program_are_refused() -> None:
    assert "garbled" in refusal(duo_file({"VESTIGINGSNAAM": "LycÃ©e"}, encoding="utf-8"))
    assert "garbled" in refusal(duo_file({"VESTIGINGSNAAM": "Lyc\ufffde"}, encoding="utf-8"))


@pytest.mark.parametrize(("old", "new"), [("Segbroek", "Rijswijk"), ("high", "sure")])
def test_an_unknown_district_or_confidence_is_refused(old: str, new: str) -> None:
    assert f"'{new}'" in refusal(city_file(POPULIER.replace(old, new)))


def test_a_school_without_a_district_is_read() -> None:
    assert only(city_file(POPULIER.replace("Segbroek,high", ","))).district_source == ""


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"naam;plaats\r\nx;y\r\n", r"found: +'naam', 'plaats'\n +expected: instellingscode"),
        (CITY_HEADER.encode(), "no rows"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (city_file(POPULIER) + b"\x81", "neither UTF-8 nor Windows-1252"),
        (city_file(POPULIER) + b"\0", "NUL"),
        (city_file(POPULIER, '"02GJ,'), "row 3"),
        (f"{CITY_HEADER},label\n{POPULIER},x\n".encode(), "LABEL more than once"),
    ],
)
def test_a_file_that_is_broken_as_a_whole_is_an_error(data: bytes, told: str) -> None:
    with pytest.raises(TableError, match=told):
        read_schools(data)
