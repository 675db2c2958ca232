"""Proofs over all that students can answer: what is never shown, always true, never first, or leaves nobody to read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.flows.checking_flows import Built
from app.flows.conditions import GROUPS
from app.flows.engine import Path
from app.flows.mentions import named
from app.flows.model import ROLES, SKIP, Condition, Flow, Route
from app.flows.reachability import TooManyError, before, outcomes, verdict
from app.flows.reading import Location

RuleKey = Literal["categories", "urgency", "routes", "refer"]
_RULES: tuple[RuleKey, ...] = ("categories", "urgency", "routes", "refer")
_FIRST_COUNTS: tuple[RuleKey, ...] = ("urgency", "routes")
"""Of these rules only the first that holds counts; of the others each one does."""
_MANY = "there are more combinations of answers than are tried"


@dataclass(frozen=True)
class Guard:
    """A condition of a step or section as written, what the sections *around* it ask, and the first step it is for."""

    place: Location
    condition: Condition
    around: Condition | None
    step_id: str


def check_logic(built: Built) -> tuple[str, ...]:
    """Note what can be proven wrong in a conversation whose conditions are sound; return what could not be proven."""
    _check_negatives(built)
    return (*_check_guards(built), *_check_rules(built), *_check_readers(built))


def guards_of(steps: Mapping[str, Any], place: Location, around: Condition | None = None) -> Iterator[Guard]:
    """Yield each condition under *steps*, which stand at *place*, in the order of the file."""
    for name, step in steps.items():
        own, inner = step.get("only_if"), step.get("steps") or {}
        if own:
            yield Guard((*place, name), own, around, _first_step(name, step))
        both = {"all": [around, own]} if around and own else around or own
        yield from guards_of(inner, (*place, name, "steps"), both)


def _first_step(name: str, step: Mapping[str, Any]) -> str:
    while step.get("steps"):
        name, step = next(iter(step["steps"].items()))
    return name


def _check_guards(built: Built) -> Iterator[str]:
    hidden: list[Location] = []
    for guard in guards_of(built.document.data["steps"], ("steps",)):
        if any(guard.place[: len(place)] == place for place in hidden):
            continue
        found = verdict(before(built.flow, guard.step_id), guard.condition, guard.around)
        name, here = guard.place[-1], (*guard.place, "only_if")
        if found == "never":
            hidden.append(guard.place)
            message = f'"{name}" can never be shown, whatever is answered: change its only_if or remove it'
            built.document.fault(here, "E13", message)
        elif found == "always":
            built.document.fault(here, "W14", f'the only_if of "{name}" holds always: leave it out')
        elif found == "not proven":
            yield _note(built, here, f'whether "{name}" can be shown is not proven: {_MANY}')


def _check_negatives(built: Built) -> None:
    for guard in guards_of(built.document.data["steps"], ("steps",)):
        _check_negative(built, guard.condition, (*guard.place, "only_if"))
    for key in _RULES:
        for index, rule in enumerate(getattr(built.flow, key)):
            _check_negative(built, rule.when, (key, index, "when"))


def _check_negative(built: Built, condition: Condition, place: Location) -> None:
    # Whoever names skipping anywhere in the condition has thought of it.
    thought_of = {name for name, codes in named(condition) if SKIP in codes}
    for name, here in _denied(condition, place, is_denied=False):
        step = built.flow.steps.get(name)
        if step and SKIP in step.constants and name not in thought_of:
            message = f'this also holds when "{name}" is skipped: list the answers that count, or name {SKIP} as well'
            built.document.fault(here, "W15", message)


def _denied(condition: Condition, place: Location, *, is_denied: bool) -> Iterator[tuple[str, Location]]:
    """Yield each step or fact of which *condition* wants that an answer was not given, and where."""
    for key, value in condition.items():
        if key in GROUPS:
            for index, part in enumerate(value):
                yield from _denied(part, (*place, key, index), is_denied=is_denied != (key == "none"))
        elif is_denied:
            yield key, (*place, key)


def _check_rules(built: Built) -> Iterator[str]:
    for key in _RULES:
        for index, rule in enumerate(getattr(built.flow, key)):
            # A rule without a condition is for what is left over here, which may well be nothing.
            if key not in _FIRST_COUNTS and not rule.when:
                continue
            yield from _check_rule(built, key, index)


def _check_rule(built: Built, key: RuleKey, index: int) -> Iterator[str]:
    place: Location = (key, index)
    try:
        if not can_decide(built.flow, key, index):
            can = "be the first that holds: move it up," if key in _FIRST_COUNTS else "hold:"
            built.document.fault(place, "W18", f"this rule can never {can} change its when or remove it")
    except TooManyError:
        yield _note(built, place, f"whether this rule can hold is not proven: {_MANY}")


def can_decide(flow: Flow, key: RuleKey, index: int) -> bool:
    """Tell whether rule *index* under *key* can hold and, where only the first counts, be the first that does.

    Raises: TooManyError.
    """
    return any(_deciding(flow, key, index))


def _deciding(flow: Flow, key: RuleKey, index: int, more: Sequence[Condition] = ()) -> Iterator[Path]:
    """Yield each talk in which the rule decides; *more* are conditions that must be told apart as well."""
    rules = getattr(flow, key)
    counted = rules[: index + 1] if key in _FIRST_COUNTS else rules[index : index + 1]
    changed: dict[str, Any] = {key: (*counted[:-1], _MARKED[key](counted[-1]))}
    told = replace(flow, **changed)
    for path, found in outcomes(told, [*(rule.when for rule in counted), *more]):
        if _MARK in (*found.categories, found.urgency, *found.to, *found.help_ids):
            yield path


def _check_readers(built: Built) -> Iterator[str]:
    """Note each route that leaves nobody when a report is about a reader, in a school with one person of each role."""
    people = [step.id for step in built.flow.steps.values() if step.kind == "person"]
    for index, route in enumerate(built.flow.routes):
        place: Location = ("routes", index)
        gone = next((role for role in ROLES if not _left(route, role)), None)
        if not people or gone is None or not (route.to and route.else_to):
            continue
        if route.but_not:
            yield _note(built, place, "this route may leave nobody, as its but_not wants")
            continue
        try:
            found = any(_names_people(path) for path in _deciding(built.flow, "routes", index, [{"answered": people}]))
        except TooManyError:
            yield _note(built, place, f"whether somebody is left to read is not proven: {_MANY}")
            continue
        if found:
            message = f"nobody is left to read when the report is about the {gone} adviser: name the other in else_to"
            built.document.fault(place, "E24", message)


def _note(built: Built, place: Location, message: str) -> str:
    return f"{built.document.file}:{built.document.line(place)}: {message}"


def _left(route: Route, gone: str) -> set[str]:
    return {*route.to, *route.else_to} - {gone, *route.but_not}


def _names_people(path: Path) -> bool:
    return any(each.step.kind == "person" for each in path.questions)


_MARK = "_decides"
_MARKED: Mapping[RuleKey, Callable[[Any], Any]] = {
    "categories": lambda rule: replace(rule, value=_MARK),
    "urgency": lambda rule: replace(rule, value=_MARK),
    "routes": lambda rule: replace(rule, to=(_MARK,)),
    "refer": lambda rule: replace(rule, to=(_MARK,)),
}
