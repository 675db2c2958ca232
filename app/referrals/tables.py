"""The small tables beside the social map: synonyms, what comes first for a category, words that say nothing."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import count

from app.referrals.matching import Synonym, tokens
from app.referrals.sheet import DATA, Entry

FIRST, STAFF, SEARCH_ONLY = "_first", "_staff", "_search_only"
SYNONYMS, CATEGORIES, STOPWORDS = DATA / "synonyms.csv", DATA / "categories.csv", DATA / "stopwords.txt"


@cache
def synonyms() -> tuple[Synonym, ...]:
    """Return every synonym, of every language."""
    with SYNONYMS.open(newline="", encoding="utf-8") as file:
        return tuple(Synonym(row["word"], row["topic"], row["first"]) for row in csv.DictReader(file))


@cache
def choices() -> Mapping[str, tuple[str, ...]]:
    """Return the ids of services for a category of a talk, best first; names that begin with `_` are no categories."""
    with CATEGORIES.open(newline="", encoding="utf-8") as file:
        return {row["category"]: tuple(row["services"].split(";")) for row in csv.DictReader(file)}


@cache
def stopwords() -> frozenset[str]:
    """Return words that lead to no service by themselves."""
    return frozenset(tokens(STOPWORDS.read_text(encoding="utf-8")))


def table_faults(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield where the small tables name a service or a word that *entries* do not have."""
    known = {entry.id for entry in entries}
    yield from _category_faults(known)
    words = {tuple(tokens(one)) for entry in entries for one in f"{entry.topics};{entry.keywords_nl}".split(";")}
    for line, synonym in zip(count(2), synonyms(), strict=False):
        if tuple(tokens(synonym.topic)) not in words:
            yield f"{SYNONYMS}:{line}: column topic: no service has {synonym.topic!r}; use a topic or keyword of one"
        if synonym.first and synonym.first not in known:
            yield f"{SYNONYMS}:{line}: column first: there is no service {synonym.first!r}; use the id of a service"


def _category_faults(known: Collection[str]) -> Iterator[str]:
    for line, (category, ids) in zip(count(2), choices().items(), strict=False):
        for service in ids:
            if service not in known:
                yield f"{CATEGORIES}:{line}: {category}: there is no service {service!r}; use the id of a service"
