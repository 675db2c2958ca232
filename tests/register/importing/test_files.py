"""Differently shaped files, read from the first byte to codes."""

from collections.abc import Callable
from datetime import date

import pytest

from app.register.importing.blank import blank_csv, headers
from app.register.importing.faults import Fault
from app.register.importing.mapping import missing, read_mapping, signature, suggest_mapping
from app.register.importing.personal import refused_columns
from app.register.importing.reading import open_sheet
from app.register.importing.rows import Bounds, CodedRow, coded_rows
from app.register.importing.suggesting import suggest_columns
from tests.register.importing import sheets

YEAR = Bounds(date(2026, 8, 1), date(2027, 7, 31))
Told = list[tuple[date, str]]
CASES: list[tuple[Callable[[], bytes], Told]] = [
    (sheets.titled, [(date(2026, 11, 3), "violence"), (date(2026, 9, 24), "bullying"), (date(2026, 10, 13), "theft")]),
    (sheets.quoted, [(date(2026, 11, 3), "bullying"), (date(2026, 10, 1), "weapon")]),
    (sheets.tabbed, [(date(2026, 11, 2), "threat"), (date(2026, 10, 2), "vandalism")]),
    (sheets.iris, [(date(2026, 10, 1), "violence"), (date(2026, 10, 2), "drugs"), (date(2026, 10, 14), "vandalism")]),
    (sheets.by_number, [(date(2026, 12, 25), "weapon"), (date(2026, 9, 30), "sexual")]),
    (sheets.merged, [(date(2026, 11, 3), "theft"), (date(2026, 11, 4), "drugs")]),
    (sheets.serials, [(date(2026, 11, 3), "bullying")]),
    (sheets.filled_blank, [(date(2026, 11, 5), "threat")]),
]


@pytest.mark.parametrize(("made", "told"), CASES, ids=[made.__name__ for made, _ in CASES])
def test_a_file_of_any_make_becomes_days_and_categories(made: Callable[[], bytes], told: Told) -> None:
    sheet = open_sheet(made())
    mapping = suggest_mapping(sheet)
    # What no suggestion covers, the school says; here it is nothing we register.
    for target, header in mapping.columns.items():
        if target in mapping.values:
            words = {value for value in sheet.column(header) if value} - set(mapping.values[target])
            mapping.values[target].update(dict.fromkeys(words, "none" if target == "follow_up" else "unknown"))  # type: ignore[attr-defined]

    rows = list(coded_rows(sheet, mapping, YEAR))

    assert [(row.day, row.codes["category"]) for row in rows if isinstance(row, CodedRow)] == told
    assert [row for row in rows if isinstance(row, Fault)] == []
    assert refused_columns(sheet, 2026) == ()


def test_a_word_that_is_no_incident_of_the_register_is_left_out() -> None:
    sheet = open_sheet(sheets.iris())

    assert list(coded_rows(sheet, suggest_mapping(sheet), YEAR))[2] is None


def test_times_of_day_become_parts_of_it() -> None:
    sheet = open_sheet(sheets.iris())

    rows = list(coded_rows(sheet, suggest_mapping(sheet), YEAR))

    parts = [row.codes["part_of_day"] for row in rows if isinstance(row, CodedRow)]
    assert parts == ["morning_break", "after_school", "afternoon_lesson"]


def test_a_row_may_stand_for_more_incidents() -> None:
    sheet = open_sheet(sheets.by_number())

    rows = list(coded_rows(sheet, suggest_mapping(sheet), YEAR))

    assert [row.incidents for row in rows if isinstance(row, CodedRow)] == [1, 3]


def test_every_column_of_the_blank_format_is_recognised() -> None:
    assert open_sheet(blank_csv() + b"1-11-2026\r\n").headers == headers()
    assert set(suggest_columns(headers()).values()) == set(headers())


def test_a_saved_mapping_reads_a_file_with_the_same_columns() -> None:
    sheet = open_sheet(sheets.titled())
    saved = suggest_mapping(sheet).as_json()

    assert read_mapping(saved) == suggest_mapping(sheet)
    assert signature(sheet.headers) == signature(tuple(reversed([name.upper() for name in sheet.headers])))


def test_a_category_that_does_not_exist_must_be_chosen_first() -> None:
    sheet = open_sheet(sheets.text([["Datum", "Soort"], ["1-11-2026", "Zwerkbal"]]))
    mapping = suggest_mapping(sheet)

    assert missing(mapping, sheet) == (Fault("value_open", column="Soort"),)
    assert list(coded_rows(sheet, mapping, YEAR)) == [Fault("value_open", 2, "Soort")]


@pytest.mark.parametrize(
    ("day", "affected", "fault"),
    [
        ("31-2-2026", "1", Fault("day_unreadable", 2, "Datum")),
        ("1-7-2026", "1", Fault("day_outside", 2, "Datum")),
        ("1-11-2026", "501", Fault("count_outside", 2, "Aantal slachtoffers")),
        ("1-11-2026", "-3", Fault("count_outside", 2, "Aantal slachtoffers")),
        ("1-11-2026", "2.5", Fault("count_outside", 2, "Aantal slachtoffers")),
    ],
)
def test_a_row_that_cannot_be_is_named_by_row_and_column(day: str, affected: str, fault: Fault) -> None:
    rows = [["Datum", "Soort", "Aantal slachtoffers"], [day, "Diefstal", affected]]
    sheet = open_sheet(sheets.text(rows))
    mapping = suggest_mapping(sheet)

    assert list(coded_rows(sheet, read_mapping(mapping.as_json().replace("iso", "day_first")), YEAR)) == [fault]


def test_a_row_without_a_category_is_named() -> None:
    sheet = open_sheet(sheets.text([["Datum", "Soort"], ["1-11-2026", "Diefstal"], ["2-11-2026", ""]]))

    assert list(coded_rows(sheet, suggest_mapping(sheet), YEAR))[1] == Fault("category_empty", 3, "Soort")
