"""Word lists that notice danger in what somebody typed.

A hit only adds a card with help: it blocks nothing, tells nobody and promises nothing. A line of a list is a phrase:
`*` at the end of a word stands for any ending, `a/b` for one word or the other, `...` for up to three words between. A
line that begins with `-` is an exception: words inside it count for nothing. `#` begins a comment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from app.flows.faults import Fault, FlowError
from app.flows.plain_text import PREFIXES, Words, plain_text

NAME = re.compile(r"(?P<topic>[a-z][a-z0-9_]*)\.(?P<tag>[a-z]{2,3}(?:-[A-Za-z]+)*)(?P<samples>\.samples)?\.txt")
RULE = "E26"

_BETWEEN = "..."
_GAP = r"(?: [^ \0]++){0,3}"
_ENDING = "[^ ]*+"
_PREFIXES = {"ar": f"(?:{PREFIXES.pattern})"}

Branches = dict[str, "Branches"]
"""Phrases that begin alike, word by word; the empty word marks an end."""


@lru_cache(maxsize=8192)
def _compiled_once(regex: str) -> re.Pattern[str]:
    """Compile *regex* when a text first needs it: all of them take a second, and most are never needed."""
    return re.compile(regex)


@dataclass(frozen=True)
class Phrases:
    """Many phrases: a regular expression for each beginning, found by its first word or the beginning of that."""

    by_word: Mapping[str, tuple[str, ...]]
    by_stem: tuple[tuple[str, str], ...]

    def found_in(self, words: Words) -> Iterator[tuple[int, int]]:
        """Yield where phrases stand, in no order."""
        for regex, word in self._chances(words):
            pattern = _compiled_once(regex)
            for place in words.places[word]:
                if found := pattern.match(words.plain, place):
                    yield found.span()

    def _chances(self, words: Words) -> Iterator[tuple[str, str]]:
        for word in self.by_word.keys() & words.places.keys():
            yield from product(self.by_word[word], (word,))
        for stem, regex in self.by_stem:
            yield from product((regex,), words.beginning_with(stem))


@dataclass(frozen=True)
class WatchList:
    """The phrases of one topic in one language and how many lines they are, with the exceptions."""

    topic: str
    tag: str
    size: int
    phrases: Phrases
    exceptions: Phrases


@dataclass(frozen=True)
class WatchLists:
    """Every list; all languages of a topic are looked at each time, since people mix languages."""

    lists: tuple[WatchList, ...] = ()

    def languages_of(self, topic: str) -> tuple[str, ...]:
        """Return the tags of the languages in which *topic* has a list."""
        return tuple(sorted(found.tag for found in self.lists if found.topic == topic))

    def topics_in(self, text: str, topics: Iterable[str]) -> tuple[str, ...]:
        """Return those of *topics* that *text* touches, in their order."""
        return tuple(self.passages_in(text, topics))

    def passages_in(self, text: str, topics: Iterable[str]) -> dict[str, str]:
        """Return those of *topics* that *text* touches, in their order, each with the plain words that do."""
        words = Words(plain_text(text))
        passages = ((topic, self._passage(words, topic)) for topic in dict.fromkeys(topics))
        return {topic: passage for topic, passage in passages if passage}

    def spared_in(self, text: str, topics: Iterable[str]) -> frozenset[str]:
        """Return those of *topics* of which only an exception stands in *text*."""
        words = Words(plain_text(text))
        lists = [found for found in self.lists if _first_of(words, found.exceptions)]
        return frozenset(found.topic for found in lists if not self._passage(words, found.topic)) & {*topics}

    def _passage(self, words: Words, topic: str) -> str:
        lists = [found for found in self.lists if found.topic == topic]
        if not any(_first_of(words, found.phrases) for found in lists):
            return ""
        spared = [place for found in lists for place in found.exceptions.found_in(words)]
        left = words.without(spared) if spared else words
        return next(filter(None, (_first_of(left, found.phrases) for found in lists)), "")


def _first_of(words: Words, phrases: Phrases) -> str:
    """Return the first passage that is found, or nothing."""
    start, stop = next(phrases.found_in(words), (0, 0))
    return words.plain[start:stop].strip()


def load_lists(folder: Path) -> WatchLists:
    """Read every list `<topic>.<language>.txt` in *folder* (that is `flows/watch`); without the folder there is none.

    Raises: FlowError, with every fault of every list.
    """
    faults: list[Fault] = []
    read = [_list_of(path, name, faults) for path, name in named_files(folder, faults) if not name["samples"]]
    if faults:
        raise FlowError(faults)
    return WatchLists(tuple(found for found in read if found))


def named_files(folder: Path, faults: list[Fault]) -> Iterator[tuple[Path, re.Match[str]]]:
    """Yield the text files of *folder* with what their names say; a name that says nothing is added to *faults*."""
    for path in sorted(folder.glob("*.txt")):
        if name := NAME.fullmatch(path.name):
            yield path, name
        else:
            faults.append(fault_at(path, 1, "the name tells no topic and language: call it life.nl.txt or such"))


def lines_of(path: Path, faults: list[Fault]) -> list[tuple[int, str]]:
    """Return the lines of *path* that are neither empty nor a comment, with their numbers."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        faults.append(fault_at(path, 1, "the file is not UTF-8 text: save it as UTF-8"))
        return []
    kept = ((number, line.strip()) for number, line in enumerate(lines, start=1))
    return [(number, line) for number, line in kept if line and not line.startswith("#")]


