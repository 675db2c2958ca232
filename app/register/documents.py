"""A document of headings, lines and tables, as PDF and as DOCX; the same content in both."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import docx

from app.i18n.translate import current
from app.schools.posters import set_in_type

FOLDER = Path(__file__).parent / "printing"


@dataclass(frozen=True)
class Part:
    """One part: a title, lines of text, and a table when it has a head."""

    title: str
    lines: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Document:
    """A whole document with what stands at the foot of each page."""

    title: str
    parts: Sequence[Part]
    footer: str = field(default="")


def as_pdf(document: Document) -> bytes:
    """Return *document* as PDF/UA.

    Raises: PosterError when it cannot be set in type.
    """
    language = current()
    contents = {**asdict(document), "lang": language.tag.partition("-")[0], "dir": language.direction}
    return set_in_type("table.typ", contents, FOLDER)


def as_docx(document: Document) -> bytes:
    """Return *document* as a file for a word processor."""
    made = docx.Document()
    made.core_properties.title = document.title
    made.core_properties.author = ""
    made.add_heading(document.title, 0)
    for part in document.parts:
        if part.title:
            made.add_heading(part.title, 1)
        for line in part.lines:
            made.add_paragraph(line)
        if part.head:
            table = made.add_table(rows=1, cols=len(part.head), style="Table Grid")
            for row in (part.head, *part.rows):
                cells = table.rows[0].cells if row is part.head else table.add_row().cells
                for cell, text in zip(cells, row, strict=True):
                    cell.text = text
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()
