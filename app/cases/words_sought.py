"""Finding words in texts without regard to capitals and accents, and the piece around the first of them: pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

MOST_WORDS = 8
_TERM = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
"""What is written above, below and between letters, in Latin, Hebrew and Arabic script."""
_SAME = str.maketrans({"ς": "σ", "ı": "i", "’": "'", "‘": "'"})
_AROUND = 60
"""How many characters an excerpt shows on each side of the word."""


def _folded_piece(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).translate(_SAME)


def _latin_table() -> bytes:
    table = bytearray(range(256))
    for code in range(256):
        folded = _folded_piece(chr(code))
        if len(folded) == 1 and ord(folded) < len(table):
            table[code] = ord(folded)
    return bytes(table)


_LATIN = _latin_table()


def fold(text: str) -> str:
    """Return *text* in small letters without accents; only what a search compares, never shown."""
    if text.isascii():
        return text.lower()
    try:  # Most of Europe fits in one byte a letter, and then a table does it in a tenth of the time.
        return text.encode("latin-1").translate(_LATIN).decode("latin-1")
    except UnicodeEncodeError:
        return _NOT_ASCII.sub(lambda found: _folded_piece(found[0]), text).lower()


def terms_of(query: str) -> tuple[str, ...]:
    """Return the folded words of a query, a phrase in quotes as one; at most a few."""
    found = (next(filter(None, match.groups())) for match in _TERM.finditer(query))
    folded = (fold(" ".join(term.replace('"', "").split())) for term in found)
    return tuple(dict.fromkeys(term for term in folded if term))[:MOST_WORDS]


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text with the word that was found in it."""

    before: str
    word: str
    after: str


def excerpt(text: str, terms: Iterable[str]) -> Excerpt | None:
    """Return the piece around the first of *terms* in *text*, or None; white space is made one."""
    plain = " ".join(text.split())
    folded, places = _placed(plain)
    hits = [(at, term) for term in terms if (at := folded.find(term)) >= 0]
    if not hits:
        return None
    at, term = min(hits)
    begin, end = places[at], places[at + len(term) - 1] + 1
    while end < len(plain) and not fold(plain[end]):  # What hangs on the last letter belongs to it.
        end += 1
    first, last = _edge(plain, begin - _AROUND, -1), _edge(plain, end + _AROUND, 1)
    return Excerpt(
        ("…" if first else "") + plain[first:begin],
        plain[begin:end],
        plain[end:last] + ("…" if last < len(plain) else ""),
    )


def _placed(text: str) -> tuple[str, Sequence[int]]:
    """Return *text* folded, and from which character of it each folded one comes."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        pieces = [fold(letter) for letter in text]
        return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]
    return fold(text), range(len(text))  # The table gives a letter for each letter.


def _edge(text: str, near: int, step: int) -> int:
    """Return the end of a word close to *near*; the end of the text when that is nearer."""
    if near <= 0:
        return 0
    if near >= len(text):
        return len(text)
    for place in range(near, max(0, min(len(text), near + step * 20)), step):
        if text[place] == " ":
            return place + (step < 0)
    return near


def holds_all(texts: Iterable[str], terms: Collection[str]) -> bool:
    """Tell whether every one of *terms* stands somewhere in *texts*; a phrase may run over the end of a line."""
    whole = fold("\0".join(texts))
    if any(" " in term for term in terms):
        whole = "\0".join(" ".join(line.split()) for line in whole.split("\0"))
    return all(term in whole for term in terms)
