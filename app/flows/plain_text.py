"""Makes texts alike that people write in different ways, so that a list needs one line for all of them."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator

_APOSTROPHES = re.compile("['’‘ʼ`´]")
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"  # accents, vowel signs, stretching
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"  # what is not seen
)
_SAME = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا", "ڤ": "ف", "گ": "ك"})
_ALONE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\U0001f300-\U0001faff]")
"""Scripts without spaces, and pictures: each sign is a word."""

_BETWEEN_WORDS = re.compile("[^\\w\U0001f300-\U0001faff]+|_+")
_WORD = re.compile(r" (?=([^ \0]+))")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}( ?)")

_PREFIXED = re.compile(r"[وفبكلسا]\w{2,}")
PREFIXES = re.compile("[وف]?(?:[بكل]?ال|لل|[بكلس])?")
"""What Arabic writes at the beginning of a word without a space: and, so, by, as, to, will, the."""


class Words:
    """The words of a plain text, each with the places where it stands; an Arabic one also without its prefixes."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.places: dict[str, list[int]] = {}
        for found in _WORD.finditer(plain):
            self.places.setdefault(found[1], []).append(found.start())
        for word in [word for word in self.places if _PREFIXED.match(word)]:
            self._add_without_prefixes(word)
        self._sorted = sorted(self.places)

    def beginning_with(self, stem: str) -> Iterator[str]:
        """Yield the words that begin with *stem*."""
        for index in range(bisect_left(self._sorted, stem), len(self._sorted)):
            if not self._sorted[index].startswith(stem):
                return
            yield self._sorted[index]

    def without(self, places: Iterable[tuple[int, int]]) -> "Words":
        """Return the words that stand in none of *places*; what stood around one does not come together."""
        plain, end = "", 0
        for start, stop in sorted(places):
            plain += self.plain[end:start] + " \0" * (end <= start)
            end = max(end, stop)
        return Words(plain + self.plain[end:])

    def _add_without_prefixes(self, word: str) -> None:
        for end in range(1, 5):
            if PREFIXES.fullmatch(word, 0, end):
                self.places.setdefault(word[end:], []).extend(self.places[word])


def plain_text(text: str) -> str:
    """Return the words of *text* without case, accents and signs, a space before and after each.

    Unicode's compatible forms become one, so do the letters that Arabic and Persian write in several ways. Letters that
    are held ("dooood", "niettt") follow in a second reading, after a zero byte, since nobody knows how many are meant.
    """
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    words = _ALONE.sub(r" \g<0> ", _MARKS.sub("", letters).translate(_SAME))
    plain = f" {' '.join(_BETWEEN_WORDS.sub(' ', words).split())} "
    if not _STRETCHED.search(plain):
        return plain
    doubled = _STRETCHED.sub(lambda held: held[1] + (held[2] or held[1]), plain)
    return doubled + "\0" + _STRETCHED.sub(r"\1\2", plain)
