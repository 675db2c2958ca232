"""Turns answers that were not tapped one by one into those of a whole talk: what an adviser wrote down, or practice."""

from collections.abc import Mapping

from app.flows.engine import Choices, accept, replay, watch_key
from app.flows.model import SKIP, UNSURE, FlowSet
from app.talks.library import library

Answers = Mapping[str, tuple[str, ...]]


def answers_of(flows: FlowSet, flow_id: str, given: Answers, choices: Choices) -> Answers:
    """Return the answers of talk *flow_id* when *given* is answered and every other question skipped.

    Raises: AnswerError when something given is no answer, or a question that must be answered is not given.
    """
    answers: dict[str, tuple[str, ...]] = {}
    while (place := replay(flows, flow_id, answers).current) is not None:
        values = accept(place.step, given.get(place.id, (SKIP,)), choices)
        answers[place.id] = values
        if place.step.watch and values not in ((SKIP,), (UNSURE,)):
            answers[watch_key(place.id)] = tuple(library().lists.topics_in("".join(values), place.step.watch))
    return answers
