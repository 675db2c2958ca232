"""Reads YAML into plain values that remember their lines, and refuses what two YAML readers take differently."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent, MappingStartEvent, NodeEvent, ScalarEvent

from app.flows.faults import Fault

Location = tuple[str | int, ...]

MOST_BYTES = 256 * 1024
MOST_NESTING = 12
"""Maps and lists inside each other."""
MOST_STEPS = 500
"""Steps and sections of one file."""

# YAML 1.1 (yaml.org/type, read 2026-11-22): what older readers take for a boolean, nothing, a number, a time or a date.
AMBIGUOUS = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~|[-+.]?\d[\d_.,:e+-]*|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|\d{4}-\d\d?-\d\d?.*)",
    re.IGNORECASE,
)
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER_KEY = "within_days"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_TAB = re.compile(r"^ *\t", re.MULTILINE)
# YAML 1.2.2, section 5.1 (read 2026-11-22): what may stand in a file as it is.
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# By an escape more comes in: U+0004 would pass for the end of a context, a surrogate cannot be stored, and the signs
# that turn the direction of writing show a reviewer another text than the student.
UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass
class Document:
    """The values of one file, the line of each, and what was wrong with the writing itself."""

    file: str
    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    marked: set[Location] = field(default_factory=set)
    """Places whose value has a fault already, so that the shape adds no second one."""
    bare: set[Location] = field(default_factory=set)
    """Places inside { } or [ ] whose value has no quotes around it."""

    def line(self, location: Location) -> int:
        """Return the line of *location*, or of the nearest thing around it that was written."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def fault(self, location: Location, rule: str, message: str) -> None:
        """Note a fault at *location*."""
        self.faults.append(Fault(self.file, self.line(location), rule, message))


def read(file: str, content: bytes) -> Document:
    """Read the *content* of one file; it never raises, faults are in the document."""
    document = Document(file)
    try:
        document.data = _Reading(document, _text(content)).whole()
    except _RefusedError as refused:
        document.faults = [Fault(file, refused.line, "E00", refused.message)]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        document.faults = [Fault(file, mark.line + 1 if mark else 1, "E00", _unreadable(error))]
    except (YAMLError, ValueError):
        message = "this is not YAML: an escape in it stands for no character: remove it"
        document.faults = [Fault(file, 1, "E00", message)]
    return document


