"""A blank format with drop-downs, for schools whose system exports nothing."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.register.codes import FIELDS

ROWS = 500
CHOICES = "Keuzes"
DAY, ONLINE, AFFECTED = "Datum", "Online", "Aantal slachtoffers"
_HEADERS = {
    "category": "Soort incident",
    "part_of_day": "Dagdeel",
    "place": "Plaats",
    "object": "Voorwerp",
    "motive": "Aanleiding",
    "causer_role": "Rol dader",
    "affected_role": "Rol slachtoffer",
    "injury": "Letsel",
    "source": "Bron",
    "certainty": "Zekerheid",
    "serious_reason": "Waarom ernstig",
    "follow_up": "Maatregel",
    "police_report": "Politie",
    "inspectorate": "Inspectie",
}


def headers() -> tuple[str, ...]:
    """Return the headers of the blank format, which an import recognises by itself."""
    return (DAY, *_HEADERS.values(), ONLINE, AFFECTED)


def blank_csv() -> bytes:
    """Return the blank format as CSV, in the separators of a Dutch spreadsheet."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(headers())
    return text.getvalue().encode("utf-8-sig")


def blank_xlsx() -> bytes:
    """Return the blank format as a workbook: a sheet to fill in, and one with every choice."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    sheet, choices = book.create_sheet("Incidenten"), book.create_sheet(CHOICES)
    sheet.append(headers())
    sheet.freeze_panes = "A2"
    for at, header in enumerate(headers(), 1):
        _column(sheet, choices, at, header)
    day = DataValidation(type="date", operator="greaterThan", formula1="43831", allow_blank=True)
    day.error = "Schrijf een datum, zoals 3-11-2026."
    sheet.add_data_validation(day)
    day.add(f"A2:A{ROWS + 1}")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _column(sheet: Worksheet, choices: Worksheet, at: int, header: str) -> None:
    letter = get_column_letter(at)
    sheet[f"{letter}1"].font = Font(bold=True)
    sheet.column_dimensions[letter].width = max(14, len(header) + 4)
    options = _options(at - 1)
    if options:
        _list(choices, at, header, options)
        place = f"{CHOICES}!${letter}$2:${letter}${len(options) + 1}"
        rule = DataValidation(type="list", formula1=place, allow_blank=True)
        rule.error = "Kies een van de antwoorden uit de lijst."
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{ROWS + 1}")


def _options(at: int) -> Sequence[str]:
    if headers()[at] == ONLINE:
        return ("ja", "nee")
    field = next((name for name, header in _HEADERS.items() if header == headers()[at]), "")
    return [label[:] for label in FIELDS[field][1].values()] if field else ()


def _list(choices: Worksheet, at: int, header: str, options: Sequence[str]) -> None:
    choices.cell(1, at, header).font = Font(bold=True)
    for row, option in enumerate(options, 2):
        choices.cell(row, at, option)
    choices.column_dimensions[get_column_letter(at)].width = 32
