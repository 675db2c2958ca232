"""Files as schools' systems write them, each of another make; every row is invented."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook, load_workbook

from app.register.importing.blank import blank_xlsx


def text(rows: Sequence[Sequence[str]], delimiter: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator=end).writerows(rows)
    return made.getvalue().encode(encoding)


def titled() -> bytes:
    """Windows-1252, semicolons, two lines of title above the header, and a total below a blank line."""
    rows = [["Incidentenoverzicht schooljaar 2026-2027"], ["Afgedrukt op 20-11-2026"], [""]]
    rows += [["Datum incident", "Soort incident", "Locatie", "Dagdeel", "Maatregel"]]
    rows += [["03-11-2026", "Fysiek geweld", "Gang", "Ochtendpauze", "Straf of schorsing"]]
    rows += [["24-09-2026", "Pesten", "Kleedkamer", "Les in de middag", "Gesprek"], [""]]
    rows += [["13-10-2026", "Diefstal", "Fietsenstalling", "Na schooltijd", "Reünie vervalt"]]
    return text(rows, encoding="cp1252")


def quoted() -> bytes:
    """Commas, quotes, a BOM, a line break inside a value, ISO days."""
    rows = [["datum", "type incident", "plaats", "online"]]
    rows += [
        ["2026-11-03 10:15", "Cyberpesten", "Online, \nappgroep", "ja"],
        ["2026-10-01", "Wapenbezit", "Kluisjes", ""],
    ]
    return text(rows, ",", "utf-8-sig", "\n")


def tabbed() -> bytes:
    """UTF-16 with tabs; months in words."""
    rows = [["Wanneer", "Voorval", "Waar"], ["ma 2 nov 2026", "Bedreiging", "Schoolplein"]]
    rows += [["vr 2 okt 2026", "Vernieling", "Toilet"]]
    return text(rows, "\t", "utf-16")


def iris() -> bytes:
    """IRIS numbers instead of words, with times of day."""
    rows = [["Datum", "Voorval", "Tijdstip", "Letsel", "Aangifte"]]
    rows += [["1-10-2026", "3", "10:45", "ja", "nee"], ["2-10-2026", "24", "16:50", "nee", "ja"]]
    rows += [["13-10-2026", "27", "08:10", "nee", "nee"], ["14-10-2026", "19", "13:30", "nee", "nee"]]
    return text(rows)


def by_number() -> bytes:
    """The nine categories by their number, piped, with a count of incidents a row."""
    rows = [["Dag", "Categorie", "Aantal"], ["12/25/2026", "9", "1"], ["09/30/2026", "2", "3"]]
    return text(rows, "|")


def workbook(rows: Sequence[Sequence[object]], merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def merged() -> bytes:
    """A workbook with a merged title and real dates."""
    rows: list[list[object]] = [["Incidenten", None, None], ["Datum", "Soort", "Plaats"]]
    rows += [
        [date(2026, 11, 3), "Diefstal", "Kantine"],
        [
            datetime(2026, 11, 4, 9, 30),  # noqa: DTZ001 -- a workbook knows no zones
            "Drugs",
            "Straat bij school",
        ],
    ]
    return workbook(rows, "A1:C1")


def serials() -> bytes:
    """A workbook that lost its date format: days are numbers."""
    return workbook([["Datum", "Soort incident", "Aantal slachtoffers"], [46329, "Grove pesterijen", 2]])


def filled_blank() -> bytes:
    """Our own blank format, filled in."""

    book = load_workbook(io.BytesIO(blank_xlsx()))
    sheet = book["Incidenten"]
    sheet.append([])
    for column, value in enumerate((date(2026, 11, 5), "Bedreiging", "Lunchpauze", "Kantine of aula"), 1):
        sheet.cell(2, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def large(rows: int) -> bytes:
    """As many rows as a large network exports in ten years."""
    kinds = ("Diefstal", "Pesten", "Drugs", "Wapenbezit", "Bedreiging")
    lines = ["Datum;Soort incident;Plaats;Dagdeel;Dossier"]
    lines += [f"{at % 28 + 1:02}-{at % 3 + 8:02}-2026;{kinds[at % 5]};Gang;Lunchpauze;{at}" for at in range(rows)]
    return "\r\n".join(lines).encode()
