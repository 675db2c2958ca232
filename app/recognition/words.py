"""Cuts a text into words that remember their place, and compares them without case and accents."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.recognition.model import Pack, Packs

_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_WORD = re.compile(rf"(?<![\w@])(?:{_LETTERS})(?:['’-]{_LETTERS})*(?!\w)")
_UNDECOMPOSED = str.maketrans("ıłøđæ", "ilodæ")
_SENTENCE_ENDS = ".!?…:\n"
_BETWEEN = " \t\u00a0\"'“”‘’„«»(-–—*"


@dataclass(frozen=True)
class Word:
    """One word of a text; `plain` is its form for comparing."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def is_capitalised(self) -> bool:
        """Tell whether the word is written as names are: one capital, then small letters."""
        return self.text[0].isupper() and (len(self.text) == 1 or self.text[1:].lower() == self.text[1:])


def plain(text: str) -> str:
    """Return *text* in small letters, without accents and with one kind of apostrophe."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of *text* in order; digits and underscores make something else of a word."""
    return tuple(Word(m.start(), m.end(), m[0], plain(m[0])) for m in _WORD.finditer(text))


def begins_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence begins at *start*."""
    before = text[:start].rstrip(_BETWEEN)
    return not before or before[-1] in _SENTENCE_ENDS


def by_language(packs: Packs, words: Sequence[Word]) -> tuple[Pack, ...]:
    """Return the packs, that of the language of the *words* first; in doubt in their own order."""
    return tuple(sorted(packs.packs, key=lambda pack: -sum(word.plain in pack.frequent for word in words)))
