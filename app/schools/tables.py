"""Reads a CSV of unknown make (separator, encoding, header) into records, or says why it cannot."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SEPARATORS = (";", ",", "\t")
_SHOWN = 40
_SAVE_AS = "save it again as 'CSV UTF-8'"


class TableError(ValueError):
    """Raised when a file is broken as a whole, so that nothing of it may be used."""


class FieldError(ValueError):
    """Raised when one value of one row cannot be used; *column*, what is *wrong*, and its *cure*."""

    def __init__(self, column: str, wrong: str, cure: str) -> None:
        super().__init__(f"column {column}: {wrong}; {cure}")


@dataclass(frozen=True)
class Refused:
    """A row that cannot be used; *row* is its line in the file, the header being line 1."""

    row: int
    why: str


@dataclass(frozen=True)
class Record:
    """One row: its line in the file and its values by column name in capitals."""

    row: int
    values: Mapping[str, str]

    def text(self, column: str, longest: int) -> str:
        """Return the tidy value of *column*, empty when the file has no such column.

        Raises: FieldError when the value cannot be a line of text of at most *longest* characters.
        """
        value = re.sub(r"\s+", " ", unicodedata.normalize("NFC", self.values.get(column, ""))).strip()
        if len(value) > longest:
            raise FieldError(column, f"{len(value)} characters are too many", f"use at most {longest}")
        if not value.isprintable():
            raise FieldError(column, "a control character stands in it", "type the value again")
        if _is_garbled(value):
            raise FieldError(
                column, f"the letters of {shown(value)} are garbled", "save the source again as 'CSV UTF-8'"
            )
        return value

    def required(self, column: str, longest: int) -> str:
        """Return the tidy value of *column*.

        Raises: FieldError also when it is empty.
        """
        value = self.text(column, longest)
        if not value:
            raise FieldError(column, "it is empty", "fill it in")
        return value


@dataclass(frozen=True)
class Table:
    """A file's columns as they were found, and its rows in order."""

    columns: tuple[str, ...]
    rows: tuple[Record | Refused, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return the column names in capitals."""
        return frozenset(_named(column) for column in self.columns)


def shown(value: str) -> str:
    """Quote *value* for a message: short, on one line, with nothing a terminal would obey."""
    return ascii(value) if len(value) <= _SHOWN else ascii(value[:_SHOWN]) + "..."


def read_table(data: bytes) -> Table:
    """Read *data* as CSV with a header.

    Raises: TableError when it is no text, has no header or no rows, or ends within quotes.
    """
    text = _decoded(data)
    header_line = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    if not header_line:
        raise TableError("the file is empty; export it again")
    separator = max(_SEPARATORS, key=header_line.count)
    lines = _lines(text, separator)
    columns = tuple(name.strip() for name in lines[0][1])
    _check_names(columns)
    rows = tuple(_record(line, columns, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells))
    if not rows:
        raise TableError("the file has a header but no rows; export it again")
    return Table(columns, rows)


def _check_names(columns: Sequence[str]) -> None:
    names = [_named(column) for column in columns if column]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise TableError(f"the header names {', '.join(doubled)} more than once; rename or remove one")


def _named(column: str) -> str:
    return re.sub(r"\s+", " ", column).strip().upper()


def _lines(text: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[str]]] = []
    first = 1
    try:
        for cells in reader:
            if cells:
                lines.append((first, cells))
            first = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"row {first} starts a value that never ends well ({error}); look at its quotes") from error
    return lines


def _record(line: int, columns: Sequence[str], cells: Sequence[str]) -> Record | Refused:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if extra or len(cells) < len(columns):
        why = (
            f"it has {len(cells)} values where the header has {len(columns)}; look for a missing or unquoted separator"
        )
        return Refused(line, why)
    return Record(line, {_named(name): cell for name, cell in zip(columns, cells, strict=False)})


def _decoded(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise TableError("this is a spreadsheet, not a CSV file; open it and save it as 'CSV UTF-8'")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every printable latin-1 letter is the same byte in Windows-1252; what only latin-1 has are control characters.
        text = _strictly(data, "cp1252")
    if "\0" in text:
        raise TableError(f"the file is not text: it holds NUL bytes; {_SAVE_AS}")
    return text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError(f"the file is neither UTF-8 nor Windows-1252 (byte {error.start + 1}); {_SAVE_AS}") from error


def _is_garbled(value: str) -> bool:
    # UTF-8 once read as Windows-1252 turns back into sound UTF-8; a real name with such letters does not.
    if value.isascii():
        return False
    if "\ufffd" in value:
        return True
    try:
        value.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return True
