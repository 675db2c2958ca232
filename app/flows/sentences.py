"""Conditions as Dutch sentences, for people who read a talk as a table or a drawing."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.flows.conditions import as_list
from app.flows.model import (
    ELSEWHERE,
    LAST_WEEK,
    LONGER_AGO,
    NOBODY,
    SKIP,
    TODAY,
    UNSURE,
    YESTERDAY,
    Condition,
    Flow,
    Step,
)

ALWAYS = "altijd"
CONSTANTS = {
    SKIP: "overgeslagen",
    UNSURE: "weet ik niet",
    ELSEWHERE: "ergens anders",
    NOBODY: "iemand anders",
    TODAY: "vandaag",
    YESTERDAY: "gisteren",
    LAST_WEEK: "vorige week",
    LONGER_AGO: "langer geleden",
}
_FACTS = {"watch": "de eigen woorden raken aan", "category": "het onderwerp is", "urgency": "de haast is"}


def sentence(condition: Condition | None, flow: Flow) -> str:
    """Say when *condition* holds: `alleen als bij "Waar gaat het over?" is gekozen: Pesten`, or that it always does."""
    return f"alleen als {words(condition, flow)}" if condition else ALWAYS


def words(condition: Condition, flow: Flow) -> str:
    """Say *condition* without the words around it."""
    return _joined([_part(key, value, flow) for key, value in condition.items()], "en")


def plain(text: str) -> str:
    """Return a text without the context that tells it from an equal one."""
    return text.rpartition("\x04")[2]


def chip_text(step: Step, code: str) -> str:
    """Return what a code of *step* says on the screen."""
    return plain(step.chips.get(code) or CONSTANTS.get(code, code))


def _part(key: str, value: Any, flow: Flow) -> str:
    if key in ("all", "any"):
        return _joined([words(part, flow) for part in value], "en" if key == "all" else "of")
    if key == "none":
        return _joined([f"niet {_enclosed(words(part, flow))}" for part in value], "en")
    if key == "answered":
        return _joined([f"{_question(flow, step)} is beantwoord" for step in as_list(value)], "en")
    if key in _FACTS:
        return f"{_FACTS[key]}: {' of '.join(as_list(value))}"
    return _answer(key, value, flow)


def _answer(step_id: str, value: Any, flow: Flow) -> str:
    question = f"bij {_question(flow, step_id)} is"
    if isinstance(value, Mapping) and "within_days" in value:
        return f"{question} een dag gekozen van hooguit {value['within_days']} dagen geleden"
    codes, word = (value["all"], "en") if isinstance(value, Mapping) else (as_list(value), "of")
    chosen = [chip_text(flow.steps[step_id], code) for code in codes]
    return f"{question} gekozen: {f' {word} '.join(chosen)}"


def _question(flow: Flow, step_id: str) -> str:
    ask = plain(flow.steps[step_id].ask)
    is_only_one = sum(plain(step.ask) == ask for step in flow.steps.values()) == 1
    return f'"{ask}"' if is_only_one else f'"{ask}" ({step_id})'


def _joined(parts: Sequence[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f", {word} ".join(map(_enclosed, parts))


def _enclosed(part: str) -> str:
    """Put brackets around what is joined itself; what stands in quotes or brackets does not count."""
    is_joined = re.search(", (?:en|of) ", re.sub(r'"[^"]*"|\([^()]*\)', "", part))
    return f"({part})" if is_joined else part
