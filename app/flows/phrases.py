"""The sentences that an adviser can send in the student's language: read from one file, or refused with every fault."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from app.flows.faults import Fault, FlowError, cure
from app.flows.reading import MOST_BYTES, Document, Location, read
from app.flows.shape import Shape, shaped

FILE = "desk/phrases.yaml"
"""Where the sentences stand, below the folder of the conversations."""
CLOSING = "closing"
"""The group that helps to close a case."""
SLOTS = ("day", "place", "service", "person")
"""Blanks that are filled with a day, a place at school, help of the social map, or who reads along."""
MOST_LETTERS = 200
BLANK = re.compile(r"%\((\w+)\)s")
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Phrase:
    """One sentence; a retired one is not offered any more, and stays for whom it was sent to."""

    id: str
    text: str
    group: str
    is_retired: bool

    @property
    def slots(self) -> tuple[str, ...]:
        """Return the names of its blanks in their order, each once."""
        return tuple(dict.fromkeys(BLANK.findall(self.text)))


@dataclass(frozen=True)
class Choice:
    """What may fill a blank: words by code."""

    label: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class PhraseGroup:
    """Sentences for one moment."""

    id: str
    title: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class PhraseBook:
    """All sentences, and what may fill their blanks."""

    groups: tuple[PhraseGroup, ...]
    choices: Mapping[str, Choice]

    def phrase(self, phrase_id: str) -> Phrase | None:
        """Return the sentence with that id, a retired one too."""
        return next((each for group in self.groups for each in group.phrases if each.id == phrase_id), None)


class PhraseShape(Shape):
    """A sentence as written; an id is its group and its own name."""

    text: str
    retired: bool = False
    note: str = ""


class GroupShape(Shape):
    """A group as written."""

    title: str
    cards: dict[str, PhraseShape] = Field(min_length=1)


class ChoiceShape(Shape):
    """What may fill a blank, as written."""

    label: str
    codes: dict[str, str] = Field(min_length=1)


class BookShape(Shape):
    """The whole file."""

    choices: dict[str, ChoiceShape] = Field(default_factory=dict)
    groups: dict[str, GroupShape] = Field(min_length=1)


_DEPTHS: Mapping[tuple[str, int], type[Shape]] = {
    ("groups", 3): GroupShape,
    ("groups", 5): PhraseShape,
    ("choices", 3): ChoiceShape,
}


def _shape_around(location: Location) -> type[Shape]:
    return _DEPTHS.get((str(location[0]), len(location)), BookShape)


def load_phrases(folder: Path) -> PhraseBook:
    """Read the sentences of the conversations in *folder*.

    Raises: FlowError, with every fault.
    """
    book, faults = read_phrases(folder)
    if book is None or faults:
        raise FlowError(faults)
    return book


def read_phrases(folder: Path) -> tuple[PhraseBook | None, tuple[Fault, ...]]:
    """Return the sentences, None when they cannot be read, with every fault."""
    document = _document(folder)
    shape = shaped(document, BookShape, _shape_around) if document.data is not None else None
    if shape is None:
        return None, tuple(document.faults)
    _check(document, shape)
    return _book(shape), tuple(document.faults)


def _document(folder: Path) -> Document:
    name = f"{folder.name}/{FILE}"
    try:
        with (folder / FILE).open("rb") as opened:
            document = read(name, opened.read(MOST_BYTES + 1))
    except OSError as error:
        document = Document(name)
        document.fault((), "E00", f"the file cannot be read ({error.strerror}): put it back")
    if document.data is None and not document.faults:
        document.fault((), "E00", "the file is empty: write the sentences of the desk")
    return document


def _check(document: Document, shape: BookShape) -> None:
    if CLOSING not in shape.groups:
        document.fault(("groups",), "E00", f'the group "{CLOSING}" is missing: a case is closed with its sentences')
    for location, name in _names(shape):
        if not _ID.fullmatch(name):
            document.fault(location, "E04", f'"{name}" cannot be a name: use small letters, digits and _')
    known = (*SLOTS, *shape.choices)
    for group_id, group in shape.groups.items():
        for phrase_id, phrase in group.cards.items():
            _check_text(document, ("groups", group_id, "cards", phrase_id, "text"), phrase.text, known)


def _names(shape: BookShape) -> Iterator[tuple[Location, str]]:
    for name, choice in shape.choices.items():
        yield ("choices", name), name
        yield from ((("choices", name, "codes", code), code) for code in choice.codes)
    for name, group in shape.groups.items():
        yield ("groups", name), name
        yield from ((("groups", name, "cards", card), card) for card in group.cards)


def _check_text(document: Document, location: Location, text: str, known: tuple[str, ...]) -> None:
    if not text.strip():
        document.fault(location, "E06", "the sentence is empty: write it or remove its card")
    if len(text) > MOST_LETTERS:
        document.fault(location, "W32", f"the sentence has over {MOST_LETTERS} letters: make two of it")
    if "%(" in BLANK.sub("", text):
        document.fault(location, "E40", "the sentence has a broken blank: write it as %(name)s")
    for name in BLANK.findall(text):
        if name not in known:
            ending = cure(name, known, f"known are {', '.join(known)}")
            document.fault(location, "E11", f'unknown blank "{name}": {ending}')


def _book(shape: BookShape) -> PhraseBook:
    groups = tuple(
        PhraseGroup(
            group_id,
            group.title,
            tuple(
                Phrase(f"{group_id}.{name}", each.text, group_id, each.retired) for name, each in group.cards.items()
            ),
        )
        for group_id, group in shape.groups.items()
    )
    return PhraseBook(groups, {name: Choice(each.label, each.codes) for name, each in shape.choices.items()})
