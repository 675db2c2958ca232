"""Finds services by words, explainably: spelling, stems, beginnings, misspellings and a table of synonyms.

A word matches by itself or its stem; only when nothing does, as a beginning; only when that fails too, misspelt. So one
can always say which word led to which service, and a right spelling is never mistaken for another word.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import snowballstemmer
from rapidfuzz.distance import OSA

KEYWORD, TOPIC, NAME, TEXT = "keyword", "topic", "name", "text"
WEIGHTS = {KEYWORD: 10.0, TOPIC: 6.0, NAME: 3.0, TEXT: 1.0}
EXACT, STEM, BEGINNING, MISSPELT = 1.0, 0.9, 0.7, 0.6
SYNONYM = 0.95

FUZZY_WORDS = 40
"""In longer texts a misspelling is more often another word."""
SLACK = 2
"""Words that may stand between the words of a phrase."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """What search reads of one service."""

    id: str
    keywords: tuple[str, ...]
    topics: tuple[str, ...]
    name: str
    text: str


@dataclass(frozen=True)
class Synonym:
    """A word or phrase that people use, the topic or keyword it stands for, and the service that then comes first."""

    words: str
    topic: str
    first: str


@dataclass(frozen=True)
class Hit:
    """A service that fits, how well, and the words that led to it as they were typed."""

    id: str
    score: float
    because: str


@dataclass(frozen=True)
class Findings:
    """All services that fit, best first, and those that danger words put before everything."""

    hits: tuple[Hit, ...]
    first: Mapping[str, str]
    """Service id -> the words that ask for it."""


@dataclass(frozen=True)
class _Match:
    strength: float
    typed: str


def tokens(text: str) -> list[str]:
    """Split *text* into words without case, accents, Arabic vowel signs or lengthening."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain.replace("\u0640", ""))


class _Stems:
    """The stems of a word; made anew for each use, since a snowball stemmer holds the word it works on."""

    def __init__(self) -> None:
        self._stemmers = {tag: snowballstemmer.stemmer(tag) for tag in ("dutch", "english", "arabic")}

    def of(self, word: str) -> Iterator[tuple[str, str]]:
        for tag in ("dutch", "english") if word.isascii() else ("arabic",):
            stem = self._stemmers[tag].stemWord(word)
            if len(stem) > 2:  # noqa: PLR2004 -- shorter stems are shared by words that have nothing in common
                yield tag, stem


