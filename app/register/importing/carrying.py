"""Lets a sheet travel with the form of its import, so that nothing of it needs to be kept between two pages."""

import base64
import json
import zlib
from collections.abc import Mapping

from app.register.importing.faults import Fault, SheetError
from app.register.importing.reading import MOST_COLUMNS, MOST_ROWS, Sheet

MOST_UNPACKED = 100_000_000


def packed(sheet: Sheet) -> str:
    """Return *sheet* as one line of text; each different value of a column is written once."""
    columns = []
    for header in sheet.headers:
        numbers: dict[str, int] = {}
        held = [numbers.setdefault(value, len(numbers)) for value in sheet.column(header)]
        columns.append([list(numbers), held])
    whole = [list(sheet.headers), [number for number, _ in sheet.rows], columns]
    return base64.b64encode(zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 6)).decode()


def unpacked(text: str) -> Sheet:
    """Return the sheet that `packed` wrote.

    Raises: SheetError when somebody changed it on the way.
    """
    try:
        opener = zlib.decompressobj()
        plain = opener.decompress(base64.b64decode(text, validate=True), MOST_UNPACKED)
        headers, numbers, columns = json.loads(plain)
        values = [[str(known[at]) for at in held] for known, held in columns]
        if len(headers) > MOST_COLUMNS or len(numbers) > MOST_ROWS:
            raise SheetError(Fault("broken"))
        rows = zip(map(int, numbers), zip(*values, strict=True), strict=True)
        return Sheet(tuple(map(str, headers)), tuple(rows))
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        raise SheetError(Fault("broken")) from None


def words_of(sheet: Sheet, header: str) -> Mapping[str, int]:
    """Return how often each different value of a column stands there, the most frequent first; empty ones not."""
    found: dict[str, int] = {}
    for value in sheet.column(header):
        if value:
            found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
