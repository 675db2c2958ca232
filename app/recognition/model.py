"""What is found, what is known around the writer, and the rules of each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

Kind = Literal[
    "own_name",
    "name",
    "class",
    "role",
    "only_i",
    "clock_time",
    "date",
    "phone",
    "email",
    "handle",
    "staff_name",
    "sibling",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEAVE = "leave"
"""What a pack says instead of a kind in a rule that finds nothing: nothing else is found in its place."""


@dataclass(frozen=True)
class Finding:
    """A piece of the text that could tell who wrote it.

    `blurred` is what to write instead, "" to take it out, None when it is only a warning. `crowd` is about how many
    people could be meant, 1 when only the writer, None when nobody knows; it is coarse, and a large one is no promise.
    """

    start: int
    end: int
    kind: Kind
    found: str = field(repr=False)
    blurred: str | None = field(repr=False)
    crowd: int | None


@dataclass(frozen=True)
class Surroundings:
    """What is known of the school: who reads reports, its names, its pupils and a usual class; 0 is not known."""

    staff_names: tuple[str, ...] = ()
    school_names: tuple[str, ...] = ()
    pupils: int = 0
    class_size: int = 0


@dataclass(frozen=True)
class Rule:
    """One pattern of a pack; a group `found` narrows what is found, a group `who` must be a name as `who` says.

    Without a kind it finds nothing, and nothing else is found in its place.
    """

    kind: Kind | None
    pattern: re.Pattern[str]
    blur: str | None
    near: tuple[str, ...]
    who: str
    crowd: str


@dataclass(frozen=True)
class Pack:
    """The rules and words of one language; all words are plain small letters, see `words.plain`."""

    language: str
    someone: str
    someones: str
    frequent: frozenset[str]
    titles: frozenset[str]
    prefixes: frozenset[str]
    verbs: frozenset[str]
    joins: frozenset[str]
    not_names: frozenset[str]
    names: frozenset[str]
    names_also_words: frozenset[str]
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    month_names: tuple[str, ...]
    parts: Mapping[str, str]
    said: Mapping[str, str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Packs:
    """The packs of all languages: every one runs on every text, so their names and titles are one list."""

    packs: tuple[Pack, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return given names that are nothing else."""
        return frozenset().union(*(pack.names for pack in self.packs)) - self.names_also_words

    @cached_property
    def names_also_words(self) -> frozenset[str]:
        """Return given names that are ordinary words in some language."""
        return frozenset().union(*(pack.names_also_words for pack in self.packs))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Return words before the name of a grown-up at school."""
        return frozenset().union(*(pack.titles for pack in self.packs))

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Return words with which a surname may begin."""
        return frozenset().union(*(pack.prefixes for pack in self.packs))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Return words after which the word before them is somebody."""
        return frozenset().union(*(pack.verbs for pack in self.packs))

    @cached_property
    def joins(self) -> frozenset[str]:
        """Return the words for *and*."""
        return frozenset().union(*(pack.joins for pack in self.packs))

    @cached_property
    def not_names(self) -> frozenset[str]:
        """Return words that are no names, though written with a capital."""
        no_names = (pack.not_names | pack.frequent | pack.titles for pack in self.packs)
        return frozenset().union(*no_names) - self.names
