"""Answers of a try-out as an address carries them: codes only, and a fixed sentence wherever there are own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.flows.answers import date_chip
from app.flows.engine import AnswerError, Answers, Choices, Outcome, Path, accept, watch_key
from app.flows.model import DAYS, ELSEWHERE, LONGER_AGO, SKIP, UNSURE, FlowSet, Step
from app.flows.playing import expected
from app.flows.transcripts import PEOPLE, PLACES, Move, written
from app.flows.watching import WatchLists
from app.talks.queries import MAIN

TEXT = "_text"
"""Stands for the plain sentence."""
SAMPLES: Mapping[str, str] = {
    TEXT: "Ze lachen me elke dag uit in de pauze.",
    "life": "Ik wil niet meer leven.",
    "threat": "Hij gaat morgen iemand neersteken.",
    "sexual": "Ik ben aangerand.",
    "home": "Mijn vader slaat mij.",
}
"""A sentence for each topic that is watched; Dutch, since the lists of every language look at every text."""
READERS: Mapping[str, str] = dict(zip(PEOPLE, ("internal", "external"), strict=True))
"""Who stands in for the people of a school, with the role of each."""
MOST_PAIRS = 500

Given = Mapping[str, tuple[str, ...]]
"""Codes by qualified step id, in the order in which they were given."""


@dataclass(frozen=True)
class Ground:
    """What a try-out stands on: the talks, the lists that look at texts, the places to choose and the day."""

    flows: FlowSet
    lists: WatchLists
    places: Mapping[str, str] = field(repr=False)
    today: date

    @property
    def choices(self) -> Choices:
        """Return what can be chosen."""
        return Choices(tuple(self.places), tuple(READERS), self.today)


def read_pairs(pairs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read what `pairs_of` wrote; what has no form is left out."""
    given: dict[str, tuple[str, ...]] = {}
    for pair in list(pairs)[:MOST_PAIRS]:
        step_id, colon, code = pair.partition(":")
        if colon and code not in given.get(step_id, ()):
            given[step_id] = (*given.get(step_id, ()), code)
    return given


def pairs_of(given: Given) -> list[str]:
    """Return each code with its step, as an address carries it."""
    return [f"{step_id}:{code}" for step_id, codes in given.items() for code in codes]


def answers_of(given: Given, ground: Ground) -> dict[str, tuple[str, ...]]:
    """Return the answers that *given* stands for; what answers no question of this version is left out."""
    answers: dict[str, tuple[str, ...]] = {}
    for step_id, codes in given.items():
        if step := step_called(step_id, ground.flows):
            answers |= _answer(step_id, step, codes, ground)
    return answers


def _answer(step_id: str, step: Step, codes: tuple[str, ...], ground: Ground) -> dict[str, tuple[str, ...]]:
    is_text = step.kind == "text"
    values = tuple(SAMPLES.get(code, code) for code in codes) if is_text else codes
    if is_text and not {*codes} <= {*SAMPLES, SKIP, UNSURE}:
        return {}
    try:
        kept = accept(step, values, ground.choices)
    except AnswerError:
        return {}
    found = {step_id: kept}
    return {**found, watch_key(step_id): ground.lists.topics_in(kept[0], step.watch)} if is_text else found


def given_of(answers: Answers, ground: Ground) -> dict[str, tuple[str, ...]]:
    """Return the codes for *answers*, whoever made them; own words give way to the sentence of their topic."""
    given = {}
    for step_id, values in answers.items():
        if (step := step_called(step_id, ground.flows)) and values:
            given[step_id] = _codes(step, values, answers.get(watch_key(step_id), ()), ground)
    return given


def _codes(step: Step, values: tuple[str, ...], topics: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    match "" if values in ((SKIP,), (UNSURE,)) else step.kind:
        case "text":
            return (next((topic for topic in topics if topic in SAMPLES), TEXT),)
        case "date":
            chip = date_chip(values)
            return (chip if chip in DAYS else LONGER_AGO,)
        case "place":
            return tuple(dict.fromkeys(code if code in ground.places else ELSEWHERE for code in values))
        case "person":
            return tuple(dict.fromkeys(code if code.startswith("_") else _reader(code) for code in values))
        case _:
            return values


def _reader(code: str) -> str:
    return code if code in READERS else PEOPLE[0]


def step_called(step_id: str, flows: FlowSet) -> Step | None:
    """Return the step with a qualified id (`emergency.next`; without a flow it is one of the main flow)."""
    flow_id, _, name = step_id.rpartition(".")
    flow = flows.flows.get(flow_id or MAIN)
    return flow.steps.get(name) if flow else None


def receivers(came: Outcome) -> tuple[str, ...]:
    """Return the roles that would receive the report, were there one person of each; nobody when all are left out."""
    left = [kind for person, kind in READERS.items() if person not in came.excluded and kind not in came.but_not]
    chosen = ([kind for kind in left if kind in kinds] for kinds in (came.to, came.else_to))
    return tuple(next((kinds for kinds in chosen if kinds), ()))


def as_test(name: str, path: Path, given: Given, came: Outcome) -> str:
    """Write a finished try-out as a test of the talk."""
    moves = [Move("answer", each.id, _played(each.step, given[each.id])) for each in path.questions]
    return written(name, MAIN, moves, expected(path, came))


def _played(step: Step, codes: tuple[str, ...]) -> tuple[str, ...]:
    if step.kind == "text":
        return tuple(SAMPLES.get(code, code) for code in codes)
    if step.kind == "place":
        # A test knows no school, so any place of one is the first place of the tests.
        return tuple(dict.fromkeys(code if code.startswith("_") else PLACES[0] for code in codes))
    return codes
