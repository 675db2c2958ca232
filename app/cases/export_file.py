"""Makes the file of a copy in memory: a PDF to read, tables to work with, and a list that shows what was in it.

It is never on a disk of ours; what the browser of who fetches it does with it is his own care, and the page says so.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.cases.export_contents import Entry
from app.cases.export_wording import ground_label, part_label
from app.cases.exporting import RequestInfo
from app.cases.glyphs import printable
from app.i18n.formats import format_date
from app.i18n.translate import current
from app.i18n.translate import gettext as _
from app.schools.posters import set_in_type

FILE_NAME = "kopie.zip"
FOLDER = Path(__file__).parent / "printing"
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[ ]*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])")
"""Where a cell begins as a formula does: also after what a program set to Dutch takes for the end of a cell."""
_TABLE_PARTS = ("report", "conversation")
_STAMP = (1980, 1, 1, 0, 0, 0)
"""A ZIP wants a time for each file; this one says nothing."""
_RTL = ("\u0590", "\u08ff")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy that may be made: of what, with which parts, and who allowed it to whom."""

    title: str
    school: str
    reported_on: date
    request: RequestInfo
    parts: Mapping[str, tuple[Entry, ...]]


def made_file(copy: Copy) -> bytes:
    """Return the ZIP of *copy*.

    Raises: PosterError when it cannot be set in type.
    """
    files = {"kopie.pdf": set_in_type("case.typ", _contents(copy), FOLDER), **_tables(copy)}
    listed = "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in files.items())
    return _packed({**files, "MANIFEST": listed.encode()})


def guarded(cell: str) -> str:
    """Return *cell* so that no program takes it for a formula (ASVS 5.0, 1.2.10)."""
    return _FORMULA.sub("'", cell)


def _packed(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _tables(copy: Copy) -> Mapping[str, bytes]:
    said = [each for part in _TABLE_PARTS for each in copy.parts.get(part, ())]
    done = [each for part, found in copy.parts.items() if part not in _TABLE_PARTS for each in found]
    return {"messages.csv": _table(said), **({"record.csv": _table(done)} if done else {})}


def _table(entries: Iterable[Entry]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(["kind", "day", "who", "text"])
    for each in entries:
        day = each.day.isoformat() if each.day else ""
        writer.writerow([guarded(cell) for cell in (each.kind, day, each.who, each.text)])
    return held.getvalue().encode("utf-8-sig")  # The mark lets a spreadsheet read Arabic as Arabic.


def _contents(copy: Copy) -> Mapping[str, object]:
    language = current()
    return {
        "title": _("Kopie van een melding"),
        "lang": language.tag.partition("-")[0],
        "about": [printable(line) for line in _about(copy)],
        "footer": _("Vertrouwelijk. Bewaar deze kopie achter slot, en wis haar als zij niet meer nodig is."),
        "nothing": _("Hier staat niets."),
        "parts": [_part(name, entries) for name, entries in copy.parts.items()],
    }


def _about(copy: Copy) -> Sequence[str]:
    wish = copy.request.wish
    return (
        f"{copy.title}. {copy.school}, {format_date(copy.reported_on)}.",
        _("Reden van deze kopie: %(ground)s.", ground=ground_label(wish.ground) if wish else ""),
        _(
            "Gevraagd door %(asked)s, goedgekeurd door %(allowed)s.",
            asked=copy.request.asked_by,
            allowed=copy.request.allowed_by,
        ),
    )


def _part(name: str, entries: Sequence[Entry]) -> Mapping[str, object]:
    return {"title": part_label(name), "entries": [_printed(each, name) for each in entries]}


def _printed(entry: Entry, part: str) -> Mapping[str, object]:
    day = format_date(entry.day) if entry.day and part != "report" else ""
    text = printable(entry.text or _("Dit stuk is beschadigd en kan niet meer worden gelezen."))
    return {
        "head": printable(", ".join(filter(None, (entry.who, day)))),
        "tinted": entry.is_own_words,
        "texts": [{"body": text, "dir": _direction(text)}],
    }


def _direction(text: str) -> str:
    first = next((letter for letter in text if letter.isalpha()), "")
    return "rtl" if _RTL[0] <= first <= _RTL[1] else "ltr"
