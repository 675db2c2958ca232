"""Builds one pack out of one file: its words, its months and hours, and its rules."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import Node

from app.recognition.model import Pack, Rule
from app.recognition.patterns import BUILT_IN, alternatives
from app.recognition.reading import Document
from app.recognition.rules import RuleBuilder
from app.recognition.times import PARTS, SAID
from app.recognition.words import plain

_MONTHS = 12
_GIVEN_LISTS = ("number", "month", "said", "title", "prefix")
"""Lists that every pack has besides those under `lists`."""


@dataclass(frozen=True)
class _Counted:
    """Texts such as `een/één/eerste`, of which the first means 1: their numbers, and the first spelling of each."""

    numbers: Mapping[str, int]
    names: tuple[str, ...]
    spellings: tuple[str, ...]


class Builder:
    """Turns one file into a pack; faults go into the document."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self._language = language
        self._given: dict[str, Node] = {}
        self._lists: dict[str, str] = {}

    def build(self, content: bytes) -> Pack | None:
        """Return the pack that *content* describes, None when it cannot be read or lacks a part."""
        root = self.document.read(content)
        if root is None:
            self.document.empty()
            return None
        readers: dict[str, Callable[[Node], Any]] = {
            **dict.fromkeys(("language", "someone", "someones"), lambda node: self.document.text(node).text),
            **dict.fromkeys(("frequent", "verbs", "joins", "not_names", "titles", "prefixes"), self._words),
            **dict.fromkeys(("names", "names_also_words"), self._names),
            **dict.fromkeys(("numbers", "months"), self._counted),
            "parts": self._parts,
            "said": self._said,
            "lists": self._own_lists,
        }
        self._given = self.document.mapping(root, (*readers, "rules"))
        if missing := [key for key in (*readers, "rules") if key not in self._given]:
            self.document.fault(1, f"{', '.join(missing)} must stand here too: add them, empty if need be")
            return None
        values = {key: read(self._given[key]) for key, read in readers.items()}
        if values["language"] != self._language:
            self._fault("language", f"this stands in {self._language}.yaml: give both the same name")
        return self._pack(values)

    def _pack(self, values: dict[str, Any]) -> Pack:
        numbers, months = values.pop("numbers"), values.pop("months")
        if len(months.names) != _MONTHS:
            self._fault("months", f"a year has {_MONTHS} months, not {len(months.names)}: name each once, in order")
        said = values["said"]
        self._lists = {
            **{name: alternatives(words) for name, words in values.pop("lists").items()},
            "number": rf"\d{{1,2}}|{alternatives(numbers.spellings)}",
            "month": alternatives(months.spellings),
            "said": alternatives(said),
            "title": alternatives(values["titles"]),
            "prefix": alternatives(values["prefixes"]),
        }
        return Pack(
            **{**values, "said": {plain(word): part for word, part in said.items()}},
            numbers=numbers.numbers,
            months=months.numbers,
            month_names=months.names,
            rules=self._rules(),
        )

    def _rules(self) -> tuple[Rule, ...]:
        builder = RuleBuilder(self.document, self._lists)
        rules = [builder.build(node) for node in self.document.items(self._given["rules"])]
        return tuple(rule for rule in rules if rule)

    def _words(self, node: Node) -> frozenset[str]:
        return frozenset(plain(text.text) for text in self.document.texts(node))

    def _names(self, node: Node) -> frozenset[str]:
        groups = self.document.mapping(node, ())
        return frozenset().union(*(self._words(group) for group in groups.values()))

    def _counted(self, node: Node) -> _Counted:
        spellings = [text.text.split("/") for text in self.document.texts(node)]
        return _Counted(
            {plain(word): number for number, words in enumerate(spellings, 1) for word in words},
            tuple(words[0] for words in spellings),
            tuple(word for words in spellings for word in words),
        )

    def _parts(self, node: Node) -> Mapping[str, str]:
        return {key: self.document.text(value).text for key, value in self._whole(node, PARTS).items()}

    def _said(self, node: Node) -> Mapping[str, str]:
        groups = self._whole(node, SAID).items()
        return {text.text: part for part, group in groups for text in self.document.texts(group)}

    def _own_lists(self, node: Node) -> Mapping[str, list[str]]:
        lists = self.document.mapping(node, ())
        for name in sorted(lists.keys() & {*_GIVEN_LISTS, *BUILT_IN}):
            self.document.fault(lists[name].start_mark.line + 1, f'every pack has a list "{name}": take another name')
        return {name: [text.text for text in self.document.texts(value)] for name, value in lists.items()}

    def _whole(self, node: Node, keys: Collection[str]) -> dict[str, Node]:
        found = self.document.mapping(node, keys)
        if missing := [key for key in keys if key not in found]:
            self.document.fault(node.start_mark.line + 1, f"{', '.join(missing)} must stand here too: add them")
        return found

    def _fault(self, key: str, message: str) -> None:
        self.document.fault(self._given[key].start_mark.line + 1, message)
