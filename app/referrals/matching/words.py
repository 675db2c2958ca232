"""Cuts a text into words, and into the parts of sentences in which a "not" counts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"[.,;:!?\n\u060c\u061b\u061f]+")
_JOINED = re.compile(r"(?<=\w)['\u2019](?=\w)")
_APOSTROPHES = ("'", "\u2019")
# Arabic letters that are written in more than one way.
_ALIKE = str.maketrans(
    {"\u0640": None, "\u0649": "\u064a", "\u0629": "\u0647", "\u0671": "\u0627", "\ufeff": None, "\u200b": None}
)


@dataclass(frozen=True)
class Word:
    """A word as it was typed, folded, and the number of the part of the text that it stands in."""

    text: str
    part: int


def tokens(text: str) -> list[str]:
    """Split *text* into words without case, accents, Arabic vowel signs or lengthening."""
    return _WORD.findall(_folded(text))


def words(text: str) -> list[Word]:
    """Return the words of *text*, each with the number of its part; a comma or full stop begins a new part."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    for number, part in enumerate(_PART.split(text)):
        for token in tokens(part):
            yield Word(token, number)


def _folded(text: str) -> str:
    folded = text.casefold()
    if any(sign in folded for sign in _APOSTROPHES):
        folded = _JOINED.sub("", folded)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ALIKE)
