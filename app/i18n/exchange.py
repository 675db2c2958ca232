"""Catalogues on their way to a translator and back: as PO for a translation tool, as XLSX for a spreadsheet.

What comes back is merged by the text it belongs to: cells left empty change nothing, texts that are gone are named.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineError, CalamineWorkbook

from app.i18n.audience import is_critical
from app.i18n.messages import ids_of, is_gap, texts_of
from app.i18n.status import STATUSES, Status, marked, status_of

COLUMNS = ("id", "where", "critical", "status", "Dutch", "English", "translation", "form")
_WIDTHS = (12, 40, 9, 10, 60, 50, 60, 8)


class ExchangeError(ValueError):
    """Raised for a file that cannot be read; says what is wrong and how to mend it."""


@dataclass(frozen=True)
class Told:
    """What a file says of one text: its translations by plural form (empty: nothing said), its status, and where."""

    id: str
    texts: Mapping[int, str]
    status: Status | None
    line: int


def identity(message: Message) -> str:
    """Return the sign of a text that a spreadsheet carries."""
    return sha256("\0".join((message.context or "", *ids_of(message))).encode()).hexdigest()[:10]


def wanted(catalogue: Catalog, which: str) -> list[Message]:
    """Return *all* messages, the *missing* ones, or those that are still *unapproved*."""
    messages = [message for message in catalogue if message.id]
    if which == "missing":
        return [message for message in messages if is_gap(message)]
    return [message for message in messages if which == "all" or status_of(message) != "approved"]


def as_xlsx(messages: Sequence[Message], english: Catalog) -> bytes:
    """Return *messages* as a workbook, a row for each plural form, with the English beside them."""
    book = Workbook()
    for first in book.worksheets:
        book.remove(first)
    page = book.create_sheet("translations")
    page.append(list(COLUMNS))
    for message in messages:
        for row in _rows(message, english):
            page.append(row)
    for column, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    for cells in page.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
            cell.data_type = "s"
    page.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(f"D2:D{page.max_row + 1}")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _rows(message: Message, english: Catalog) -> Iterator[list[str]]:
    ids, texts = ids_of(message), texts_of(message)
    other = english.get(ids[0], message.context)
    shown = texts_of(other) if other is not None else ()
    for form in range(max(1, len(texts))):
        yield [
            identity(message),
            " / ".join(message.auto_comments),
            "critical" if is_critical(message.locations) else "",
            status_of(message) if all(texts) else "",
            ids[min(form, len(ids) - 1)],
            shown[min(form, len(shown) - 1)] if shown else "",
            texts[form] if form < len(texts) else "",
            str(form) if len(ids) > 1 else "",
        ]


def from_xlsx(data: bytes) -> list[Told]:
    """Read a workbook that `as_xlsx` wrote and somebody filled in.

    Raises: ExchangeError.
    """
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError) as error:
        raise ExchangeError("this is no XLSX workbook; save it as .xlsx and try again") from error
    head = [str(cell) for cell in rows[0]] if rows else []
    if missing := [name for name in COLUMNS if name not in head]:
        raise ExchangeError(f"the first row lacks {', '.join(missing)}; keep the header as it was exported")
    found: dict[str, Told] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = {name: str(row[head.index(name)]).strip() for name in COLUMNS}
        if cells["id"]:
            found[cells["id"]] = _more(found.get(cells["id"]), cells, line)
    return list(found.values())


def _more(before: Told | None, cells: Mapping[str, str], line: int) -> Told:
    status = cells["status"]
    if status and status not in STATUSES:
        raise ExchangeError(f"row {line}: status {status!r}; write {', '.join(STATUSES)}")
    if cells["form"] and not cells["form"].removesuffix(".0").isdecimal():
        raise ExchangeError(f"row {line}: form {cells['form']!r}; keep it as it was exported")
    form = int(float(cells["form"] or 0))
    texts = {**(before.texts if before else {}), **({form: cells["translation"]} if cells["translation"] else {})}
    known: Status | None = next((one for one in STATUSES if one == status), before.status if before else None)
    return Told(cells["id"], texts, known, before.line if before else line)


def as_po(messages: Sequence[Message], tag: str) -> bytes:
    """Return *messages* as a PO file."""
    part = Catalog(locale=tag.replace("-", "_"), fuzzy=False)
    for message in messages:
        part[message.id] = message
    held = io.BytesIO()
    write_po(held, part, width=0, include_lineno=False)
    return held.getvalue()


def from_po(data: bytes) -> list[Told]:
    """Read a PO file of any tool; fuzzy entries say nothing.

    Raises: ExchangeError.
    """
    try:
        read = read_po(io.BytesIO(data), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise ExchangeError(f"this is no PO file in UTF-8 ({error}); export it again") from error
    return [
        Told(identity(one), dict(enumerate(texts_of(one))), _said(one), one.lineno or 1)
        for one in read
        if one.id and not is_gap(one)
    ]


def _said(message: Message) -> Status | None:
    """Return the status of a PO entry; a tool that drops comments says nothing."""
    status = status_of(message)
    return None if status == "draft" else status


@dataclass(frozen=True)
class Merged:
    """What a file changed: messages with other translations or another status, and rows that belong to nothing."""

    changed: Sequence[tuple[Message, int]]
    unknown: Sequence[int]


def merge(catalogue: Catalog, told: Sequence[Told]) -> Merged:
    """Put what a file says into *catalogue*; who changes a translation and sets no status makes it a draft."""
    by_id = {identity(message): message for message in catalogue if message.id}
    changed, unknown = [], []
    for one in told:
        message = by_id.get(one.id)
        if message is None:
            unknown.append(one.line)
        elif _take(message, one):
            changed.append((message, one.line))
    return Merged(changed, unknown)


def _take(message: Message, told: Told) -> bool:
    before = (texts_of(message), status_of(message))
    forms = tuple(told.texts.get(at, text) for at, text in enumerate(texts_of(message) or ("",)))
    if any(told.texts.values()):
        message.string = forms if message.pluralizable else forms[0]
        message.flags.discard("fuzzy")
    is_new = texts_of(message) != before[0]
    # A status that was left as it stood says nothing about a translation that was changed beside it.
    if told.status and not (is_new and told.status == before[1]):
        status = told.status
    else:
        status = "draft" if is_new else before[1]
    message.user_comments = marked(message, status)
    return is_new or status_of(message) != before[1]
