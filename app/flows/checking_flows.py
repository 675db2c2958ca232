"""Checks that need whole conversations: detours, safety before free text, and that every report has a reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from app.flows.faults import cure
from app.flows.model import Flow, Route, Rule, Step
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
    detours = {name: _detours(built.flow) for name, built in all_built.items()}
    opened = frozenset(target for targets in detours.values() for target in targets)
    for name, built in all_built.items():
        _check_targets(built, known)
        _check_cautions(built)
        _check_order(built, "urgency", built.flow.urgency)
        _check_order(built, "routes", built.flow.routes)
        if name not in opened:
            _check_danger_first(built, all_built)
            _check_routes(built)
    _check_cycles(all_built, detours)


def _detours(flow: Flow) -> frozenset[str]:
    return frozenset(target for step in flow.steps.values() for target in step.detour.values())


def _check_targets(built: Built, known: frozenset[str]) -> None:
    for step in built.flow.steps.values():
        for code, target in step.detour.items():
            if target not in known:
                ending = cure(target, known, f"write {target}.yaml or remove the detour")
                location = (*built.places[step.id], "detour", code)
                built.document.fault(location, "E16", f'unknown flow "{target}": {ending}')


def _check_cycles(all_built: Mapping[str, Built], detours: Mapping[str, frozenset[str]]) -> None:
    try:
        TopologicalSorter(detours).prepare()
    except CycleError as error:
        # graphlib lists a cycle from a flow to the one that opened it, so it is told the other way round.
        ring = list(reversed(error.args[1]))
        built = all_built[ring[0]]
        step = next(step for step in built.flow.steps.values() if ring[1] in step.detour.values())
        built.fault(step, "detour", "E17", f"detours go round in a circle: {' > '.join(ring)}: remove one of them")


def _check_cautions(built: Built) -> None:
    for step in built.flow.steps.values():
        if step.long and not step.caution:
            message = f'"{step.id}" takes a long text: add a caution about what makes a student known'
            built.fault(step, "text", "E21", message)


def _check_danger_first(built: Built, all_built: Mapping[str, Built]) -> None:
    for step in built.flow.steps.values():
        if _asks_about_danger(step, all_built):
            return
        if step.kind == "text":
            message = f'"{step.id}" takes free text before danger is asked: first ask with a detour to a flow with help'
            built.fault(step, "text", "E20", message)
            return


def _asks_about_danger(step: Step, all_built: Mapping[str, Built]) -> bool:
    targets = [all_built[target].flow for target in step.detour.values() if target in all_built]
    helps = any(each.help for flow in targets for each in flow.steps.values())
    return step.required and not step.only_if and helps


def _check_routes(built: Built) -> None:
    routes = built.flow.routes
    if not routes or routes[-1].when:
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


def _check_order(built: Built, key: str, rules: Sequence[Rule | Route]) -> None:
    open_ended = [index for index, rule in enumerate(rules) if not rule.when]
    if open_ended and open_ended[0] < len(rules) - 1:
        message = "no rule after this one can be reached: move it to the end"
        built.document.fault((key, open_ended[0]), "E18", message)
    if key == "urgency" and rules and not open_ended:
        message = "a report could end with no urgency: end with a rule that has no when"
        built.document.fault((key, len(rules) - 1), "E24", message)
