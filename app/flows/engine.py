"""Replays a conversation from its answers and tells where the report goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from app.flows.answers import MAX_TEXT, AnswerError, Answers, Choices, accept, date_chip, is_answer
from app.flows.conditions import holds
from app.flows.model import SKIP, UNSURE, WATCH, Flow, FlowSet, Route, Rule, Step

__all__ = [
    "MAX_TEXT",
    "AnswerError",
    "Answers",
    "Choices",
    "Outcome",
    "Path",
    "PathStep",
    "accept",
    "date_chip",
    "outcome",
    "replay",
    "skip_rest",
    "watch_key",
]

_R = TypeVar("_R", Rule, Route)


@dataclass(frozen=True)
class PathStep:
    """A step that the student meets; *id* is qualified (`emergency.next`), *values* None when not answered."""

    id: str
    step: Step
    values: tuple[str, ...] | None
    hits: tuple[str, ...] = ()
    """Topics of its watch lists that were found in the text."""


@dataclass(frozen=True)
class Path:
    """The steps met so far, up to and including the first open question."""

    steps: tuple[PathStep, ...]
    detours: tuple[str, ...] = ()
    """Ids of the flows that were opened on the way."""

    @cached_property
    def questions(self) -> tuple[PathStep, ...]:
        """Return the steps that take an answer, in order."""
        return tuple(each for each in self.steps if each.step.is_question)

    @property
    def current(self) -> PathStep | None:
        """Return the first open question, or None when all are answered."""
        return next((each for each in self.questions if each.values is None), None)

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """Return the answers that count: those on the path, each text's topics under its `watch_key`."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.questions:
            if each.values is not None:
                found[each.id] = each.values
            if each.hits:
                found[watch_key(each.id)] = each.hits
        return found

    @property
    def watch(self) -> frozenset[str]:
        """Return the topics that were found in the texts on the path."""
        return frozenset(topic for each in self.questions for topic in each.hits)

    def find(self, step_id: str) -> PathStep | None:
        """Return the step with the qualified id *step_id* if it is on the path."""
        return next((each for each in self.steps if each.id == step_id), None)

    def before(self, step_id: str) -> PathStep | None:
        """Return the question before *step_id*, or None when there is none."""
        earlier = None
        for each in self.steps:
            if each.id == step_id:
                return earlier
            earlier = each if each.step.is_question else earlier
        return None


@dataclass(frozen=True)
class Outcome:
    """What follows from the answers; *categories* begins with the main one, *else_to* steps in when nobody is left."""

    categories: tuple[str, ...]
    urgency: str
    excluded: frozenset[str]
    """Ids of people who never receive the report."""
    to: tuple[str, ...]
    else_to: tuple[str, ...]
    but_not: tuple[str, ...]
    """Roles whose people never receive it, whatever other role they have."""
    flags: frozenset[str]
    """Ids of the detours that were opened."""
    help_ids: tuple[str, ...] = ()
    """Ids of the help cards that go with the report."""
    watch: frozenset[str] = frozenset()
    """Topics that were found in the texts."""


def watch_key(step_id: str) -> str:
    """Return the key under which the topics found in the text of step *step_id* are kept beside the answers."""
    return f"{step_id}.{WATCH}"


def replay(flows: FlowSet, flow_id: str, answers: Answers) -> Path:
    """Walk flow *flow_id* with *answers*; the path is a pure function of its arguments.

    Raises: KeyError when there is no such flow.
    """
    walk = _Walk(flows, answers)
    return Path(tuple(walk.through(flows.flows[flow_id], "")), tuple(walk.opened[1:]))


def skip_rest(flows: FlowSet, flow_id: str, answers: Answers) -> dict[str, tuple[str, ...]] | None:
    """Return *answers* with every open question of the path skipped, or None when one of those must be answered.

    Raises: KeyError when there is no such flow.
    """
    walk = _Walk(flows, answers, is_skipping=True)
    met = tuple(walk.through(flows.flows[flow_id], ""))
    if any(each.values is None for each in met if each.step.is_question):
        return None
    return {**answers, **{each.id: each.values for each in met if each.values == (SKIP,)}}


