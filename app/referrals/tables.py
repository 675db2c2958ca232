"""What comes first for a category of a talk, and the topics beside the social map: in flows/topics."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from app.referrals.matching.linting import faults_of
from app.referrals.matching.topics import LISTS, TOPICS, Topic, packaged
from app.referrals.matching.words import tokens
from app.referrals.sheet import Entry

__all__ = [
    "FIRST",
    "LISTS",
    "SEARCH_ONLY",
    "STAFF",
    "choices",
    "districts",
    "harmless",
    "stopwords",
    "table_faults",
    "topics",
]

FIRST, STAFF, SEARCH_ONLY = "_first", "_staff", "_search_only"


def topics() -> Mapping[str, Topic]:
    """Return every topic by name."""
    return packaged().topics


@cache
def choices() -> Mapping[str, tuple[str, ...]]:
    """Return the ids of services for a category of a talk, best first; names that begin with `_` are no categories."""
    lists = packaged().lists
    return {FIRST: lists.first, STAFF: lists.staff, SEARCH_ONLY: lists.search_only, **lists.categories}


@cache
def stopwords() -> frozenset[str]:
    """Return words that lead to no service by themselves."""
    return frozenset(tokens(packaged().lists.stopwords))


def districts() -> Mapping[str, Sequence[str]]:
    """Return the names of each district and its neighbourhoods, as people write them."""
    return packaged().lists.districts


def harmless() -> tuple[str, ...]:
    """Return what takes its danger from a word inside it: "mes en vork"."""
    return tuple(phrase for phrases in packaged().lists.harmless.values() for phrase in phrases)


def table_faults(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong in the topics, and where they name a service that *entries* do not have."""
    own = {entry.id: [entry.keywords_nl, entry.topics, *chain(*entry.keywords.values())] for entry in entries}
    yield from faults_of(TOPICS, own)