class Index:
    """The words of all services and synonyms, ready to be asked; holds nothing that anybody typed."""

    def __init__(self, documents: Iterable[Document], synonyms: Iterable[Synonym], stopwords: frozenset[str]) -> None:
        self._stopwords = stopwords
        self._postings: dict[Phrase, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for document in documents:
            self._add(document)
        self._synonyms = {tuple(tokens(one.words)): one for one in synonyms}
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in [*self._postings, *(one for one in self._synonyms if one not in self._postings)]:
            for word in dict.fromkeys(phrase):
                self._phrases[word].append(phrase)
        self._words = sorted(self._phrases)
        self._stems: dict[tuple[str, str], list[str]] = defaultdict(list)
        stems = _Stems()
        for word in self._words:
            for stem in stems.of(word):
                self._stems[stem].append(word)

    def _add(self, document: Document) -> None:
        for field, texts in ((KEYWORD, document.keywords), (TOPIC, document.topics)):
            for text in texts:
                if phrase := tuple(tokens(text)):
                    self._postings[phrase][document.id].add(field)
        loose = " ".join((document.text, *document.keywords))
        for field, text in ((NAME, document.name), (TEXT, loose)):
            for word in tokens(text):
                if word not in self._stopwords:
                    self._postings[(word,)][document.id].add(field)

    def ask(self, text: str) -> Findings:
        """Return what fits *text*, a word, a few words or a whole story."""
        typed = tokens(text)
        matches = self._match_words(list(dict.fromkeys(typed)))
        places: dict[str, list[int]] = defaultdict(list)
        for word, match in matches.items():
            places[word] = [place for place, one in enumerate(typed) if one == match.typed]
        candidates = dict.fromkeys(phrase for word in matches for phrase in self._phrases[word])
        found = {
            phrase: _Match(min(matches[word].strength for word in phrase), " ".join(matches[w].typed for w in phrase))
            for phrase in candidates
            if all(word in matches for word in phrase) and _stands_together(phrase, places)
        }
        return Findings(self._score(found), self._first(found))

    def _match_words(self, typed: Sequence[str]) -> dict[str, _Match]:
        stems, is_short = _Stems(), len(typed) <= FUZZY_WORDS
        matches: dict[str, _Match] = {}
        for word in typed:
            for known, strength in self._match(word, stems, is_short=is_short):
                if known not in matches or strength > matches[known].strength:
                    matches[known] = _Match(strength, word)
        return matches

    def _match(self, word: str, stems: _Stems, *, is_short: bool) -> list[tuple[str, float]]:
        exact = [(word, EXACT)] if word in self._phrases else []
        if word in self._stopwords:
            return exact
        same_stem = [(one, STEM) for stem in stems.of(word) for one in self._stems.get(stem, ()) if one != word]
        if found := exact + same_stem:
            return found
        if beginnings := list(self._beginnings(word)):
            return [(one, BEGINNING) for one in beginnings]
        return [(one, MISSPELT) for one in self._misspelt(word)] if is_short else []

    def _beginnings(self, word: str) -> Iterator[str]:
        """Yield known words that begin with *word*, else the longest known word that *word* begins with."""
        shortest = 4
        if len(word) < shortest:
            return
        start = bisect_left(self._words, word)
        longer = [one for one in self._words[start : start + 20] if one.startswith(word)]
        shorter = (word[:end] for end in range(len(word) - 1, shortest, -1))
        known = next((one for one in shorter if one in self._phrases and one not in self._stopwords), None)
        yield from longer or ([known] if known else [])

    def _misspelt(self, word: str) -> list[str]:
        shortest, long = 5, 8
        if len(word) < shortest:
            return []
        most = 2 if len(word) >= long else 1
        distances = {
            one: OSA.distance(word, one, score_cutoff=most)
            for one in self._words
            if len(one) >= shortest - 1 and one not in self._stopwords
        }
        nearest = min(distances.values(), default=most + 1)
        return [one for one, distance in distances.items() if distance == nearest] if nearest <= most else []

    def _score(self, found: Mapping[Phrase, _Match]) -> tuple[Hit, ...]:
        points: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for phrase, match in found.items():
            for target, strength in self._targets(phrase, match.strength):
                length = 1 + (len(phrase) - 1) / 2
                for service, where in self._postings.get(target, {}).items():
                    fields = points[service, match.typed]
                    for field in where:
                        fields[field] = max(fields[field], WEIGHTS[field] * strength * length)
        scores: dict[str, float] = defaultdict(float)
        best: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
        for (service, typed), fields in points.items():
            score = sum(fields.values())
            scores[service] += score
            best[service] = max(best[service], (score, typed))
        ranked = sorted(scores, key=lambda service: -scores[service])
        return tuple(Hit(service, scores[service], best[service][1]) for service in ranked)

    def _targets(self, phrase: Phrase, strength: float) -> Iterator[tuple[Phrase, float]]:
        yield phrase, strength
        if phrase in self._synonyms:
            yield tuple(tokens(self._synonyms[phrase].topic)), strength * SYNONYM

    def _first(self, found: Mapping[Phrase, _Match]) -> dict[str, str]:
        return {
            synonym.first: match.typed
            for phrase, match in found.items()
            if (synonym := self._synonyms.get(phrase)) and synonym.first and _is_sure(match)
        }


def _is_sure(match: _Match) -> bool:
    """Return whether a danger word was meant: a short word must be exact, since it is soon another one misspelt."""
    if match.strength == EXACT:
        return True
    longest = max(len(word) for word in match.typed.split())
    return longest >= (6 if match.strength == STEM else 8) and match.strength != BEGINNING


def _stands_together(phrase: Phrase, places: Mapping[str, Sequence[int]]) -> bool:
    """Return whether the words of *phrase* stand near each other, in any order."""
    if len(phrase) == 1:
        return True
    reach = len(phrase) + SLACK
    starts = sorted({place for word in phrase for place in places[word]})
    return any(all(any(at <= place < at + reach for place in places[word]) for word in phrase) for at in starts)
