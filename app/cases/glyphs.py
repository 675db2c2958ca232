"""Which letters our fonts have: what has no shape on paper is printed by its name."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

from app.schools.posters import FOLDER

_TABLE = struct.Struct(">4sIII")
_SUBTABLE = struct.Struct(">HHI")
_GROUP = struct.Struct(">III")
_WITHOUT_SHAPE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn"})
_END_MARK = 0xFFFF
"""Begin of the last segment of a map, which holds nothing."""
_LEFT_OUT = frozenset({"\ufe0e", "\ufe0f", "\u200d"})


def printable(text: str) -> str:
    """Return *text* with each letter that no font of ours has named in its place; line ends stay."""
    return "".join(_shown(letter) for letter in text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(letter: str) -> str:
    if letter == "\n" or ord(letter) in _letters():
        return letter
    if letter == "\t":
        return " "
    if letter in _LEFT_OUT or unicodedata.category(letter) in _WITHOUT_SHAPE:
        return ""
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    return f"[{name.lower()}]"


@cache
def _letters() -> frozenset[int]:
    fonts = sorted((FOLDER / "fonts").glob("*-Regular.ttf"))
    return frozenset(code for font in fonts for code in _letters_of(font))


def _letters_of(font: Path) -> frozenset[int]:
    """Read the character map of a TrueType font (OpenType 1.9, `cmap`: formats 4 and 12)."""
    held = font.read_bytes()
    count = struct.unpack_from(">H", held, 4)[0]
    tables = (_TABLE.unpack_from(held, 12 + 16 * place) for place in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    found: set[int] = set()
    for place in range(struct.unpack_from(">H", held, start + 2)[0]):
        _, _, offset = _SUBTABLE.unpack_from(held, start + 4 + 8 * place)
        found |= _mapped(held, start + offset)
    return frozenset(found)


def _mapped(held: bytes, start: int) -> set[int]:
    match struct.unpack_from(">H", held, start)[0]:
        case 4:
            return _mapped_in_segments(held, start)
        case 12:
            count = struct.unpack_from(">I", held, start + 12)[0]
            groups = (_GROUP.unpack_from(held, start + 16 + 12 * place) for place in range(count))
            return {code for first, last, _ in groups for code in range(first, last + 1)}
        case _:
            return set()


def _mapped_in_segments(held: bytes, start: int) -> set[int]:
    double = struct.unpack_from(">H", held, start + 6)[0]
    ends = struct.unpack_from(f">{double // 2}H", held, start + 14)
    starts = struct.unpack_from(f">{double // 2}H", held, start + 16 + double)
    # Each code in a segment of our fonts has a shape (tests/cases/test_export_file.py sets them all).
    return {
        code for first, last in zip(starts, ends, strict=True) if first != _END_MARK for code in range(first, last + 1)
    }
