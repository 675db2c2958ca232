"""Checks that a condition names only what a student can have answered by then."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.flows.conditions import FACTS, GROUPS, as_list
from app.flows.dates import MOST_WITHIN
from app.flows.faults import cure
from app.flows.model import DAYS, LONGER_AGO, Step
from app.flows.reading import Document, Location


@dataclass
class Scope:
    """What a condition at one place may name."""

    document: Document
    every: Collection[str]
    """All ids of the flow, so that a later step is told from an unknown one."""
    earlier: Mapping[str, Step]
    facts: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Values of `category` and `urgency`, where they are known."""

    def check(self, condition: Any, location: Location) -> None:
        """Note every fault of *condition*, which stands at *location*."""
        if not isinstance(condition, dict) or not condition:
            self.document.fault(location, "E00", "a condition is a map: write {step: code}")
            return
        for key, value in condition.items():
            self._part(key, value, (*location, key))

    def _part(self, key: str, value: Any, location: Location) -> None:
        if key in GROUPS:
            self._group(key, value, location)
        elif key == "answered":
            for step in as_list(value):
                self._step(step, location)
        elif key in FACTS:
            self._fact(key, value, location)
        elif key == "watch":
            self._topics(value, location)
        elif step := self._step(key, location):
            self._answer(step, value, location)

    def _answer(self, step: Step, value: Any, location: Location) -> None:
        if not isinstance(value, dict) or "within_days" not in value:
            self._codes(value, _answers(step), f'"{step.id}"', location)
        elif step.kind != "date":
            message = f'"{step.id}" asks for no date: within_days goes with a question that has date: true'
            self.document.fault(location, "E11", message)
        elif len(value) > 1 or not _is_count(value["within_days"]):
            message = f'"within_days" takes a whole number from 1 to {MOST_WITHIN}: write {{within_days: 7}}'
            self.document.fault(location, "E11", message)

    def _topics(self, value: Any, location: Location) -> None:
        watched = {topic for step in self.earlier.values() for topic in step.watch}
        topics = as_list(value)
        if not topics or not all(isinstance(topic, str) for topic in topics):
            self.document.fault(location, "E00", '"watch" takes a topic or a list of them: write watch: [topic]')
            return
        for topic in topics:
            if topic not in watched:
                ending = cure(topic, watched, f"watched before this are {_listed(watched)}")
                self.document.fault(location, "E10", f'unknown topic "{topic}": {ending}')

    def _group(self, key: str, value: Any, location: Location) -> None:
        if not isinstance(value, list) or not value:
            self.document.fault(location, "E00", f'"{key}" takes a list of conditions: write {key}: [{{step: code}}]')
            return
        for index, part in enumerate(value):
            self.check(part, (*location, index))

    def _fact(self, key: str, value: Any, location: Location) -> None:
        if key not in self.facts:
            self.document.fault(location, "E10", f'"{key}" is not known yet here: it may stand in later rules only')
            return
        self._codes(value, self.facts[key], f'"{key}"', location)

    def _step(self, name: Any, location: Location) -> Step | None:
        step = self.earlier.get(name) if isinstance(name, str) else None
        if step and step.is_question:
            return step
        if step:
            self.document.fault(location, "E10", f'"{name}" asks nothing: name a question')
        elif isinstance(name, str) and name in self.every:
            self.document.fault(location, "E12", f'"{name}" is not asked before this: name an earlier question')
        else:
            questions = [each.id for each in self.earlier.values() if each.is_question]
            ending = cure(str(name), questions, "name an earlier question of this file")
            self.document.fault(location, "E10", f'unknown step "{name}": {ending}')
        return None

    def _codes(self, value: Any, known: Collection[str], of: str, location: Location) -> None:
        codes = value.get("all") if isinstance(value, dict) and list(value) == ["all"] else value
        if isinstance(codes, dict) or codes in ([], None):
            self.document.fault(location, "E00", "write a code, a list [a, b] or {all: [a, b]}")
            return
        if isinstance(value, dict) and not isinstance(codes, list):
            self.document.fault(location, "E00", '"all" takes a list of codes: write {all: [a, b]}')
            return
        for code in as_list(codes):
            self._code(code, known, of, location)

    def _code(self, code: Any, known: Collection[str], of: str, location: Location) -> None:
        if code not in known:
            ending = cure(str(code), known, f"known are {_listed(known)}")
            self.document.fault(location, "E11", f'unknown code "{code}" of {of}: {ending}')


def _answers(step: Step) -> list[str]:
    # Of the days a student can choose only "longer ago" is kept under its own name; the others become a date.
    return [*step.chips, *(code for code in step.constants if code not in DAYS or code == LONGER_AGO)]


def _is_count(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MOST_WITHIN


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