def fault_at(path: Path, line: int, message: str) -> Fault:
    """Return a fault in a file of the folder with the lists, named as people know it: `flows/watch/life.nl.txt`."""
    return Fault("/".join(path.parts[-3:]), line, RULE, message)


def _list_of(path: Path, name: re.Match[str], faults: list[Fault]) -> WatchList | None:
    before = len(faults)
    phrases: Branches = {}
    exceptions: Branches = {}
    count = 0
    for number, line in lines_of(path, faults):
        is_exception = line.startswith("-")
        count += not is_exception
        try:
            _grow(exceptions if is_exception else phrases, _words(line.removeprefix("-")))
        except ValueError as error:
            faults.append(fault_at(path, number, str(error)))
    if not count and len(faults) == before:
        faults.append(fault_at(path, 1, "the list holds no phrase: write one on a line, or remove the file"))
    if len(faults) > before:
        return None
    prefix = _PREFIXES.get(name["tag"], "")
    return WatchList(name["topic"], name["tag"], count, _phrases(phrases, prefix), _phrases(exceptions, prefix))


def _words(phrase: str) -> list[str]:
    """Return the pattern of each word.

    Raises: ValueError, with what is wrong and the cure.
    """
    words = phrase.split()
    if not words or _BETWEEN in (words[0], words[-1]):
        raise ValueError("a phrase begins and ends with a word: write words around the ...")
    if len(words) == 1 and words[0].isascii() and len(words[0].strip("*")) < len("kms"):
        raise ValueError(f'"{phrase.strip()}" is too short to mean one thing: write more of it')
    return [_BETWEEN if word == _BETWEEN else _any_of(word) for word in words]


def _any_of(word: str) -> str:
    return "|".join(dict.fromkeys(_pattern(part) for part in word.split("/")))


def _pattern(word: str) -> str:
    stem, star, rest = word.partition("*")
    if rest:
        raise ValueError(f'"{word}" has a star inside: a star stands at the end of a word')
    plain = plain_text(stem).strip()
    if not plain:
        raise ValueError(f'"{word}" holds no letter: write a word')
    return plain + (_ENDING if star else "")


def _grow(branches: Branches, words: list[str]) -> None:
    for word in words:
        branches = branches.setdefault(word, {})
    if "" in branches:
        raise ValueError("this line stands here twice: remove one")
    branches[""] = {}


def _phrases(branches: Branches, prefix: str) -> Phrases:
    by_word: dict[str, tuple[str, ...]] = {}
    by_stem: list[tuple[str, str]] = []
    for beginning, rest in branches.items():
        regex = f"{_regex({beginning: rest}, prefix)}(?= )"
        for word in beginning.split("|"):
            first = word.removesuffix(_ENDING).split()[0]
            if word.endswith(_ENDING):
                by_stem.append((first, regex))
            else:
                by_word[first] = (*by_word.get(first, ()), regex)
    return Phrases(by_word, tuple(by_stem))


def _regex(branches: Branches, prefix: str) -> str:
    """Return one expression for many phrases, so that what begins alike is read once."""
    words = [f"(?:{word}){_regex(rest, prefix)}" for word, rest in branches.items() if word not in ("", _BETWEEN)]
    choices = [f" {prefix}(?:{'|'.join(words)})"] if words else []
    if _BETWEEN in branches:
        choices.append(_GAP + _regex(branches[_BETWEEN], prefix))
    if not choices:
        return ""
    return f"(?:{'|'.join(choices)}){'?' if '' in branches else ''}"
