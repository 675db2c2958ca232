"""Builds one conversation out of one checked file: folds sections, and checks ids, answer types and conditions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.flows.checking_conditions import Scope
from app.flows.conditions import RESERVED
from app.flows.faults import cure
from app.flows.model import (
    PICTOGRAMS,
    ROLES,
    SCHOOL_INTRO,
    SCHOOL_QUESTION,
    UNSURE,
    URGENCIES,
    Condition,
    Flow,
    Kind,
    Referral,
    Route,
    Rule,
    Step,
)
from app.flows.reading import AMBIGUOUS, Document, Location
from app.flows.shape import FlowShape, ReferralShape, RouteShape, RuleShape, StepShape

NAME = re.compile(r"[a-z][a-z0-9_]*")
QUESTION_KEYS = (
    *("hint", "label", "caution", "why", "many", "required", "unsure", "detour", "watch", "retired", "pictograms"),
    "pinned",
)
SECTION_KEYS = {"steps", "only_if", "note", "label", "switch"}
FITTING: Mapping[str, tuple[Kind, ...]] = {
    "many": ("chips", "place", "person"),
    "retired": ("chips",),
    "pictograms": ("chips",),
    "watch": ("text",),
}
"""Keys that only some answer types take."""


@dataclass(frozen=True)
class _Around:
    """What a step takes over from the sections it stands in."""

    only_if: Condition | None = None
    part: str = ""


class Builder:
    """Turns the shape of one file into a flow; faults go into the document."""

    def __init__(self, document: Document, shape: FlowShape) -> None:
        self._document = document
        self._shape = shape
        self._places: dict[str, Location] = {}
        self._steps: dict[str, Step] = {}
        self._ids: set[str] = set()

    def build(self) -> tuple[Flow, Mapping[str, Location]]:
        """Return the flow and where in the file each of its steps stands."""
        shape = self._shape
        self._name(shape.flow, ("flow",))
        stem = self._document.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        if shape.flow != stem:
            message = f'flow "{shape.flow}" stands in {stem}.yaml: give both the same name'
            self._document.fault(("flow",), "E04", message)
        self._ids = _ids_of(shape.steps)
        self._add_steps(shape.steps, ("steps",), _Around())
        self._check_retired_steps()
        return self._flow(), self._places

    def _flow(self) -> Flow:
        shape = self._shape
        categories = self._rules(shape.categories, "categories", {})
        facts: dict[str, list[str]] = {"category": [rule.value for rule in categories]}
        urgency = self._rules(shape.urgency, "urgency", facts)
        facts["urgency"] = list(URGENCIES)
        return Flow(
            id=shape.flow,
            title=shape.title,
            steps=self._steps,
            end=shape.end,
            categories=categories,
            urgency=urgency,
            routes=tuple(self._route(route, index, facts) for index, route in enumerate(shape.routes)),
            refer=tuple(self._referral(rule, index, facts) for index, rule in enumerate(shape.refer)),
            retired=tuple(shape.retired),
            slots=self._slots(),
        )

    def _add_steps(self, steps: Mapping[str, StepShape], location: Location, around: _Around) -> None:
        for name, shape in steps.items():
            self._add_step(name, shape, (*location, name), around)

    def _add_step(self, name: str, shape: StepShape, location: Location, around: _Around) -> None:
        self._name(name, location)
        self._check_id(name, location)
        self._places.setdefault(name, location)
        if "only_if" in shape.model_fields_set:
            self._scope({}).check(shape.only_if, (*location, "only_if"))
        inside = _Around(_both(around.only_if, shape.only_if), self._part(name, shape, location, around))
        if shape.steps:
            self._check_section(name, shape, location)
            self._add_steps(shape.steps, (*location, "steps"), inside)
        else:
            self._steps[name] = self._step(name, shape, location, inside)

    def _check_id(self, name: str, location: Location) -> None:
        if name in self._places:
            first = self._document.line(self._places[name])
            self._document.fault(location, "E02", f'"{name}" is the id of another step, on line {first}: rename one')
        if name in (SCHOOL_INTRO, SCHOOL_QUESTION):
            message = f'"{name}" is kept for what a school adds: take another id'
            self._document.fault(location, "E04", message)

    def _part(self, name: str, shape: StepShape, location: Location, around: _Around) -> str:
        if not shape.switch:
            return around.part
        if around.part:
            message = f'"{name}" stands inside "{around.part}", which can be switched off already: keep one switch'
            self._document.fault((*location, "switch"), "E03", message)
        return name

    def _check_section(self, name: str, shape: StepShape, location: Location) -> None:
        for key in sorted(shape.model_fields_set - SECTION_KEYS):
            message = f'section "{name}" only holds other steps: move "{key}" into one of them'
            self._document.fault((*location, key), "E03", message)

    def _step(self, name: str, shape: StepShape, location: Location, around: _Around) -> Step:
        step = Step(
            id=name,
            kind=self._kind(name, shape, location),
            **_in_context(shape),
            long=shape.text == "long",
            only_if=around.only_if,
            watch=tuple(shape.watch),
            help=tuple(shape.help),
            retired=tuple(shape.retired),
            part=around.part,
        )
        for code in shape.chips:
            self._name(code, (*location, "chips", code))
        self._check_fitting(step, location)
        self._check_retired(step, location)
        self._check_pictograms(step, location)
        for code in shape.detour:
            self._check_detour(step, code, (*location, "detour", code))
        return step

    def _check_fitting(self, step: Step, location: Location) -> None:
        for key, kinds in FITTING.items():
            if step.is_question and getattr(step, key) and step.kind not in kinds:
                message = f'"{key}" does not go with {step.kind}: only with {", ".join(kinds)}'
                self._document.fault((*location, key), "E03", message)

    def _check_retired(self, step: Step, location: Location) -> None:
        here: Location = (*location, "retired")
        for index, code in enumerate(step.retired):
            if step.kind == "chips" and code not in step.chips:
                ending = cure(code, step.chips, "a retired code keeps its chip and its text")
                self._document.fault((*here, index), "E11", f'unknown code "{code}" of "{step.id}": {ending}')
        if step.chips and not step.offered:
            self._document.fault(here, "E03", f'step "{step.id}" offers no chip any more: keep one that is not retired')

    def _check_pictograms(self, step: Step, location: Location) -> None:
        for code, name in step.pictograms.items():
            here: Location = (*location, "pictograms", code)
            if step.kind == "chips" and code not in step.chips:
                ending = cure(code, step.chips, f"known are {', '.join(step.chips)}")
                self._document.fault(here, "E11", f'unknown code "{code}" of "{step.id}": {ending}')
            if name not in PICTOGRAMS:
                ending = cure(name, PICTOGRAMS, f"there are {', '.join(PICTOGRAMS)}")
                self._document.fault(here, "E36", f'unknown pictogram "{name}": {ending}')

    def _kind(self, name: str, shape: StepShape, location: Location) -> Kind:
        given: dict[Kind, object] = {
            "chips": shape.chips,
            "text": shape.text,
            "date": shape.date,
            "place": shape.place,
            "person": shape.person,
        }
        types = [kind for kind, value in given.items() if value]
        if message := _type_fault(shape, types):
            self._document.fault(location, "E03", f'step "{name}" {message}')
        return types[0] if types else "say"

    def _check_detour(self, step: Step, code: str, location: Location) -> None:
        known = [*step.chips, *step.watch, *([UNSURE] if step.unsure else [])]
        if code not in known:
            ending = cure(code, known, f"known are {', '.join(known) or 'none'}")
            self._document.fault(location, "E11", f'unknown code "{code}" of "{step.id}": {ending}')

    def _rules(self, shapes: list[RuleShape], key: str, facts: Mapping[str, list[str]]) -> tuple[Rule, ...]:
        for index, shape in enumerate(shapes):
            location: Location = (key, index)
            self._check_when(shape, location, facts)
            if key == "urgency" and shape.value not in URGENCIES:
                ending = cure(shape.value, URGENCIES, f"known are {', '.join(URGENCIES)}")
                self._document.fault((*location, "is"), "E11", f'unknown urgency "{shape.value}": {ending}')
            self._name(shape.value, (*location, "is"))
        return tuple(Rule(value=shape.value, when=shape.when) for shape in shapes)

    def _route(self, shape: RouteShape, index: int, facts: Mapping[str, list[str]]) -> Route:
        location: Location = ("routes", index)
        self._check_when(shape, location, facts)
        for key in ("to", "else_to", "but_not"):
            for place, role in enumerate(getattr(shape, key)):
                if role not in ROLES:
                    ending = cure(role, ROLES, f"known are {', '.join(ROLES)}")
                    self._document.fault((*location, key, place), "E25", f'unknown role "{role}": {ending}')
        return Route(when=shape.when, to=tuple(shape.to), else_to=tuple(shape.else_to), but_not=tuple(shape.but_not))

    def _referral(self, shape: ReferralShape, index: int, facts: Mapping[str, list[str]]) -> Referral:
        self._check_when(shape, ("refer", index), facts)
        return Referral(to=tuple(shape.to), when=shape.when)

    def _slots(self) -> dict[str, str]:
        slots: dict[str, str] = self._shape.slots.model_dump(exclude_unset=True)
        for key, name in slots.items():
            if name not in self._steps:
                ending = cure(name, self._steps, "name a step of this file, no section")
                self._document.fault(("slots", key), "E10", f'unknown step "{name}": {ending}')
        return slots

    def _check_retired_steps(self) -> None:
        for index, name in enumerate(self._shape.retired):
            self._name(name, ("retired", index))
            if name in self._places:
                line = self._document.line(self._places[name])
                message = f'"{name}" is retired and is the id of a step, on line {line}: rename the step'
                self._document.fault(("retired", index), "E02", message)

    def _check_when(
        self, shape: RuleShape | RouteShape | ReferralShape, location: Location, facts: Mapping[str, list[str]]
    ) -> None:
        if "when" in shape.model_fields_set:
            self._scope(facts).check(shape.when, (*location, "when"))

    def _scope(self, facts: Mapping[str, list[str]]) -> Scope:
        return Scope(self._document, self._ids, self._steps, facts)

    def _name(self, name: str, location: Location) -> None:
        if AMBIGUOUS.fullmatch(name):
            message = f'"{name}" is read as a boolean or a number by some readers: take another word'
            self._document.fault(location, "E05", message)
        elif name in RESERVED or not NAME.fullmatch(name):
            message = (
                f'"{name}" cannot be a name: use a-z, 0-9 and _, a letter first, and none of {", ".join(RESERVED)}'
            )
            self._document.fault(location, "E04", message)


_TEXTS = {"say", "ask", "hint", "label", "caution", "why"}
_COPIED = {*_TEXTS, "chips", "many", "required", "unsure", "detour", "pictograms", "pinned"}


def _in_context(shape: StepShape) -> dict[str, Any]:
    """Return the keys that a step takes over, each text with its context before it, as gettext wants it."""
    copied = shape.model_dump(include=_COPIED)
    if not shape.context:
        return copied
    texts = {key: f"{shape.context}\x04{copied[key]}" for key in _TEXTS if copied[key]}
    chips = {code: f"{shape.context}\x04{text}" for code, text in shape.chips.items()}
    return {**copied, **texts, "chips": chips}


def _ids_of(steps: Mapping[str, StepShape]) -> set[str]:
    found = set(steps)
    for shape in steps.values():
        found |= _ids_of(shape.steps)
    return found


def _both(outer: Condition | None, inner: Condition) -> Condition | None:
    return {"all": [dict(outer), dict(inner)]} if outer and inner else outer or inner or None


def _type_fault(shape: StepShape, types: list[Any]) -> str:
    if shape.ask and len(types) != 1:
        given = " and ".join(types) or "none"
        return f"needs exactly one of chips, text, date, place, person, not {given}"
    if shape.ask:
        return ""
    if types:
        return f"has {types[0]} but no question: add ask"
    if not shape.say and "say" not in shape.model_fields_set:
        return "says nothing and asks nothing: add say or ask"
    extra = [key for key in QUESTION_KEYS if getattr(shape, key)]
    return f'asks nothing, so it cannot have "{extra[0]}": remove it or add ask' if extra else ""
