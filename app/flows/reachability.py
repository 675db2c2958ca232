"""Proves what a student can and cannot meet, by trying every answer that can make a difference.

Only the questions that a condition rests on are tried, and of each only the answers that something compares with, plus
one that nothing does. The engine itself replays every combination, so that the proof and the talk cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Literal

from app.flows.engine import Answers, Outcome, Path, PathStep, outcome, replay, watch_key
from app.flows.mentions import behind
from app.flows.model import DAYS, LONGER_AGO, SKIP, UNSURE, Condition, Flow, FlowSet, Step

MOST_COMBINATIONS = 50_000
"""How many combinations of answers are tried before a proof is given up."""
Verdict = Literal["never", "sometimes", "always", "not proven"]

_TOLD_ON = date(2026, 1, 30)
_AROUND = "_around"
_PROBE = "_probe"
_SAMPLE = ("...",)
"""Stands for a text, a place or a person that nothing asks about."""


class TooManyError(Exception):
    """Raised when there are more combinations of answers than are tried."""


def before(flow: Flow, step_id: str) -> Flow:
    """Return *flow* as far as a student has come when the step *step_id* is next."""
    ids = list(flow.steps)
    return replace(flow, steps={name: flow.steps[name] for name in ids[: ids.index(step_id)]})


def verdict(flow: Flow, condition: Condition, around: Condition | None = None) -> Verdict:
    """Tell when *condition* holds at the end of *flow*, among the talks in which the one *around* it holds."""
    both = {"all": [around, condition]} if around else condition
    probes = (_probe(_AROUND, around), _probe(_PROBE, both))
    reached: set[bool] = set()
    try:
        for path in _talks(flow, [both], probes)[1]:
            if path.find(_AROUND):
                reached.add(path.find(_PROBE) is not None)
            if len(reached) > 1:
                return "sometimes"
    except TooManyError:
        return "not proven"
    return "always" if reached == {True} else "never"


def outcomes(flow: Flow, conditions: Iterable[Condition]) -> Iterator[tuple[Path, Outcome]]:
    """Yield a finished talk with its outcome for each combination of answers on which *conditions* rest.

    The talks go through those questions only, so what does not rest on them is not in the outcome.
    Raises: TooManyError.
    """
    sliced, paths = _talks(flow, conditions, ())
    return ((path, outcome(sliced, flow.id, path.answers)) for path in paths)


def _talks(flow: Flow, conditions: Iterable[Condition], more: Sequence[Step]) -> tuple[FlowSet, Iterator[Path]]:
    """Return what is left of *flow* for *conditions*, with the steps *more* at its end, and the talks through it."""
    mentions = behind(flow, conditions)
    kept = [replace(step, detour={}) for step in flow.steps.values() if step.id in mentions]
    steps = {step.id: step for step in (*kept, *more)}
    sliced = FlowSet({flow.id: replace(flow, steps=steps)}, "")
    return sliced, _walks(sliced, flow.id, lambda met: answers_to(met, mentions.get(met.id, frozenset())))


def witness(flows: FlowSet, flow_id: str, step_id: str) -> dict[str, tuple[str, ...]] | None:
    """Return short answers after which flow *flow_id* comes to the step *step_id* (`emergency.next` in a detour).

    None means that it was not found: nobody can come there, or there are too many combinations to try.
    """
    found: list[dict[str, tuple[str, ...]]] = []
    for way in _ways(flows, flow_id, step_id):
        # What was found before there were too many is still a way there.
        with suppress(TooManyError):
            for path in _walks(flows, flow_id, _along(way), step_id):
                found += [path.answers] if path.find(step_id) else []
    return min(found, key=_effort, default=None)


def answers_to(met: PathStep, mentioned: frozenset[str]) -> list[Answers]:
    """Return answers to the question *met*: all that differ in what is *mentioned*, and one beside them."""
    step = met.step
    compared = _days(mentioned) if step.kind == "date" else _choices(step, mentioned)
    constants = [(code,) for code in (SKIP, UNSURE) if code in step.constants and code in mentioned]
    values = dict.fromkeys([*_beside(step, mentioned), *constants, *compared])
    hits = _subsets([topic for topic in step.watch if topic in mentioned])
    return [*({met.id: each} for each in values), *({met.id: _SAMPLE, watch_key(met.id): each} for each in hits)]


def _choices(step: Step, mentioned: frozenset[str]) -> list[tuple[str, ...]]:
    codes = [code for code in _codes(step) if code in mentioned]
    return _subsets(codes) if step.many else [(code,) for code in codes]


def _codes(step: Step) -> list[str]:
    return [*step.offered, *(code for code in step.constants if code not in (SKIP, UNSURE, *DAYS))]


def _subsets(codes: Sequence[str]) -> list[tuple[str, ...]]:
    if 2 ** len(codes) > MOST_COMBINATIONS:
        raise TooManyError
    return list(chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1)))


def _days(mentioned: frozenset[str]) -> list[tuple[str, ...]]:
    numbers = sorted(int(number) for number in mentioned if number.isdecimal())
    told_on = _TOLD_ON.isoformat()
    days = [(_TOLD_ON - timedelta(days=number)).isoformat() for number in numbers]
    return [(day, told_on) for day in (*days, LONGER_AGO)]


def _beside(step: Step, avoided: frozenset[str]) -> list[tuple[str, ...]]:
    """Return an answer that has none of the codes *avoided*, the least one first, where there is one."""
    free = [code for code in (SKIP, *step.offered, UNSURE) if code not in avoided]
    known: list[tuple[str, ...]] = [(code,) for code in free if code in (*step.constants, *step.offered)]
    if step.kind == "date":
        known.append((LONGER_AGO, _TOLD_ON.isoformat()))
    elif step.kind != "chips":
        known.append(_SAMPLE)
    return known[:1]


def _along(way: "_Way") -> Callable[[PathStep], list[Answers]]:
    def answers(met: PathStep) -> list[Answers]:
        if met.id in way:
            given = way[met.id]
            return [given] if isinstance(given, Mapping) else answers_to(met, given)
        return [_shortest(met)]

    return answers


def _shortest(met: PathStep) -> Answers:
    return {met.id: (_beside(met.step, frozenset(met.step.detour)) or _beside(met.step, frozenset()))[0]}


_Way = Mapping[str, frozenset[str] | Answers]
"""By qualified id either what matters of the answer, or the answer itself."""


def _ways(flows: FlowSet, flow_id: str, step_id: str) -> Iterator[_Way]:
    """Yield each way to *step_id*: through no detour, or through each that opens its flow."""
    inside, _, name = step_id.rpartition(".")
    flow = flows.flows.get(inside or flow_id)
    if flow is None or name not in flow.steps:
        return
    prefix = f"{inside}." if inside else ""
    near = {f"{prefix}{each}": codes for each, codes in behind(flow, [flow.steps[name].only_if or {}]).items()}
    if not inside:
        yield near
        return
    for opener, answer in _openers(flows, flow_id, inside):
        for way in _ways(flows, flow_id, opener):
            yield {**way, **near, opener: answer}


def _openers(flows: FlowSet, flow_id: str, target: str) -> Iterator[tuple[str, Answers]]:
    for flow in flows.flows.values():
        for step in flow.steps.values():
            qualified = step.id if flow.id == flow_id else f"{flow.id}.{step.id}"
            for code in (code for code, opened in step.detour.items() if opened == target):
                watched = {qualified: _SAMPLE, watch_key(qualified): (code,)}
                yield qualified, watched if code in step.watch else {qualified: (code,)}


def _walks(
    flows: FlowSet, flow_id: str, answers_at: Callable[[PathStep], list[Answers]], until: str = ""
) -> Iterator[Path]:
    """Yield each talk in which every question gets one of its answers, up to the step *until* or to the end."""
    waiting: list[Answers] = [{}]
    yielded = 0
    while waiting:
        answers = waiting.pop()
        path = replay(flows, flow_id, answers)
        if path.current is not None and not path.find(until):
            waiting += [{**answers, **each} for each in reversed(answers_at(path.current))]
            continue
        yielded += 1
        if yielded > MOST_COMBINATIONS:
            raise TooManyError
        yield path


def _probe(step_id: str, condition: Condition | None) -> Step:
    return Step(id=step_id, say=step_id, only_if=condition)


def _effort(answers: Answers) -> tuple[int, int]:
    return len(answers), sum(values != (SKIP,) for values in answers.values())
