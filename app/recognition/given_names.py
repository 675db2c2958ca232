"""Finds given names, with the surname behind them."""

from collections.abc import Iterator, Sequence

from app.recognition.candidates import GIVEN_NAME, Candidate
from app.recognition.model import Pack, Packs
from app.recognition.words import Word, begins_sentence

_WHOSE = ("'s", "'")
_GAPS = (" ", "\u00a0")
_GAPS_BEHIND_TITLE = (*_GAPS, ". ", ".")
_LONGEST_NAME = 5
_SHORTEST_SURNAME = 2


class NameReader:
    """Reads the names in one text."""

    def __init__(self, text: str, words: Sequence[Word], packs: Packs) -> None:
        self.words = words
        self.text = text
        self._packs = packs
        self._indexes = {word.start: index for index, word in enumerate(words)}

    def candidates(self, pack: Pack) -> Iterator[Candidate]:
        """Find names of people; *pack* says what to write instead."""
        for index, word in enumerate(self.words):
            if not self.title_before(index):
                whose = self._is_whose(index)
                if whose or self._is_name(index):
                    end = word.end if whose else self.end_of_name(index)
                    whose = whose or self.text[word.start : end].replace("’", "'").endswith(_WHOSE)
                    blurred = pack.someones if whose else pack.someone
                    yield Candidate(word.start, end, "name", blurred, sure=GIVEN_NAME)

    def index_at(self, start: int) -> int | None:
        """Return the index of the word that begins at *start*."""
        return self._indexes.get(start)

    def knows(self, index: int) -> bool:
        """Tell whether a word is a given name; one that is also an ordinary word needs its capital."""
        word = self.words[index]
        if _base(word) in self._packs.names:
            return True
        if "-" in word.plain and word.text[0].isupper():
            first = word.plain.split("-")[0]
            return first in self._packs.names or first in self._packs.names_also_words
        return word.is_capitalised and _base(word) in self._packs.names_also_words

    def is_who(self, index: int, who: str) -> bool:
        """Tell whether a word is what a rule calls *who*: any, known, listed or capital."""
        word = self.words[index]
        if who == "any" or self.knows(index):
            return True
        if who == "listed":
            return _base(word) in self._packs.names_also_words
        return who == "capital" and word.is_capitalised and word.plain not in self._packs.not_names

    def end_of_name(self, index: int) -> int:
        """Return where the name ends that begins with word *index*: behind the surname or initial, if it has one."""
        first = self.words[index]
        if first.plain.endswith(_WHOSE):
            return first.end
        for at in range(index + 1, min(index + _LONGEST_NAME, len(self.words))):
            word = self.words[at]
            if self.text[self.words[at - 1].end : word.start] not in _GAPS:
                break
            if word.plain not in self._packs.prefixes:
                return self._end_of_surname(word) or first.end
        return first.end

    def title_before(self, index: int) -> Word | None:
        """Return the title (*meneer*, *juf*) right before a word."""
        if index == 0:
            return None
        before = self.words[index - 1]
        gap = self.text[before.end : self.words[index].start]
        return before if before.plain in self._packs.titles and gap in _GAPS_BEHIND_TITLE else None

    def _end_of_surname(self, word: Word) -> int | None:
        if len(word.text) < _SHORTEST_SURNAME:
            is_initial = word.text.isupper() and self.text[word.end : word.end + 1] == "."
            return word.end + 1 if is_initial else None
        is_surname = word.is_capitalised and word.plain not in self._packs.not_names
        return word.end if is_surname else None

    def _is_name(self, index: int) -> bool:
        if not self.knows(index):
            return False
        word = self.words[index]
        if _base(word) not in self._packs.names_also_words:
            return True
        return not begins_sentence(self.text, word.start) or self._is_somebody_doing(index)

    def _is_somebody_doing(self, index: int) -> bool:
        following = self.words[index + 1 : index + 3]
        if not following:
            return False
        if following[0].plain in self._packs.joins and len(following) > 1:
            return following[1].is_capitalised and self.knows(index + 2)
        return following[0].plain in self._packs.verbs

    def _is_whose(self, index: int) -> bool:
        """Tell whether a word is a name with the Dutch s of possession, as in *Tims telefoon*."""
        word = self.words[index]
        if not word.is_capitalised or not word.plain.endswith("s") or word.plain in self._packs.names:
            return False
        following = self.words[index + 1 : index + 2]
        is_of_something = any(other.text.islower() and other.plain not in self._packs.not_names for other in following)
        return is_of_something and word.plain[:-1] in self._packs.names


def _base(word: Word) -> str:
    return word.plain.removesuffix("'s").removesuffix("'")
