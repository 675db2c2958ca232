"""The word lists in which codes are spelled, and the forgiving look-up of a typed word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.vault.errors import WordListError

WORDS_IN_LIST = 2048
BEGINNING_CHARACTERS = 4
"""So many first letters tell the words of a list apart."""
DEFAULT_LIST = "nl"
_TAGS = (DEFAULT_LIST, "en")
_WORD = re.compile(r"[a-z]{4,8}")
_SUGGESTIONS = 3


class Match(NamedTuple):
    """The number of a typed word, None when the list has none, and its doubt: 0 whole, 1 begun, 2 repaired."""

    number: int | None
    doubt: int


@dataclass(frozen=True)
class WordList:
    """The 2,048 words of one language, in the order that gives each its number."""

    words: tuple[str, ...]
    _numbers: dict[str, int] = field(init=False, repr=False)
    _beginnings: dict[str, int] = field(init=False, repr=False)
    _sounds: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        numbered = range(len(self.words))
        object.__setattr__(self, "_numbers", {self.words[i]: i for i in numbered})
        object.__setattr__(self, "_beginnings", {self.words[i][:BEGINNING_CHARACTERS]: i for i in numbered})
        object.__setattr__(self, "_sounds", tuple(_sound(word) for word in self.words))

    def spelled(self, number: int, length: int) -> tuple[str, ...]:
        """Return *number* as *length* words, the most significant first."""
        return tuple(self.words[number // WORDS_IN_LIST**place % WORDS_IN_LIST] for place in reversed(range(length)))

    def match(self, word: str) -> Match:
        """Find *word*: whole, begun with at least four letters, or with one slip that only one word explains."""
        whole = self._numbers.get(word)
        if whole is not None:
            return Match(whole, 0)
        begun = self._beginnings.get(word[:BEGINNING_CHARACTERS])
        if begun is not None and self.words[begun].startswith(word):
            return Match(begun, 1)
        near = process.extract(_sound(word), self._sounds, scorer=OSA.distance, score_cutoff=1, limit=2)
        return Match(near[0][2], 2) if len(near) == 1 else Match(None, 0)

    def near(self, word: str) -> tuple[str, ...]:
        """Return up to three words that *word* may have meant, the likeliest first."""
        close = process.extract(_sound(word), self._sounds, scorer=OSA.distance, score_cutoff=2, limit=_SUGGESTIONS)
        number = self._beginnings.get(word[:BEGINNING_CHARACTERS])
        same_beginning = () if number is None else (self.words[number],)
        return tuple(dict.fromkeys((*same_beginning, *(self.words[i] for _, _, i in close))))[:_SUGGESTIONS]


_lists: dict[str, WordList] = {}


def load_words(folder: Path) -> None:
    """Read `nl.txt` and `en.txt` from *folder*; once, at the start.

    Raises: WordListError, naming the file and the cure.
    """
    _lists.update({tag: _read(folder / f"{tag}.txt") for tag in _TAGS})


def word_list(tag: str) -> WordList:
    """Return the list of the language *tag* (`en-GB` finds `en`), the Dutch one for a language that has none.

    Raises: WordListError before `load_words`.
    """
    return _loaded().get(tag.partition("-")[0].lower(), _lists[DEFAULT_LIST])


def list_language(tag: str) -> str:
    """Return the tag of the list that `word_list` gives for the language *tag*.

    Raises: WordListError before `load_words`.
    """
    own = tag.partition("-")[0].lower()
    return own if own in _loaded() else DEFAULT_LIST


def word_lists() -> Sequence[WordList]:
    """Return all lists, Dutch first.

    Raises: WordListError before `load_words`.
    """
    return tuple(_loaded().values())


def plain_letters(text: str) -> str:
    """Return *text* in small letters, without accents and invisible characters."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf"})


def beginnings(words: Sequence[str]) -> tuple[str, ...]:
    """Return the first four letters of each word, which are as good as the whole."""
    return tuple(word[:BEGINNING_CHARACTERS] for word in words)


def _loaded() -> dict[str, WordList]:
    if not _lists:
        raise WordListError("no word list is loaded yet: call app.vault.words.load_words(folder) at the start")
    return _lists


def _read(path: Path) -> WordList:
    try:
        words = tuple(path.read_text(encoding="ascii").splitlines())
    except (OSError, UnicodeDecodeError) as fault:
        raise WordListError(f"{path}: cannot be read as plain ASCII: {fault}") from fault
    if len(words) != WORDS_IN_LIST:
        raise WordListError(f"{path}: has {len(words)} words; a list has {WORDS_IN_LIST}, restore the released file")
    odd = [word for word in words if not _WORD.fullmatch(word)]
    if odd:
        raise WordListError(f"{path}: {odd[0]!r} is not 4 to 8 small letters a-z; restore the released file")
    twice = [start for start, n in Counter(word[:BEGINNING_CHARACTERS] for word in words).items() if n > 1]
    if twice:
        raise WordListError(f"{path}: more than one word begins with {twice[0]!r}; restore the released file")
    return WordList(words)


def _sound(word: str) -> str:
    """Fold the spellings that Dutch does not let one hear, so that a code survives being read aloud."""
    return word.replace("ij", "ei").replace("ou", "au")