def outcome(flows: FlowSet, flow_id: str, answers: Answers) -> Outcome:
    """Apply the rules of flow *flow_id* to the answers on the path."""
    flow = flows.flows[flow_id]
    path = replay(flows, flow_id, answers)
    known = path.answers
    if any(each.step.watch and each.values for each in path.questions):
        known["watch"] = tuple(path.watch)
    known["category"] = categories = _categories(flow, known)
    urgency = _first(flow.urgency, known)
    known["urgency"] = (urgency.value,) if urgency else ("soon",)
    route = _first(flow.routes, known) or Route(to=(), else_to=())
    cards = (card for rule in flow.refer if holds(rule.when, known) for card in rule.to)
    return Outcome(
        categories=categories,
        urgency=known["urgency"][0],
        excluded=_excluded(path),
        to=route.to,
        else_to=route.else_to,
        but_not=route.but_not,
        flags=frozenset(path.detours),
        help_ids=tuple(dict.fromkeys(cards)),
        watch=path.watch,
    )


class _Walk:
    """One replay; stops at the first open question (or skips it, when it may) and opens each detour once."""

    def __init__(self, flows: FlowSet, answers: Answers, *, is_skipping: bool = False) -> None:
        self._flows = flows
        self._answers = answers
        self._is_skipping = is_skipping
        self._stopped = False
        self.opened: list[str] = []

    def through(self, flow: Flow, prefix: str) -> Iterator[PathStep]:
        self.opened.append(flow.id)
        known: dict[str, tuple[str, ...]] = {}
        for step in flow.steps.values():
            if self._stopped:
                return
            if step.only_if and not holds(step.only_if, known):
                continue
            met = self._meet(step, prefix)
            yield met
            if met.values is not None:
                known[step.id] = met.values
                if step.watch:
                    known["watch"] = (*known.get("watch", ()), *met.hits)
                if step.detour:
                    yield from self._detours(met)

    def _meet(self, step: Step, prefix: str) -> PathStep:
        step_id = prefix + step.id
        if not step.is_question:
            return PathStep(step_id, step, None)
        values = self._answers.get(step_id)
        if values is None or not is_answer(step, values):
            values = (SKIP,) if self._is_skipping and not step.required else None
        self._stopped = values is None
        hits = self._hits(step, step_id) if step.watch and values not in (None, (SKIP,), (UNSURE,)) else ()
        return PathStep(step_id, step, values, hits)

    def _hits(self, step: Step, step_id: str) -> tuple[str, ...]:
        found = self._answers.get(watch_key(step_id), ())
        return tuple(topic for topic in step.watch if topic in found)

    def _detours(self, met: PathStep) -> Iterator[PathStep]:
        # A kept version does not keep the order of detours; that of chips and topics it does.
        values = met.values or ()
        chosen = values if met.step.kind != "text" or values == (UNSURE,) else met.hits
        for code in (*met.step.chips, *met.step.watch, UNSURE):
            target = met.step.detour.get(code) if code in chosen else None
            if target and target not in self.opened and not self._stopped:
                yield from self.through(self._flows.flows[target], f"{target}.")


def _categories(flow: Flow, known: Answers) -> tuple[str, ...]:
    found = [rule.value for rule in flow.categories if rule.when and holds(rule.when, known)]
    otherwise = [rule.value for rule in flow.categories if not rule.when]
    return tuple(dict.fromkeys(found or otherwise))


def _first(rules: tuple[_R, ...], known: Answers) -> _R | None:
    return next((rule for rule in rules if holds(rule.when, known)), None)


def _excluded(path: Path) -> frozenset[str]:
    people = (each.values or () for each in path.questions if each.step.kind == "person")
    return frozenset(person for chosen in people for person in chosen if not person.startswith("_"))
