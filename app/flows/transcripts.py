"""Tests of conversations as data: reads and writes the files in `flows/tests/`, which speak in ids and codes only."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from app.flows.answers import Choices
from app.flows.faults import Fault, FlowError, cure
from app.flows.reading import AMBIGUOUS, UNSEEN, Document, Location, read

Verb = Literal["answer", "change", "back", "enough", "skip", "language", "detour", "warned", "upgrade", "say_contains"]
VERBS: tuple[Verb, ...] = (
    *("change", "back", "enough", "skip", "language", "detour", "warned", "upgrade", "say_contains"),
)
"""What a line of a talk may begin with when it is not the id of a step; `to` goes with `change`."""
ALONE: tuple[Verb, ...] = ("back", "enough")
KEYS = ("test", "flow", "version", "today", "places", "people", "talk", "expect")
EXPECTED = (
    *("path", "shown", "never_shown", "open", "categories", "urgency", "to", "else_to", "excluded", "help", "flags"),
    *("watch", "never_stored", "taps"),
)
CURRENT = "current"
"""Names the version that is tested, in `version` and `upgrade`."""
A_FRIDAY = date(2026, 11, 20)
PLACES = ("gym", "yard")
PEOPLE = ("anna", "bram")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n"}
_PLAIN = re.compile(r"[a-z_][a-z0-9_.-]*")


@dataclass(frozen=True)
class Move:
    """One thing the student does, or one thing that must be true by then; *on* is a step, language, flow or text."""

    verb: Verb
    on: str = ""
    values: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """One test; its name is a claim, *version* the one that the talk begins with."""

    name: str
    moves: tuple[Move, ...]
    expect: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flow: str = "report"
    version: str = CURRENT
    today: date = A_FRIDAY
    places: tuple[str, ...] = PLACES
    people: tuple[str, ...] = PEOPLE
    file: str = ""
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Where each key of *expect* stands."""


def read_transcripts(file: str, content: bytes) -> tuple[Transcript, ...]:
    """Read the tests of one file: a list of tests, or a single one.

    Raises: FlowError, with every fault of the file.
    """
    document = read(file, content)
    # Ids, codes and texts are all that stands here, and each is read as text: numbers, dates and nothing are welcome.
    faults = [fault for fault in document.faults if fault.rule not in ("E05", "E06")]
    document.faults[:] = faults
    listed = document.data if isinstance(document.data, list) else [document.data]
    places: list[Location] = [(index,) if listed is document.data else () for index in range(len(listed))]
    found = [] if faults else [_Reader(document, here).read(item) for here, item in zip(places, listed, strict=True)]
    if document.faults:
        raise FlowError(document.faults)
    return tuple(found)


def written(
    name: str,
    flow_id: str,
    moves: Iterable[Move],
    expect: Mapping[str, Sequence[str]],
    choices: Choices | None = None,
) -> str:
    """Write one test as a file that `read_transcripts` reads back; *choices* are those the talk had, if any."""
    lines = [f"- test: {_quoted(name)}", f"  flow: {flow_id}", *_choices(choices or Choices()), "  talk:"]
    lines += [f"    - {_move(move)}" for move in moves]
    lines += ["  expect:"] if expect else []
    lines += [f"    {key}: {_listed(values)}" for key, values in expect.items()]
    return "\n".join(lines) + "\n"


def _choices(choices: Choices) -> Iterator[str]:
    if choices.today:
        yield f"  today: {choices.today}"
    if choices.places:
        yield f"  places: {_listed(tuple(choices.places))}"
    if choices.people:
        yield f"  people: {_listed(tuple(choices.people))}"


def _move(move: Move) -> str:
    if move.verb in ALONE:
        return str(move.verb)
    if move.verb == "change":
        return f"{{change: {move.on}, to: {_listed(move.values)}}}"
    if move.verb == "answer":
        return f"{move.on}: {_listed(move.values)}"
    return f"{move.verb}: {_quoted(move.on)}"


def _listed(values: Sequence[str]) -> str:
    return _quoted(values[0]) if len(values) == 1 else f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and not AMBIGUOUS.fullmatch(text):
        return text
    return f'"{"".join(map(_escaped, UNSEEN.sub(" ", text)))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    return character if character.isprintable() else f"\\U{ord(character):08x}"


class _Reader:
    """Reads one test out of a document; faults go into the document."""

    def __init__(self, document: Document, here: Location) -> None:
        self._document = document
        self._here = here

    def read(self, item: Any) -> Transcript:
        given = self._known(item, KEYS, self._here)
        for key in ("test", "talk"):
            if not given.get(key):
                self._fault((), f'"{key}" is missing: add it')
        expect = self._known(given.get("expect", {}), EXPECTED, (*self._here, "expect"))
        if not all(taps.isdecimal() for taps in _texts(expect.get("taps"))):
            self._fault(("expect", "taps"), '"taps" is a number: write how many at most')
        return Transcript(
            name=str(given.get("test", "")),
            moves=tuple(self._moves(given.get("talk", []))),
            expect={key: _texts(value) for key, value in expect.items()},
            today=self._today(str(given.get("today", A_FRIDAY))),
            places=_texts(given.get("places", list(PLACES))),
            people=_texts(given.get("people", list(PEOPLE))),
            file=self._document.file,
            line=self._document.line(self._here),
            lines={key: self._line("expect", key) for key in expect},
            **{key: str(given[key]) for key in ("flow", "version") if key in given},
        )

    def _today(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._fault(("today",), f'"{text}" is no date: write one as {A_FRIDAY}')
            return A_FRIDAY

    def _moves(self, talk: Any) -> Iterator[Move]:
        if not isinstance(talk, list):
            self._fault(("talk",), '"talk" takes a list: begin each line with a dash')
            return
        for index, item in enumerate(talk):
            given = {item: ""} if isinstance(item, str) else item
            if not isinstance(given, dict):
                self._fault(("talk", index), "this is no line of a talk: write - step: code")
                continue
            for key, value in given.items():
                if key != "to":
                    yield self._one(key, value, given.get("to"), ("talk", index, key))

    def _one(self, key: str, value: Any, to: Any, place: Location) -> Move:
        line = self._line(*place)
        if key in VERBS and key != "change":
            if key not in ALONE and not _texts(value):
                self._fault(place, f'"{key}" is empty: say what it is about')
            return Move(key, "".join(_texts(value)[:1]), (), line)
        verb: Verb = "change" if key == "change" else "answer"
        on, values = (str(value), _texts(to)) if verb == "change" else (key, _texts(value))
        if not values:
            self._fault(place, f'"{on}" is given no answer: write a code, a list of codes or a text')
        return Move(verb, on, values, line)

    def _known(self, item: Any, keys: Sequence[str], location: Location) -> dict[str, Any]:
        if not isinstance(item, dict):
            self._document.fault(location, "E00", f"this takes a map: known here are {', '.join(keys)}")
            return {}
        for key in item:
            if key not in keys:
                ending = cure(key, keys, f"known here are {', '.join(keys)}")
                self._document.fault((*location, key), "E01", f'unknown key "{key}": {ending}')
        return {key: value for key, value in item.items() if key in keys}

    def _line(self, *place: str | int) -> int:
        return self._document.line((*self._here, *place))

    def _fault(self, place: Location, message: str) -> None:
        self._document.faults.append(Fault(self._document.file, self._line(*place), "E00", message))


def _texts(value: Any) -> tuple[str, ...]:
    """Return a value or a list of values as texts; nothing at all is no text."""
    if value is None or value == "":
        return ()
    return tuple(str(each) for each in value) if isinstance(value, list | dict) else (str(value),)
