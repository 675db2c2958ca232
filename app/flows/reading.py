"""Reads YAML into plain values that remember their lines, and refuses what two YAML readers take differently."""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.flows.faults import Fault

Location = tuple[str | int, ...]

# YAML 1.1 (yaml.org/type, read 2026-11-22): what older readers take for a boolean, nothing, a number, a time or a date.
AMBIGUOUS = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~|[-+.]?\d[\d_.,:e+-]*|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|\d{4}-\d\d?-\d\d?.*)",
    re.IGNORECASE,
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
        node = YAML(typ="safe", pure=True).compose(content.decode("utf-8"))
    except UnicodeDecodeError:
        document.fault((), "E00", "the file is not UTF-8 text: save it as UTF-8")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        document.lines[()] = mark.line + 1 if mark else 1
        document.fault((), "E00", f"this is not YAML: {error.problem}")
    except YAMLError:
        document.fault((), "E00", "this is not YAML: a character in it cannot be printed")
    else:
        document.data = _value(document, node, ())
    return document


def _value(document: Document, node: Node | None, location: Location) -> Any:
    if node is None:
        return None
    if node.anchor:
        document.marked.add(location)
        document.fault(location, "E00", "anchors are not used here: write the text out")
        return None
    if isinstance(node, MappingNode):
        return _mapping(document, node, location)
    if isinstance(node, SequenceNode):
        items = enumerate(node.value)
        return [_item(document, item, (*location, index)) for index, item in items]
    return _scalar(document, node, location)


def _item(document: Document, node: Node, location: Location) -> Any:
    document.lines[location] = node.start_mark.line + 1
    return _value(document, node, location)


def _mapping(document: Document, node: MappingNode, location: Location) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            document.faults.append(
                Fault(document.file, line, "E00", "a key is a single word: write it without brackets")
            )
            continue
        key = str(key_node.value)
        if key in found:
            first = document.lines[(*location, key)]
            message = f'"{key}" stands here twice, first on line {first}: rename or remove one'
            document.faults.append(Fault(document.file, line, "E02", message))
            continue
        document.lines[(*location, key)] = line
        found[key] = _value(document, value_node, (*location, key))
    return found


def _scalar(document: Document, node: Any, location: Location) -> str | bool:
    text = str(node.value)
    if node.style is None:
        if str(node.tag).endswith(":bool"):
            return text.lower() == "true"
        if text == "":
            document.marked.add(location)
            document.fault(location, "E06", f'"{_name(location)}" is empty: write a text or leave it out')
        elif AMBIGUOUS.fullmatch(text):
            document.marked.add(location)
            message = f"{text} is read as a boolean, a number or nothing by some readers: put it in quotes"
            document.fault(location, "E05", message)
    return text


def _name(location: Location) -> str:
    names = [str(part) for part in location if isinstance(part, str)]
    return names[-1] if names else "file"
