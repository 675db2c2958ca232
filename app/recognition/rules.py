"""Builds one rule of a pack, and checks that its proposal cannot tell more than the text it replaces."""

import re
from collections.abc import Collection, Mapping
from typing import Any, get_args

from ruamel.yaml.nodes import Node

from app.recognition.crowds import Crowd
from app.recognition.faults import PatternError, cure
from app.recognition.model import KINDS, LEAVE, Rule
from app.recognition.patterns import compiled
from app.recognition.reading import Document, Text

_TEXT_KEYS = ("kind", "find", "blur", "who", "crowd", "cased")
_WHO = ("any", "known", "listed", "capital")
_PLACE = re.compile(r"\{(\w*)\}")
_READ = {"part": {"hour", "next", "lesson"}, "month_name": {"month"}}
"""Places in a proposal that the code fills, and the groups out of which it does."""


class RuleBuilder:
    """Turns the mappings under `rules` into rules; faults go into the document."""

    def __init__(self, document: Document, lists: Mapping[str, str]) -> None:
        self._document = document
        self._lists = lists

    def build(self, node: Node) -> Rule | None:
        """Return the rule that *node* describes, None when it cannot be one."""
        given = self._document.mapping(node, (*_TEXT_KEYS, "near"))
        texts = {key: self._document.text(given[key]) for key in _TEXT_KEYS if key in given}
        near = self._document.texts(given["near"]) if "near" in given else []
        line = node.start_mark.line + 1
        if missing := [key for key in ("kind", "find") if key not in texts]:
            self._document.fault(line, f"a rule needs {' and '.join(missing)}: add it")
            return None
        kind: Any = self._one_of(texts["kind"], (*KINDS, LEAVE))
        cased = self._one_of(texts.get("cased", Text("false", line)), ("true", "false"))
        who = self._one_of(texts.get("who", Text("any", line)), _WHO)
        crowd = self._one_of(texts["crowd"], get_args(Crowd)) if "crowd" in texts else ""
        pattern = self._pattern(texts["find"], is_cased=cased == "true")
        if pattern is None:
            return None
        if who != "any" and "who" not in pattern.groupindex:
            self._document.fault(line, f'who is "{who}", but the pattern has no group "who": add (?P<who>{{word}})')
        if "blur" in texts:
            self._check_blur(texts["blur"], pattern)
        blur = texts["blur"].text if "blur" in texts else None
        return Rule(
            None if kind == LEAVE else kind, pattern, blur, tuple(text.text.lower() for text in near), who, crowd
        )

    def _one_of(self, text: Text, known: Collection[str]) -> str:
        if text.text not in known:
            self._document.fault(text.line, f'unknown word "{text.text}": {cure(text.text, known)}')
        return text.text

    def _pattern(self, find: Text, *, is_cased: bool) -> re.Pattern[str] | None:
        try:
            return compiled(find.text, self._lists, is_cased=is_cased)
        except PatternError as error:
            self._document.fault(find.line, str(error))
            return None

    def _check_blur(self, blur: Text, pattern: re.Pattern[str]) -> None:
        if any(character.isdigit() for character in blur.text):
            self._document.fault(blur.line, "a proposal has no digits of its own: copy those found, as {year}")
        for place in _PLACE.findall(blur.text):
            needed = _READ.get(place, {place})
            if not needed & pattern.groupindex.keys():
                names = " or ".join(f"(?P<{name}>...)" for name in sorted(needed))
                self._document.fault(blur.line, f"{{{place}}} comes from nowhere: the pattern needs {names}")
