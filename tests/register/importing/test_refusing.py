"""What is refused: persons above all, and files that nobody can read."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest

from app.register.importing.dates import guess_form, parse_day
from app.register.importing.faults import Fault, SheetError
from app.register.importing.mapping import missing, read_mapping, suggest_mapping
from app.register.importing.personal import refused_columns
from app.register.importing.reading import open_sheet
from app.register.importing.suggesting import suggest_code
from tests.register.importing.sheets import text, workbook


def kinds(header: str, values: Sequence[str] = ("x", "y")) -> list[str]:
    sheet = open_sheet(text([["Datum", header], *(["1-11-2026", value] for value in values)]))
    return [fault.code for fault in refused_columns(sheet, 2026) if fault.column == header]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Leerlingnummer", "number"),
        ("Leerling code", "number"),
        ("BSN", "number"),
        ("llnr.", "number"),
        ("Naam", "name"),
        ("voornaam", "name"),
        ("Achter_naam", "name"),
        ("VolledigeNaam", "name"),
        ("Dader", "name"),
        ("Slachtoffer(s)", "name"),
        ("Mentor", "name"),
        ("Geb.datum", "birth"),
        ("Geboortedatum leerling", "birth"),
        ("Leeftijd", "birth"),
        ("Klas", "class"),
        ("Stamgroep", "class"),
        ("Postcode", "address"),
        ("E-mailadres", "contact"),
        ("Telefoonnummer ouder", "contact"),
        ("Omschrijving", "text"),
        ("Opmerkingen", "text"),
        ("Tóelichting", "text"),
    ],
)
def test_a_header_that_names_a_person_is_refused(header: str, kind: str) -> None:
    assert kinds(header) == [f"personal_{kind}"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("123456782", "111222333", "123456782"), "number"),
        (("s.jansen@school.example", "k.bos@school.example"), "contact"),
        (("2512 AB", "2515XZ", "2491 gh"), "address"),
        (("12-03-2012", "01-09-2011", "30-11-2013"), "birth"),
        (("3HV2", "H4b", "2mavo1", "5vwo2"), "class"),
        (("Noor de Wit", "Sam van den Berg", "Bo Jansen", "Lot Smit"), "name"),
        (
            (
                "Hij begon te duwen bij de kluisjes en daarna sloeg hij",
                "Er werd hard geroepen in de gang tussen de lessen",
            ),
            "text",
        ),
        (
            (
                "stond bij de deur te wachten",
                "riep iets door de gang heen",
                "liep weg uit de les vandaag",
                "pakte een tas van tafel af",
            ),
            "text",
        ),
    ],
)
def test_a_column_with_a_harmless_header_is_refused_for_what_stands_in_it(values: Sequence[str], kind: str) -> None:
    assert kinds("Veld 7", values) == [f"personal_{kind}"]


FACTS = (
    "Soort incident, Plaats, Locatie, Dagdeel, Rol dader, Rol slachtoffer, Aantal leerlingen, Maatregel, Ernst, "
    "Letsel, Aantal slachtoffers, Categorie, Type incident, Functie dader, Lesuur, Online"
)


@pytest.mark.parametrize("header", FACTS.split(", "))
def test_a_column_of_facts_is_not_taken_for_a_person(header: str) -> None:
    assert kinds(header, ("Kantine", "Gang", "Kantine", "Gang")) == []


def test_no_fault_repeats_what_stands_in_a_cell() -> None:
    secret = "=HYPERLINK(Sanne)"

    with pytest.raises(SheetError) as error:
        open_sheet(text([["Datum", "Soort"], ["1-11-2026", secret]]))

    assert error.value.faults == (Fault("formula", 2, "Soort"),)
    assert "Sanne" not in str(error.value)


def zipped(size: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * size)
    return made.getvalue()


BROKEN: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b"  \r\n", "empty"),
    (b"\xd0\xcf\x11\xe0 old", "old_excel"),
    (b"PK\x03\x04 broken", "broken"),
    (zipped(310_000_000), "too_large"),
    (zipped(10), "broken"),
    (workbook([[]]), "empty"),
    (b"a;b\r\n1;\0\r\n", "binary"),
    (b'Datum;Soort\r\n1-11-2026;"Diefstal\r\n', "quotes"),
    (b"1-11-2026;4\r\n2-11-2026;5\r\n", "no_header"),
    (b"Datum;Soort\r\n", "no_rows"),
    (b"Datum;Datum\r\n1;2\r\n", "doubled_header"),
    (b"Datum;Soort\r\n1-11-2026;Diefstal;nog iets\r\n", "too_many_cells"),
    (text([[f"k{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(200)], ["x"] * 200]), "too_many_columns"),
    (text([["Datum", "Soort"], ["1-11-2026", "x" * 2_001]]), "too_long"),
    (text([["Datum", "Soort"], *[["1-11-2026", "+cmd|' /C calc'!A0"]] * 60]), "too_many_faults"),
    (b"x" * 16_000_001, "too_large"),
]


@pytest.mark.parametrize(("data", "code"), BROKEN, ids=[f"{at}-{code}" for at, (_, code) in enumerate(BROKEN)])
def test_a_file_that_cannot_be_used_says_what_is_wrong_with_it(data: bytes, code: str) -> None:
    with pytest.raises(SheetError) as error:
        open_sheet(data)

    assert code in {fault.code for fault in error.value.faults}


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["13-11-2026", "01-02-2026"], "day_first"),
        (["11/13/2026", "01/02/2026"], "month_first"),
        (["01-02-2026"], "day_first"),
        (["2026-11-13"], "iso"),
        (["46329"], "serial"),
        (["3 november 2026"], "words"),
    ],
)
def test_the_whole_column_decides_how_days_are_written(values: list[str], form: str) -> None:
    assert guess_form(values) == form


@pytest.mark.parametrize("text", ["", "31-2-2026", "gisteren", "99999999999999999999", "3 brumaire 2026"])
def test_what_is_no_day_is_no_day_in_any_form(text: str) -> None:
    assert [parse_day(text, form) for form in ("iso", "day_first", "month_first", "serial", "words")] == [None] * 5


def test_two_digits_of_a_year_are_of_this_century() -> None:
    assert parse_day("3-11-26", "day_first") == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("target", "value", "code"),
    [
        ("category", "Vechtpartij", "violence"),
        ("category", "Overige zaken buiten school", ""),
        ("category", "Zwerkbal", ""),
        ("place", "fietsenhok", "bicycle_shed"),
        ("injury", "Ja", "light"),
        ("police_report", "nee", "none"),
        ("part_of_day", "12:40", "lunch_break"),
        ("causer_role", "Docent", "staff"),
        ("follow_up", "gesprek", "talk"),
        ("day", "gisteren", ""),
    ],
)
def test_a_word_becomes_a_code_only_when_it_is_clear(target: str, value: str, code: str) -> None:
    assert suggest_code(target, value) == code


@pytest.mark.parametrize(
    ("saved", "code"),
    [
        ("{", "mapping_unreadable"),
        ("[]", "mapping_unreadable"),
        ('{"columns": {"name": "Naam"}}', "mapping_target"),
        ('{"columns": {}, "date_form": "moon"}', "mapping_date_form"),
        ('{"columns": {}, "values": {"category": {"Pesten": "teasing"}}}', "mapping_code"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(saved: str, code: str) -> None:
    with pytest.raises(SheetError) as error:
        read_mapping(saved)

    assert [fault.code for fault in error.value.faults] == [code]


def test_what_a_mapping_still_lacks_is_named() -> None:
    sheet = open_sheet(text([["Moment van de dag", "Soort"], ["x", "Diefstal"]]))
    mapping = suggest_mapping(sheet)

    assert Fault("column_needed", column="day") in missing(mapping, sheet)
    gone = read_mapping(re.sub('"Soort"', '"Weg"', '{"columns": {"day": "Soort", "category": "Soort"}}'))
    assert missing(gone, sheet) == (Fault("column_gone", column="Weg"),) * 2
