"""Ranks services for a text: first by the topics that it speaks of, then by the services' own words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.referrals.matching.index import EXACT, MISSPELT, STEM, Found, Phrase, Vocabulary
from app.referrals.matching.topics import Topic
from app.referrals.matching.words import tokens, words

KEYWORD, NAME, TEXT = 3.0, 4.0, 0.4
"""Points for a word among the keywords or topics of a service, in its name, in what it does."""
WHOLE_NAME = 30.0
TOPIC, STEP = 20.0, 0.15
"""Points of the first service of a topic, and which share less each next one gets."""
LENGTH = 0.3
"""Which share more each further word of a phrase brings: it was meant more surely."""
FURTHER = 0.25
"""Which share the second best topic adds."""
DENIED = 0.1
MOST_PER_WORD = 60
"""So many services at most a word of their own leads to, in the order of the file."""


@dataclass(frozen=True)
class Document:
    """What search reads of one service."""

    id: str
    keywords: tuple[str, ...]
    names: tuple[str, ...]
    text: str


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
    is_for_adults: bool


class Index:
    """Services and topics, ready to be asked; holds nothing that anybody typed."""

    def __init__(self, documents: Iterable[Document], topics: Mapping[str, Topic], stopwords: frozenset[str]) -> None:
        self._topics: dict[Phrase, list[Topic]] = defaultdict(list)
        for topic in topics.values():
            for phrase in {tuple(tokens(one)) for some in topic.words.values() for one in some}:
                self._topics[phrase].append(topic)
        self._points: dict[Phrase, dict[str, float]] = defaultdict(dict)
        for document in documents:
            for phrase, points in _phrases(document, stopwords):
                services = self._points[phrase]
                if document.id in services or len(services) < MOST_PER_WORD:
                    services[document.id] = max(services.get(document.id, 0.0), points)
        self._vocabulary = Vocabulary([*self._topics, *self._points], stopwords)

    def ask(self, text: str) -> Findings:
        """Return what fits *text*, a word, a few words or a whole story."""
        found = self._uncovered(self._vocabulary.find(words(text)))
        if any(not one.is_denied for one in found if one.phrase in self._topics):
            found = [one for one in found if not one.is_denied or self._danger(one)]
        adults = any(topic.adults for one in found for topic in self._topics.get(one.phrase, ()))
        return Findings(self._score(found), self._first(found), adults)

    def _uncovered(self, found: Sequence[Found]) -> list[Found]:
        """Leave out what stands inside a longer phrase of a topic, or was written as another word of one.

        Danger yields to a longer phrase only of danger itself, or of a topic that covers.
        """
        topical = [one for one in found if one.phrase in self._topics]
        covering = [one for one in topical if any(topic.covers for topic in self._topics[one.phrase])]
        danger = [one for one in topical if self._danger(one)]
        exact = {place for one in topical if one.strength == EXACT for place in one.places}
        found = [one for one in found if one.strength == EXACT or not one.places <= exact]
        return [
            one
            for one in found
            if not any(one.places < other.places for other in (covering + danger if self._danger(one) else topical))
        ]

    def _danger(self, found: Found) -> list[str]:
        return [topic.danger for topic in self._topics.get(found.phrase, ()) if topic.danger]

    def _first(self, found: Iterable[Found]) -> dict[str, str]:
        sure = (one for one in found if not one.is_denied and _is_sure(one))
        return {service: one.typed for one in sure for service in self._danger(one)}

    def _score(self, found: Iterable[Found]) -> tuple[Hit, ...]:
        topical: dict[str, dict[int, tuple[float, str]]] = defaultdict(dict)
        own: dict[str, dict[str, float]] = defaultdict(dict)
        for one in found:
            factor = one.strength * (DENIED if one.is_denied else 1.0)
            for topic in self._topics.get(one.phrase, ()):
                best = factor * (1 + LENGTH * (len(one.phrase) - 1)) * topic.weight * TOPIC
                for rank, service in enumerate(topic.services):
                    points = (best * max(0.1, 1 - STEP * rank), one.typed)
                    topical[service][id(topic)] = max(topical[service].get(id(topic), (0.0, "")), points)
            for service, points_own in self._points.get(one.phrase, {}).items():
                own[service][one.typed] = max(own[service].get(one.typed, 0.0), points_own * factor)
        hits = [_hit(service, list(topical[service].values()), own[service]) for service in {**topical, **own}]
        return tuple(sorted(hits, key=lambda hit: -hit.score))


def _hit(service: str, topical: list[tuple[float, str]], own: Mapping[str, float]) -> Hit:
    topical = sorted(topical, reverse=True)
    score = sum(points * FURTHER**rank for rank, (points, _) in enumerate(topical)) + sum(own.values())
    typed = max([*topical, *((points, typed) for typed, points in own.items())])[1]
    return Hit(service, score, typed)


def _phrases(document: Document, stopwords: frozenset[str]) -> Iterator[tuple[Phrase, float]]:
    """Yield each phrase of *document* with its points."""
    keywords = [tuple(tokens(keyword)) for keyword in document.keywords]
    yield from ((keyword, KEYWORD) for keyword in keywords)
    for name in document.names:
        telling = [word for word in tokens(name) if word not in stopwords]
        yield tuple(telling), WHOLE_NAME
        yield from (((word,), NAME) for word in telling)
    loose = {*tokens(document.text), *(word for keyword in keywords for word in keyword)}
    yield from (((word,), TEXT) for word in loose - stopwords)


def _is_sure(found: Found) -> bool:
    """Return whether a danger word was meant: a short word must be exact, since it is soon another one misspelt."""
    if found.strength == EXACT:
        return True
    longest = max(len(word) for word in found.typed.split())
    return longest >= (6 if found.strength == STEM else 8) and found.strength in (STEM, MISSPELT)
