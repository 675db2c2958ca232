"""What the tests of conversations touch, and what they leave out or misname."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.flows.conditions import holds
from app.flows.engine import Path, outcome, watch_key
from app.flows.faults import Fault, cure
from app.flows.model import ROLES, URGENCIES, Flow, FlowSet, Step
from app.flows.reading import Document, Location
from app.flows.transcript_runs import Run
from app.flows.transcripts import Transcript

Part = Literal["step", "chip", "detour", "category", "urgency", "route", "referral"]
PARTS: Mapping[Part, str] = {
    "step": "steps",
    "chip": "chips",
    "detour": "detours",
    "category": "categories",
    "urgency": "urgency rules",
    "route": "routes",
    "referral": "referrals",
}
_CURE = "add a talk that comes by to flows/tests"
_OTHERWISE = "take one that the talk has"
_KEYS: Mapping[Part, str] = {"category": "categories", "urgency": "urgency", "route": "routes", "referral": "refer"}


@dataclass(frozen=True)
class Item:
    """One thing that a test can touch: a step, a code of it, or a rule by its number from 0."""

    part: Part
    flow: str
    step: str = ""
    code: str = ""
    rule: int = 0

    @property
    def name(self) -> str:
        """Return how people find it: `report > what > mean`, `report > routes > 2`."""
        return " > ".join(
            [self.flow, *([_KEYS[self.part], str(self.rule + 1)] if self.part in _KEYS else self._inside)]
        )

    @property
    def place(self) -> Location:
        """Return where it stands inside its step, or inside the file when it is a rule."""
        if self.part in _KEYS:
            return (_KEYS[self.part], self.rule)
        return {"chip": ("chips", self.code), "detour": ("detour", self.code)}.get(self.part, ())

    @property
    def _inside(self) -> list[str]:
        return [self.step, *([self.code] if self.code else [])]


@dataclass(frozen=True)
class Coverage:
    """Everything that can be touched, in the order of the files, and what was."""

    every: tuple[Item, ...]
    touched: frozenset[Item]

    @property
    def missing(self) -> tuple[Item, ...]:
        """Return what no test touches."""
        return tuple(item for item in self.every if item not in self.touched)

    def percent(self, part: Part | None = None) -> int:
        """Return how much of *part*, or of everything, is touched; only what is whole is 100."""
        items = [item for item in self.every if part in (None, item.part)]
        return 100 * sum(item in self.touched for item in items) // len(items) if items else 100

    def report(self) -> str:
        """Return the percentages and what is missing, as lines."""
        lines = [f"{name:15}{self.percent(part):4} %" for part, name in PARTS.items()]
        lines += [f"{'all':15}{self.percent():4} %"]
        return "\n".join([*lines, *(f"no test touches {item.part} {item.name}" for item in self.missing)])


def coverage_of(flows: FlowSet, runs: Iterable[tuple[Transcript, Run]]) -> Coverage:
    """Return what *runs* touch of *flows*; what they did in another version does not count."""
    touched: set[Item] = set()
    for transcript, run in runs:
        paths = [path for version, path in run.paths if version.hash == flows.hash]
        for path in paths:
            touched.update(_met(transcript.flow, path))
        if paths and paths[-1].current is None:
            touched.update(_applied(flows, transcript.flow, paths[-1]))
    return Coverage(tuple(item for flow in flows.flows.values() for item in _items(flow)), frozenset(touched))


def untested(coverage: Coverage, documents: Mapping[str, Document]) -> tuple[Fault, ...]:
    """Return a warning for each thing that no test touches; *documents* are the files by flow."""
    return tuple(
        Fault(
            document.file,
            document.line(_place(document, item)),
            "W52",
            f"no test touches {item.part} {item.name}: {_CURE}",
        )
        for item in coverage.missing
        if (document := documents.get(item.flow))
    )


def misnamed(transcript: Transcript, versions: Iterable[FlowSet]) -> tuple[Fault, ...]:
    """Return a fault for each id or code in *transcript* that none of its *versions* has."""
    names = _Names(transcript, tuple(versions))
    return tuple(
        Fault(transcript.file, line, "E53", f'unknown {kind} "{name}": {cure(name, names.known(kind), _OTHERWISE)}')
        for line, kind, name in names.used()
        if name not in names.known(kind)
    )


def _items(flow: Flow) -> Iterator[Item]:
    for step in flow.steps.values():
        yield Item("step", flow.id, step.id)
        yield from (Item("chip", flow.id, step.id, code) for code in step.offered)
        yield from (Item("detour", flow.id, step.id, code) for code in step.detour)
    for part, key in _KEYS.items():
        yield from (Item(part, flow.id, rule=number) for number in range(len(getattr(flow, key))))


def _met(flow_id: str, path: Path) -> Iterator[Item]:
    for each in path.steps:
        step, flow = each.step, flow_and_step(each.id, flow_id)[0]
        yield Item("step", flow, step.id)
        codes = (*(each.values or ()), *path.answers.get(watch_key(each.id), ()))
        yield from (Item("chip", flow, step.id, code) for code in codes if code in step.offered)
        yield from (Item("detour", flow, step.id, code) for code in codes if code in step.detour)


def _applied(flows: FlowSet, flow_id: str, path: Path) -> Iterator[Item]:
    flow, came = flows.flows[flow_id], outcome(flows, flow_id, path.answers)
    known = {**path.answers, "category": came.categories, "urgency": (came.urgency,)}
    if any(each.step.watch and each.values for each in path.questions):
        known["watch"] = tuple(came.watch)
    for part, key in _KEYS.items():
        rules = getattr(flow, key)
        held = [number for number, rule in enumerate(rules) if holds(rule.when, known)]
        if part == "category":
            held = [number for number in held if rules[number].when] or held
        yield from (Item(part, flow.id, rule=number) for number in (held[:1] if part in _FIRST else held))


def flow_and_step(step_id: str, flow_id: str) -> tuple[str, str]:
    """Return the flow and the plain id of a qualified step id met in *flow_id*."""
    flow, _, step = step_id.rpartition(".")
    return flow or flow_id, step


def _place(document: Document, item: Item) -> Location:
    """Return where *item* stands in *document*; a step may stand inside sections."""
    if not item.step:
        return item.place
    found = (location for location in document.lines if location[-2:] == ("steps", item.step))
    return (*next(found, ()), *item.place)


class _Names:
    """What a test may name, and what it names."""

    def __init__(self, transcript: Transcript, versions: tuple[FlowSet, ...]) -> None:
        self._test = transcript
        self._flows = [flow for version in versions for flow in version.flows.values()]
        self._steps = {
            (f"{flow.id}." if flow.id != transcript.flow else "") + step.id: step
            for flow in self._flows
            for step in flow.steps.values()
        }
        self._known = self._all()

    def used(self) -> Iterator[tuple[int, str, str]]:
        """Yield line, kind and name of everything that must exist."""
        for move in self._test.moves:
            if move.verb in _NAMING:
                yield move.line, _NAMING[move.verb], move.on
            if move.on in self._steps and self._steps[move.on].kind in ("chips", "place", "person"):
                yield from ((move.line, f"code of {move.on}", code) for code in move.values)
        for key, values in self._test.expect.items():
            if key in _EXPECTING:
                yield from ((self._test.lines.get(key, self._test.line), _EXPECTING[key], value) for value in values)

    def known(self, kind: str) -> tuple[str, ...]:
        """Return the names of *kind*."""
        if kind.startswith("code of "):
            return self._codes(self._steps[kind.removeprefix("code of ")])
        return self._known[kind]

    def _all(self) -> dict[str, tuple[str, ...]]:
        flows, steps = self._flows, self._steps
        topics = tuple(topic for step in steps.values() for topic in step.watch)
        codes = (code for step in steps.values() for code in self._codes(step))
        return {
            "step": tuple(steps),
            "flow": tuple(flow.id for flow in flows),
            "topic": topics,
            "category": tuple(rule.value for flow in flows for rule in flow.categories),
            "urgency": URGENCIES,
            "role": ROLES,
            "card": tuple(card for flow in flows for rule in flow.refer for card in rule.to),
            "person": self._test.people,
            "step or code": (*steps, *codes, *topics),
        }

    def _codes(self, step: Step) -> tuple[str, ...]:
        listed = {"place": self._test.places, "person": self._test.people}.get(step.kind, tuple(step.chips))
        return (*listed, *step.constants)


_FIRST = ("urgency", "route")
_NAMING = {"answer": "step", "skip": "step", "change": "step", "detour": "flow", "warned": "topic"}
_EXPECTING = {
    **dict.fromkeys(("path", "shown", "never_shown", "open"), "step"),
    **dict.fromkeys(("to", "else_to"), "role"),
    "categories": "category",
    "urgency": "urgency",
    "excluded": "person",
    "help": "card",
    "flags": "flow",
    "watch": "topic",
    "never_stored": "step or code",
}
