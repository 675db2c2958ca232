"""Opens a CSV or XLSX of unknown make: encoding, delimiter, header; nothing of it is ever carried out or kept."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook

from app.register.importing.faults import Fault, SheetError

MOST_BYTES, MOST_UNPACKED = 16_000_000, 300_000_000
MOST_COLUMNS, MOST_ROWS = 100, 200_000
MOST_CELL = 2_000
MOST_FAULTS = 50
_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_DELIMITERS = ";,\t|"
_FORMULA = re.compile(r"[=@]|[+-](?![\d.,\s]*$)")
_HEADER_ROWS = 30
_SAMPLE = 64_000


@dataclass(frozen=True)
class Sheet:
    """A table of texts: its headers, and its rows with their number in the file."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    name: str = ""
    """Of a workbook, the sheet that was read."""

    def column(self, header: str) -> Iterator[str]:
        """Yield every value of one column."""
        at = self.headers.index(header)
        return (values[at] for _, values in self.rows)


def open_sheet(data: bytes) -> Sheet:
    """Read *data* as CSV or XLSX, whichever it is.

    Raises: SheetError.
    """
    if not data.strip():
        raise SheetError(Fault("empty"))
    if len(data) > MOST_BYTES:
        raise SheetError(Fault("too_large"))
    if data.startswith(_OLD_EXCEL):
        raise SheetError(Fault("old_excel"))
    lines, name = _workbook(data) if data.startswith(_ZIP) else (_text_lines(data), "")
    return _arranged(lines, name)


def _workbook(data: bytes) -> tuple[Iterator[tuple[int, list[str]]], str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SheetError(Fault("too_large"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(_shown(cell) for cell in row) for row in rows):
                return ((number, [_shown(cell) for cell in row]) for number, row in enumerate(rows, 1)), name
    except (zipfile.BadZipFile, CalamineError, OSError, ValueError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError(Fault("broken")) from None
    raise SheetError(Fault("empty"))


def _shown(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes") if cell.time() != datetime.min.time() else f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""


def _text_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    if "\0" in text:
        raise SheetError(Fault("binary"))
    delimiter = _delimiter(text[:_SAMPLE])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 1
    try:
        for cells in reader:
            yield first, [cell.strip() for cell in cells]
            first = reader.line_num + 1
    except csv.Error:
        raise SheetError(Fault("quotes", first)) from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "cp1250", "mac_roman", "utf_16_le"]).best()
        encoding = guess.encoding if guess and guess.encoding.startswith("utf_16") else "cp1252"
        return data.decode(encoding, errors="replace")


def _delimiter(sample: str) -> str:
    lines = [line for line in sample.splitlines() if line.strip()][:_HEADER_ROWS]
    counts = {sign: [line.count(sign) for line in lines] for sign in _DELIMITERS}
    # The sign that stands equally often in most lines parts the columns; a comma in a sentence does not.
    return max(_DELIMITERS, key=lambda sign: (_agreeing(counts[sign]), max(counts[sign], default=0)))


def _agreeing(counts: Sequence[int]) -> int:
    return max((counts.count(number) for number in set(counts) if number), default=0)


def _arranged(lines: Iterator[tuple[int, list[str]]], name: str) -> Sheet:
    head = list(islice(lines, _HEADER_ROWS))
    at = _header_at([cells for _, cells in head])
    headers = _named(head[at][1], head[at][0])
    rows: list[tuple[int, tuple[str, ...]]] = []
    faults: list[Fault] = []
    for number, cells in chain(head[at + 1 :], lines):
        if any(cells):
            faults += filter(None, [_fault(number, cells, headers)])
            rows.append((number, tuple((cells + [""] * len(headers))[: len(headers)])))
        if len(rows) > MOST_ROWS or len(faults) > MOST_FAULTS:
            raise SheetError(*faults, Fault("too_many_rows" if len(rows) > MOST_ROWS else "too_many_faults", number))
    if faults or not rows:
        raise SheetError(*faults or [Fault("no_rows")])
    return Sheet(headers, tuple(rows), name)


def _header_at(lines: Sequence[Sequence[str]]) -> int:
    """Return the first line that has as many filled cells as any, all of them words: titles above it have fewer."""
    filled = [sum(bool(cell) for cell in cells) for cells in lines]
    most = max(filled, default=0)
    if most == 0:
        raise SheetError(Fault("no_header"))
    for at, cells in enumerate(lines):
        if filled[at] >= max(2, most - 1) or (most == 1 and filled[at]):
            if any(cell[:1].isdigit() for cell in cells if cell):
                raise SheetError(Fault("no_header", at + 1))
            return at
    raise SheetError(Fault("no_header"))


def _named(cells: Sequence[str], row: int) -> tuple[str, ...]:
    last = max(at for at, cell in enumerate(cells) if cell) + 1
    if last > MOST_COLUMNS:
        raise SheetError(Fault("too_many_columns", row))
    names = [" ".join(cell.split())[:60] or f"kolom {at}" for at, cell in enumerate(cells[:last], 1)]
    doubled = next((name for name in names if names.count(name) > 1), "")
    if doubled:
        raise SheetError(Fault("doubled_header", row, doubled))
    return tuple(names)


def _fault(number: int, cells: Sequence[str], headers: Sequence[str]) -> Fault | None:
    if any(cells[len(headers) :]):
        return Fault("too_many_cells", number)
    for header, cell in zip(headers, cells, strict=False):
        if cell and cell[0] in "=@+-" and _FORMULA.match(cell):
            return Fault("formula", number, header)
        if len(cell) > MOST_CELL:
            return Fault("too_long", number, header)
    return None
