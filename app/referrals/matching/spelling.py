"""Finds the known word that a misspelt one was meant to be: swapped, missing or neighbouring keys, or by its sound."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

SHORTEST, LONG = 5, 8
"""Shorter words are never taken for misspelt; in longer ones two mistakes may stand."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {pair for row in _ROWS for a, b in pairwise(row) for pair in ((a, b), (b, a))}
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh|sj", "s"),
        (r"ph|v|f", "f"),
        (r"th", "t"),
        (r"ck|c(?=[eiy])", "s"),
        (r"c|q|kh|ch", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"d(?=$)|dt(?=$)", "t"),
        (r"b(?=$)", "p"),
        (r"ij|ei|ey|y", "i"),
        (r"ou|au|oe|u", "u"),
        (r"(.)\1+", r"\1"),
    )
)


def sound(word: str) -> str:
    """Return how *word* sounds to a Dutch or English ear, roughly: words that sound alike are equal."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


class Spelling:
    """Known words by what is left when any one letter is dropped, and by their sound."""

    def __init__(self, known: Iterable[str]) -> None:
        self._shapes: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in known:
            if len(word) >= SHORTEST - 1 and not word.isdigit():
                for shape in _shapes(word):
                    self._shapes[shape].append(word)
                self._sounds[sound(word)].append(word)

    def nearest(self, word: str) -> list[str]:
        """Return the known words that *word* is most likely to mean; none when nothing is near."""
        if len(word) < SHORTEST or word.isdigit():
            return []
        if word.isascii() and (alike := self._sounds.get(sound(word))):
            return alike
        most = 2 if len(word) >= LONG else 1
        near = {one: OSA.distance(word, one) for shape in _shapes(word) for one in self._shapes.get(shape, ())}
        within = {one: _cost(word, one, distance) for one, distance in near.items() if distance <= most}
        least = min(within.values(), default=0.0)
        return [one for one, cost in within.items() if cost == least]


def _shapes(word: str) -> Iterator[str]:
    yield word
    yield from dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))


def _cost(typed: str, known: str, distance: int) -> float:
    """Return the distance, less where the wrong key lies beside the right one."""
    different = [pair for pair in zip(typed, known, strict=False) if pair[0] != pair[1]]
    is_slip = len(typed) == len(known) and len(different) == distance and all(p in _NEIGHBOURS for p in different)
    return distance - 0.25 if is_slip else float(distance)
