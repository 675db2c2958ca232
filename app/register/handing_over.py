"""The file for the inspectorate: one line an incident, in codes, made by the school and handed over by itself.

The inspectorate's own form is not known yet (docs/statistics.md); the columns are a working version with a number.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from app.i18n.formats import format_date
from app.i18n.translate import gettext as _
from app.i18n.translate import ngettext
from app.register.codes import FIELDS
from app.register.documents import Document, Part
from app.register.periods import quarter_of
from app.register.queries import IncidentInfo
from app.register.wording import label, labels, name
from app.schools.queries import SchoolInfo

VERSION = "werkversie-1"
COLUMNS = (
    "version",
    "school",
    "period",
    "category",
    "second_category",
    "serious",
    "serious_reason",
    "causer_role",
    "affected_role",
    "affected_count",
    "injury",
    "follow_up",
    "police_report",
    "inspectorate",
    "due_on",
    "reported_on",
)


@dataclass(frozen=True)
class Handover:
    """What a school hands over: its incidents of one school year, oldest first."""

    school: SchoolInfo
    period: str
    incidents: Sequence[IncidentInfo]


def rows(handover: Handover) -> list[list[str]]:
    """Return the lines of the file, in codes; a serious incident has a term, and the day on which it was told."""
    return [_row(handover.school, one) for one in handover.incidents]


def _row(school: SchoolInfo, one: IncidentInfo) -> list[str]:
    told = {field: str(getattr(one, field)) for field in COLUMNS if field in FIELDS}
    told |= {
        "version": VERSION,
        "school": school.location_code,
        "period": quarter_of(one.day),
        "serious": "yes" if one.is_serious else "no",
        "affected_count": str(one.affected_count or ""),
        "due_on": one.due_on.isoformat() if one.is_serious else "",
        "reported_on": one.reported_on.isoformat() if one.reported_on else "",
    }
    return [told[column] for column in COLUMNS]


def as_csv(handover: Handover) -> bytes:
    """Return the file as CSV; the same register gives the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(handover))
    return text.getvalue().encode()


def as_xlsx(handover: Handover) -> bytes:
    """Return the file as a workbook; every cell is text, so that no program counts with it or calls it a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Incidenten")
    for row in (COLUMNS, *rows(handover)):
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def digest(data: bytes) -> str:
    """Return the checksum by which both sides see that they have the same file."""
    return hashlib.sha256(data).hexdigest()


def problems(handover: Handover, today: date) -> tuple[str, ...]:
    """Return what should be mended before the file is handed over."""
    serious = [one for one in handover.incidents if one.is_serious]
    needless = sum(one.inspectorate == "not_needed" for one in serious)
    late = sum(one.inspectorate != "done" and one.due_on < today for one in serious)
    undated = sum(one.inspectorate == "done" and one.reported_on is None for one in handover.incidents)
    return tuple(filter(None, (_needless(needless), _late(late), _undated(undated))))


def _needless(count: int) -> str:
    return (
        ""
        if not count
        else ngettext(
            "%(num)s ernstig incident staat op “hoeft niet” bij de inspectie.",
            "%(num)s ernstige incidenten staan op “hoeft niet” bij de inspectie.",
            count,
        )
    )


def _late(count: int) -> str:
    return (
        ""
        if not count
        else ngettext(
            "Bij %(num)s incident is de termijn voorbij.", "Bij %(num)s incidenten is de termijn voorbij.", count
        )
    )


def _undated(count: int) -> str:
    return (
        ""
        if not count
        else ngettext("Bij %(num)s melding ontbreekt de dag.", "Bij %(num)s meldingen ontbreekt de dag.", count)
    )


def document(handover: Handover, checksum: str, *, is_law: bool) -> Document:
    """Return the file as something to read: counts, and the serious incidents with their term."""
    school, period = handover.school, handover.period
    first = [] if is_law else [_("Werkversie: de wet is er nog niet.")]
    first.append(_("Controlegetal van het CSV-bestand: %(sum)s", sum=checksum))
    return Document(
        title=_("Incidenten van %(school)s, schooljaar %(period)s", school=school.name, period=period),
        parts=(Part("", first), _counts(handover), _serious(handover)),
        footer=school.location_code,
    )


def _counts(handover: Handover) -> Part:
    counts = dict.fromkeys(labels("category"), 0)
    for one in handover.incidents:
        counts[one.category] += 1
    rows = [[label("category", code), str(number)] for code, number in counts.items()]
    return Part(_("Per soort"), head=[name("category"), _("Aantal")], rows=rows)


def _serious(handover: Handover) -> Part:
    serious = [one for one in handover.incidents if one.is_serious]
    if not serious:
        return Part(_("Ernstige incidenten"), [_("Er zijn geen ernstige incidenten.")])
    head = [name("category"), _("Kwartaal"), _("Waarom ernstig?"), _("Uiterlijk melden"), _("Stand")]
    return Part(_("Ernstige incidenten"), head=head, rows=[_serious_row(one) for one in serious])


def _serious_row(one: IncidentInfo) -> list[str]:
    return [
        label("category", one.category),
        quarter_of(one.day),
        label("serious_reason", one.serious_reason),
        format_date(one.due_on, "long"),
        label("inspectorate", one.inspectorate),
    ]