class _RefusedError(Exception):
    """Raised when a file is not read any further."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


def _unreadable(error: MarkedYAMLError) -> str:
    if "'\\t'" in str(error.problem):
        return "a tab stands here: write spaces"
    return f"this is not YAML: {error.problem}: look at the quotes, colons and spaces here"


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _RefusedError(
            1, f"the file is larger than {MOST_BYTES // 1024} kB: make more than one conversation of it"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _RefusedError(1, "the file is not UTF-8 text: save it as UTF-8") from None
    if tab := _TAB.search(text):
        raise _RefusedError(_line_of(tab), "a tab stands before this line: indent with spaces")
    if sign := _UNPRINTED.search(text):
        raise _RefusedError(_line_of(sign), f"this is not YAML: U+{ord(sign[0]):04X} cannot be printed: remove it")
    return text


def _line_of(found: re.Match[str]) -> int:
    return found.string.count("\n", 0, found.start()) + 1


class _Reading:
    """One pass over the events of a file; nothing is expanded, so that no file can grow while it is read."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self._inside: list[bool] = []
        """The maps and lists around this place: whether each is written with brackets."""
        self._steps = 0

    def whole(self) -> Any:
        """Return the values of the one document in the file, None when there is none."""
        found = None
        nodes = (event for event in self._events if isinstance(event, NodeEvent))
        for index, event in enumerate(nodes):
            if index:
                raise _RefusedError(_line(event), "a second document begins here: keep one conversation in a file")
            found = self._value(event, ())
        return found

    def _value(self, event: Any, location: Location) -> Any:
        if message := _foreign(event):
            self._document.marked.add(location)
            self._document.fault(location, "E00", message)
            self._pass_over(event)
            return None
        if isinstance(event, ScalarEvent):
            if event.style is None and self._inside and self._inside[-1]:
                self._document.bare.add(location)
            return _scalar(self._document, event, location)
        return self._mapping(event, location) if isinstance(event, MappingStartEvent) else self._list(event, location)

    def _nodes(self, start: Any) -> Iterator[Any]:
        """Yield the nodes directly inside the map or list that begins with *start*."""
        if len(self._inside) == MOST_NESTING:
            message = f"more than {MOST_NESTING} maps and lists stand inside each other: make the condition flatter"
            raise _RefusedError(_line(start), message)
        self._inside.append(bool(start.flow_style))
        while isinstance(event := next(self._events), NodeEvent):
            yield event
        self._inside.pop()

    def _pass_over(self, event: Any) -> None:
        if isinstance(event, CollectionStartEvent):
            for inner in self._nodes(event):
                self._pass_over(inner)

    def _list(self, start: Any, location: Location) -> list[Any]:
        found: list[Any] = []
        for event in self._nodes(start):
            here = (*location, len(found))
            self._document.lines[here] = _line(event)
            found.append(self._value(event, here))
        return found

    def _mapping(self, start: Any, location: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        nodes = self._nodes(start)
        for key_event in nodes:
            here = self._key(key_event, location, found)
            value_event = next(nodes)
            if here is None:
                self._pass_over(value_event)
            else:
                found[str(here[-1])] = None
                found[str(here[-1])] = self._value(value_event, here)
        return found

    def _key(self, event: Any, location: Location, found: Mapping[str, Any]) -> Location | None:
        """Return where the value of this key stands; None when the key cannot be used."""
        message, rule = _foreign(event), "E00"
        if not message and not isinstance(event, ScalarEvent):
            message = "a key is a single word: write it without brackets"
        elif not message and event.value in found:
            first = self._document.lines[(*location, event.value)]
            message, rule = f'"{event.value}" stands here twice, first on line {first}: rename or remove one', "E02"
        if message:
            self._document.faults.append(Fault(self._document.file, _line(event), rule, message))
            self._pass_over(event)
            return None
        here: Location = (*location, str(event.value))
        self._document.lines[here] = _line(event)
        self._steps += location[-1:] == ("steps",)
        if self._steps > MOST_STEPS:
            message = f"the file has more than {MOST_STEPS} steps: make more than one conversation of it"
            raise _RefusedError(_line(event), message)
        return here


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _foreign(event: Any) -> str:
    if isinstance(event, AliasEvent) or event.anchor:
        return "anchors are not used here: write the text out"
    return "tags are not used here: remove the word that begins with !" if event.tag else ""


def _scalar(document: Document, event: Any, location: Location) -> str | bool | int:
    text, is_plain = str(event.value), event.style is None
    if is_plain and text in _BOOLEANS:
        return _BOOLEANS[text]
    if is_plain and location[-1:] == (_NUMBER_KEY,):
        # Whoever checks the condition says what else than a plain number is wrong.
        return int(text) if _NUMBER.fullmatch(text) else text
    if found := _faulty(text, location, is_plain=is_plain):
        document.marked.add(location)
        document.fault(location, *found)
    return text


def _faulty(text: str, location: Location, *, is_plain: bool) -> tuple[str, str] | None:
    if sign := UNSEEN.search(text):
        return "E00", f'"{_name(location)}" has a sign that nobody sees (U+{ord(sign[0]):04X}): remove it'
    if is_plain and text == "":
        return "E06", f'"{_name(location)}" is empty: write a text or leave it out'
    if is_plain and AMBIGUOUS.fullmatch(text):
        return "E05", f"{text} is read as a boolean, a number or nothing by some readers: put it in quotes"
    return None


def _name(location: Location) -> str:
    names = [str(part) for part in location if isinstance(part, str)]
    return names[-1] if names else "file"
