"""Ranks services for a text: first by the topics that it speaks of, then by the services' own words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.referrals.matching.index import EXACT, MISSPELT, STEM, Found, Phrase, Vocabulary
from app.referrals.matching.topics import Topic, phrases_of
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
MOST_PER_WORD, MOST_LOOSE = 60, 20
"""So many services at most a keyword or name leads to, and a loose word, in the order of the file."""


@dataclass(frozen=True)
class Document:
    """What search reads of one service."""

    id: str
    keywords: tuple[str, ...]
    """In the languages of which we know the stems."""
    foreign: tuple[str, ...]
    """Keywords in other languages."""
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Hit:
    """A service that fits, how well, and the words that led to it as they were typed."""

    id: str
    score: float
    because: str
    topic: str
    """Label (Dutch msgid) of the topic by which they led there; empty when they are the service's own words."""


@dataclass(frozen=True)
class Findings:
    """All services that fit, best first, and those that danger words put before everything."""

    hits: tuple[Hit, ...]
    first: Mapping[str, str]
    """Service id -> the words that ask for it."""
    best: frozenset[str]
    """The services of the topic that fits best."""
    is_for_adults: bool


class Index:
    """Services and topics, ready to be asked; holds nothing that anybody typed."""

    def __init__(
        self,
        documents: Iterable[Document],
        topics: Mapping[str, Topic],
        stopwords: frozenset[str],
        harmless: Iterable[str] = (),
    ) -> None:
        self._topics: dict[Phrase, list[Topic]] = defaultdict(list)
        for topic in topics.values():
            for phrase in {phrase for some in topic.words.values() for one in some for phrase in phrases_of(one)}:
                self._topics[phrase].append(topic)
        documents = tuple(documents)
        self.places = {document.id: place for place, document in enumerate(documents)}
        """Where each service stands in the file: equal ones keep that order."""
        self._points = _points_of(documents, stopwords)
        self._harmless = {phrase for one in harmless for phrase in phrases_of(one)}
        keywords = {word for document in documents for keyword in document.keywords for word in tokens(keyword)}
        stemmed = keywords.union(*self._topics, *self._harmless)
        self._vocabulary = Vocabulary([*self._topics, *self._points, *self._harmless], stopwords, stemmed)

    def ask(self, text: str) -> Findings:
        """Return what fits *text*, a word, a few words or a whole story."""
        found = self._uncovered(self._vocabulary.find(words(text)))
        if any(not one.is_denied for one in found if one.phrase in self._topics):
            found = [one for one in found if not one.is_denied or self._danger(one)]
        adults = any(topic.adults for one in found for topic in self._topics.get(one.phrase, ()))
        return Findings(self._score(found), self._first(found), self._best(found), adults)

    def _uncovered(self, found: Sequence[Found]) -> list[Found]:
        """Leave out what stands inside a longer phrase of a topic, or was written as another word of one.

        Danger yields to a longer phrase only of danger itself, or of a topic that covers.
        """
        harmless = {place for one in found if one.phrase in self._harmless for place in one.places}
        found = [one for one in found if harmless.isdisjoint(one.places) or not self._danger(one)]
        topical = [one for one in found if one.phrase in self._topics or one.phrase in self._harmless]
        covering = [one for one in topical if any(topic.covers for topic in self._topics.get(one.phrase, ()))]
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

    def _best(self, found: Iterable[Found]) -> frozenset[str]:
        points = [(_points(one, topic), topic) for one in found for topic in self._topics.get(one.phrase, ())]
        most = max((points for points, _ in points), default=0.0)
        return frozenset(service for points, topic in points if points == most for service in topic.services)

    def _score(self, found: Iterable[Found]) -> tuple[Hit, ...]:
        topical: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
        own: dict[str, dict[str, float]] = defaultdict(dict)
        for one in found:
            factor = one.strength * (DENIED if one.is_denied else 1.0)
            for topic in self._topics.get(one.phrase, ()):
                best = _points(one, topic)
                for rank, service in enumerate(topic.services):
                    points = (best * max(0.1, 1 - STEP * rank), one.typed)
                    topical[service][topic.label] = max(topical[service].get(topic.label, (0.0, "")), points)
            for service, points_own in self._points.get(one.phrase, {}).items():
                own[service][one.typed] = max(own[service].get(one.typed, 0.0), points_own * factor)
        hits = [_hit(service, topical[service], own[service]) for service in {**topical, **own}]
        return tuple(sorted(hits, key=lambda hit: -hit.score))


def _hit(service: str, topical: Mapping[str, tuple[float, str]], own: Mapping[str, float]) -> Hit:
    best = sorted((points for points, _ in topical.values()), reverse=True)
    score = sum(points * FURTHER**rank for rank, points in enumerate(best)) + sum(own.values())
    reasons = [(points, typed, label) for label, (points, typed) in topical.items()]
    _, typed, label = max([*reasons, *((points, typed, "") for typed, points in own.items())])
    return Hit(service, score, typed, label)


def _points_of(documents: Sequence[Document], stopwords: frozenset[str]) -> dict[Phrase, dict[str, float]]:
    """Return for each phrase the services that it leads to: first by keywords and names, then by loose words."""
    found: dict[Phrase, dict[str, float]] = defaultdict(dict)
    known: dict[str, Phrase] = {}
    for document in documents:
        for keyword in (*document.keywords, *document.foreign):
            if keyword not in known:
                known[keyword] = tuple(tokens(keyword))
            _lead(found[known[keyword]], document.id, KEYWORD)
        for phrase, points in _names(document, stopwords):
            _lead(found[phrase], document.id, points)
    left_out = set(stopwords)
    for document in documents:
        loose = {*tokens(document.text), *(word for keyword in document.keywords for word in known[keyword])}
        for word in loose - left_out:
            services = found[(word,)]
            if len(services) < MOST_LOOSE:
                services.setdefault(document.id, TEXT)
            else:
                left_out.add(word)
    return found


def _lead(services: dict[str, float], service: str, points: float) -> None:
    if len(services) < MOST_PER_WORD or service in services:
        services[service] = max(services.get(service, 0.0), points)


def _names(document: Document, stopwords: frozenset[str]) -> Iterator[tuple[Phrase, float]]:
    """Yield each name of *document*, and each of its telling words, with its points."""
    for name in {*document.names}:
        whole = tokens(name)
        telling = [word for word in whole if word not in stopwords]
        # Of "Stop Pesten NU" one word tells, and who types that one does not ask for this name.
        yield tuple(telling if 2 * len(telling) >= len(whole) else whole), WHOLE_NAME
        yield from (((word,), NAME) for word in telling)


def _points(found: Found, topic: Topic) -> float:
    """Return the points that *found* gives the first service of *topic*."""
    factor = found.strength * (DENIED if found.is_denied else 1.0)
    return factor * (1 + LENGTH * (len(found.phrase) - 1)) * topic.weight * TOPIC


def _is_sure(found: Found) -> bool:
    """Return whether a danger word was meant: a short word must be exact, since it is soon another one misspelt."""
    if found.strength == EXACT:
        return True
    longest = max(len(word) for word in found.typed.split())
    return longest >= (6 if found.strength == STEM else 8) and found.strength in (STEM, MISSPELT)
