"""Checks that need whole conversations: detours, and that every report has a reader and an urgency."""

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from app.flows.faults import cure
from app.flows.model import Flow, Step
from app.flows.reading import Document, Location


@dataclass(frozen=True)
class Built:
    """A conversation, the file it came from and where in it each step stands."""

    flow: Flow
    document: Document
    places: Mapping[str, Location]

    def fault(self, step: Step, key: str, rule: str, message: str) -> None:
        """Note a fault at *key* of *step*."""
        self.document.fault((*self.places[step.id], key), rule, message)


def check_flows(all_built: Mapping[str, Built], known: frozenset[str]) -> None:
    """Note every fault of the conversations together; *known* also names those whose own file is faulty."""
    opened = opened_by(all_built)
    for name, built in all_built.items():
        _check_targets(built, known)
        _check_urgency(built)
        if name not in opened:
            _check_routes(built)
    _check_cycles(all_built)


def opened_by(all_built: Mapping[str, Built]) -> frozenset[str]:
    """Return the ids of the conversations that a detour opens."""
    return frozenset(target for built in all_built.values() for target in _detours(built.flow))


def _detours(flow: Flow) -> frozenset[str]:
    return frozenset(target for step in flow.steps.values() for target in step.detour.values())


def _check_targets(built: Built, known: frozenset[str]) -> None:
    for step in built.flow.steps.values():
        for code, target in step.detour.items():
            if target not in known:
                ending = cure(target, known, f"write {target}.yaml or remove the detour")
                location = (*built.places[step.id], "detour", code)
                built.document.fault(location, "E16", f'unknown flow "{target}": {ending}')


def _check_cycles(all_built: Mapping[str, Built]) -> None:
    try:
        TopologicalSorter({name: _detours(built.flow) for name, built in all_built.items()}).prepare()
    except CycleError as error:
        # graphlib lists a cycle from a flow to the one that opened it, so it is told the other way round.
        ring = _from_first(list(reversed(error.args[1][1:])))
        built = all_built[ring[0]]
        step = next(step for step in built.flow.steps.values() if ring[1] in step.detour.values())
        built.fault(step, "detour", "E17", f"detours go round in a circle: {' > '.join(ring)}: remove one of them")


def _from_first(ring: list[str]) -> list[str]:
    """Return *ring* from its first name in the alphabet round to that name again."""
    first = ring.index(min(ring))
    return [*ring[first:], *ring[: first + 1]]


def _check_routes(built: Built) -> None:
    routes = built.flow.routes
    if not any(not route.when for route in routes):
        message = "a report could end with no reader: end the routes with one that has no when"
        built.document.fault(("routes", len(routes) - 1), "E24", message)
    for index, route in enumerate(routes):
        location: Location = ("routes", index)
        if not route.to or not route.else_to:
            message = "this route may leave nobody when people are left out: give it to and else_to"
            built.document.fault(location, "E24", message)
        if both := set(route.but_not) & {*route.to, *route.else_to}:
            message = f'"{min(both)}" is named to receive and not to receive: remove one'
            built.document.fault((*location, "but_not"), "E24", message)


def _check_urgency(built: Built) -> None:
    rules = built.flow.urgency
    if rules and all(rule.when for rule in rules):
        message = "a report could end with no urgency: end with a rule that has no when"
        built.document.fault(("urgency", len(rules) - 1), "E24", message)
