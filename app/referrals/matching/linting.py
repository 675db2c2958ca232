"""What is wrong in a folder of topics: file, line and cure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.flows.reading import Document
from app.referrals.matching.topics import LISTED, LISTS, load, phrases_of, read_topics
from app.referrals.matching.words import tokens

Place = tuple[str, str, str, int]
"""Topic, "words", language, and which of its words."""


def faults_of(folder: Path, services: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what is wrong in *folder* where only *services* exist; each has the words of its own that lead to it."""
    yield from (f"{folder / one.file}:{one.line}: {one.message}" for one in load(folder).faults)
    documents = [read_topics(path) for path in sorted(folder.glob("*.yaml"))]
    for document in documents:
        yield from (f"{folder / document.file}:{fault}" for fault in _unknown_services(document, services))
    topics = [one for one in documents if one.file != LISTS]
    yield from (f"{folder}/{fault}" for fault in _shared(topics))
    yield from (f"{folder}/{fault}" for fault in _stopped(topics, _stopwords(documents)))
    yield from (f"{folder}/{LISTS}:1: {fault}" for fault in _unreached(documents, services))


def _unknown_services(document: Document, services: Collection[str]) -> Iterator[str]:
    for place, named in _services(document):
        if named not in services:
            line = document.line(place)
            yield f"{line}: {place[0]}: there is no service {named!r}; use the id of a service"


def _services(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each service that *document* names, with its place."""
    for place in filter(None, document.lines):
        named = _value(document.data, place)
        is_one = place[0] in LISTED if document.file == LISTS else place[1:2] in (("services",), ("danger",))
        if is_one and isinstance(named, str):
            yield place, named


def _words(documents: Sequence[Document]) -> Iterator[tuple[Document, Place, str]]:
    """Yield each word or phrase of the topics that can be used."""
    for document in documents:
        for place in document.lines:
            named = _value(document.data, place)
            topic, key, language, at = (*place, "", "", "", "")[:4]
            if key == "words" and isinstance(at, int) and isinstance(named, str):
                yield document, (str(topic), "words", str(language), at), named


def _shared(documents: Sequence[Document]) -> Iterator[str]:
    """Yield phrases that two topics have: nobody could say which of them was meant."""
    seen: dict[tuple[str, ...], tuple[str, str]] = {}
    own: dict[str, int] = defaultdict(int)
    for document, place, text in _words(documents):
        line = document.line(place)
        for phrase in phrases_of(text):
            other, where = seen.setdefault(phrase, (place[0], f"{document.file}:{line}"))
            own[place[0]] += other == place[0]
            if other != place[0]:
                said = " ".join(phrase)
                yield f"{document.file}:{line}: {place[0]}: {said!r} stands in {other} too ({where}); leave it in one"
    for document, place, _ in _words(documents):
        if not own[place[0]] and place[3] == 0:
            cure = "give it words of its own or remove it"
            yield f"{document.file}:{document.line((place[0],))}: {place[0]}: nothing leads to this topic; {cure}"


def _stopped(documents: Sequence[Document], stopwords: Collection[str]) -> Iterator[str]:
    """Yield topics' words that the stopwords take their misspelt and other forms from."""
    for document, place, text in _words(documents):
        if any(len(phrase) == 1 and phrase[0] in stopwords for phrase in phrases_of(text)):
            line = document.line(place)
            yield f"{document.file}:{line}: {place[0]}: {text!r} is a stopword in {LISTS}; take it out of one of them"


def _unreached(documents: Sequence[Document], services: Mapping[str, Sequence[str]]) -> Iterator[str]:
    named = {service for document in documents for _, service in _services(document)}
    for service, words in services.items():
        if service not in named and not any(tokens(word) for word in words):
            yield f"no topic, list or keyword leads to the service {service!r}; name it in a topic or give it keywords"


def _stopwords(documents: Sequence[Document]) -> frozenset[str]:
    lists = (document.data for document in documents if document.file == LISTS)
    return frozenset(tokens(" ".join(str(data.get("stopwords", "")) for data in lists if isinstance(data, dict))))


def _value(data: Any, place: Sequence[str | int]) -> Any:
    for step in place:
        is_there = isinstance(data, dict) or (isinstance(data, list) and isinstance(step, int))
        data = data[step] if is_there else None
    return data
