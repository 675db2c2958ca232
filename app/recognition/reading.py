"""Reads the YAML of a rule pack: every value is text, a list of texts or a mapping, and remembers its line."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.recognition.faults import PackFault, cure

MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Text:
    """A text of the file and the line on which it stands."""

    text: str
    line: int


@dataclass
class Document:
    """One file and what was wrong with it so far."""

    file: str
    faults: list[PackFault] = field(default_factory=list)

    def fault(self, line: int, message: str) -> None:
        """Note a fault on *line*."""
        self.faults.append(PackFault(self.file, line, message))

    def empty(self) -> None:
        """Note that the file says nothing, unless it is known why."""
        if not self.faults:
            self.fault(1, "the file is empty: write a rule pack or remove it")

    def read(self, content: bytes) -> Node | None:
        """Read *content*; it never raises, faults are noted."""
        if len(content) > MOST_BYTES:
            self.fault(1, f"the file has over {MOST_BYTES // 1024} kB: shorten its lists")
            return None
        try:
            return _composed(content)
        except UnicodeDecodeError:
            self.fault(1, "the file is not UTF-8 text: save it as UTF-8")
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fault(mark.line + 1 if mark else 1, f"this is not YAML, mend it here or just before: {error.problem}")
        except YAMLError:
            self.fault(1, "this is not YAML: take out the character that cannot be printed")
        except RecursionError:
            self.fault(1, "brackets stand too deep in each other: write lists and mappings of one level")
        return None

    def mapping(self, node: Node | None, known: Collection[str]) -> dict[str, Node]:
        """Return the values of a mapping by key; only *known* keys, when there are any."""
        if _is_empty(node):
            return {}
        if not isinstance(node, MappingNode):
            self.fault(_line(node), "a mapping is needed here: write `key: value` lines")
            return {}
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else "[...]"
            if key in found:
                self.fault(_line(key_node), f'"{key}" stands here twice: rename or remove one')
            elif known and key not in known:
                self.fault(_line(key_node), f'unknown key "{key}": {cure(key, known)}')
            else:
                found[key] = value
                if _is_empty(value):
                    self.fault(_line(key_node), f'"{key}" is empty: write what belongs there, or "" for no text')
        return found

    def items(self, node: Node) -> list[Node]:
        """Return the values of a list."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        if not _is_empty(node):
            self.fault(_line(node), "a list is needed here: write `[one, two]` or lines with dashes")
        return []

    def text(self, node: Node) -> Text:
        """Return a text."""
        if isinstance(node, ScalarNode):
            return Text(str(node.value), _line(node))
        self.fault(_line(node), "a text is needed here: write one, in quotes if need be")
        return Text("", _line(node))

    def texts(self, node: Node) -> list[Text]:
        """Return the texts of a list, which may be written as one text with commas."""
        if isinstance(node, ScalarNode):
            return [Text(part.strip(), _line(node)) for part in str(node.value).split(",") if part.strip()]
        return [self.text(item) for item in self.items(node)]


def _composed(content: bytes) -> Node | None:
    node: Node | None = YAML(typ="safe", pure=True).compose(content.decode("utf-8"))
    return node


def _is_empty(node: Node | None) -> bool:
    """Tell whether nothing is written; such a node stands on the line of what comes next."""
    return isinstance(node, ScalarNode) and node.style is None and node.value == ""


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1 if node is not None else 1
