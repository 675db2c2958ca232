"""The topics of the social map: words and street words per language, and the services for them, best first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.flows.faults import Fault
from app.flows.reading import Document, read
from app.referrals.matching.words import tokens
from app.settings import ROOT

TOPICS = ROOT / "flows" / "topics"
LISTS = "_lists.yaml"
LISTED = ("first", "staff", "search_only", "categories")
LANGUAGES = ("nl", "en", "ar")
Ids = Annotated[tuple[str, ...], Field(min_length=1)]
Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class Topic(BaseModel):
    """One thing that people look for help with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = Field(min_length=1)
    """Dutch msgid."""
    services: Ids
    words: Mapping[str, Words]
    danger: str = ""
    """The crisis line that then stands before everything."""
    weight: float = Field(default=1.0, gt=0, le=3)
    covers: bool = False
    """Whether its phrases take the place of danger words inside them, as "mes in zijn tas" does of "mes"."""
    adults: bool = False
    """Whether parents or staff ask here, so that services for them need not come last."""


class Lists(BaseModel):
    """What comes first for a category of a talk, and words that lead to nothing by themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: Ids
    staff: Ids
    search_only: Ids
    categories: Mapping[str, Ids]
    stopwords: str
    harmless: Mapping[str, Words]
    """Phrases by language that take the danger from a word inside them, as "mes en vork" does from "mes"."""
    districts: Mapping[str, Words]
    """Each district with the names that it and its neighbourhoods go by."""


@dataclass(frozen=True)
class Topics:
    """Everything in the folder of topics, and what is wrong there."""

    topics: Mapping[str, Topic]
    lists: Lists
    faults: tuple[Fault, ...]


def phrases_of(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each phrase that *text* stands for: "vader/moeder slaat" is two."""
    for chosen in product(*(word.split("/") for word in text.split())):
        yield tuple(tokens(" ".join(chosen)))


@cache
def packaged() -> Topics:
    """Return the topics that come with the program."""
    return load(TOPICS)


def load(folder: Path) -> Topics:
    """Read every topic in *folder*; it never raises, what cannot be used is left out and stands among the faults."""
    found: dict[str, Topic] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != LISTS:
            document = read_topics(path)
            _collect(document, found)
            faults += document.faults
    document = read_topics(folder / LISTS)
    lists = _lists(document)
    return Topics(found, lists, (*faults, *document.faults))


def read_topics(path: Path) -> Document:
    """Read one file of topics as plain values with their lines."""
    content = path.read_bytes() if path.exists() else b""
    return read(path.name, content)


def _collect(document: Document, found: dict[str, Topic]) -> None:
    data = document.data if isinstance(document.data, dict) else {}
    for name, values in data.items():
        topic = _topic(document, name, values)
        if name in found:
            document.fault((name,), "R01", f"{name} stands in two files: give one of them another name")
        elif topic:
            found[name] = topic
            _check_words(document, name, topic)


def _topic(document: Document, name: str, values: Any) -> Topic | None:
    try:
        return Topic.model_validate(values)
    except ValidationError as error:
        for one in error.errors():
            document.fault((name, *one["loc"]), "R02", f"{name}: {one['msg']}: compare it with another topic")
        return None


def _check_words(document: Document, name: str, topic: Topic) -> None:
    for language in LANGUAGES:
        if language not in topic.words:
            document.fault((name, "words"), "R03", f"{name}: no words in {language}: add at least one")
    for language, words in topic.words.items():
        for at, word in enumerate(words):
            if not tokens(word):
                document.fault((name, "words", language, at), "R04", f"{name}: {word!r} is no word: write letters")


def _lists(document: Document) -> Lists:
    try:
        return Lists.model_validate(document.data)
    except ValidationError as error:
        for one in error.errors():
            document.fault(one["loc"], "R02", f"{LISTS}: {one['msg']}: compare it with the packaged file")
        empty: dict[str, Any] = {"categories": {}, "stopwords": "", "harmless": {}, "districts": {}}
        return Lists.model_construct(first=(), staff=(), search_only=(), **empty)
