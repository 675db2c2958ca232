"""What counts as an answer to a step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.flows.dates import date_chip, is_told, told
from app.flows.model import DAYS, SKIP, UNSURE, Step

__all__ = ["MAX_TEXT", "AnswerError", "Answers", "Choices", "Reason", "accept", "date_chip", "is_answer"]

MAX_TEXT = 10_000
"""Characters (code points) of one text, kept to the byte."""

Answers = Mapping[str, tuple[str, ...]]
"""Values by qualified step id; a text is a tuple of one, a skipped question is `("_skip",)`.

A day is kept as (what, told_on): *what* an ISO date, an ISO week (`2026-W47`) or `_longer_ago`, *told_on* an ISO date.
"""
Reason = Literal["required", "foreign", "too_many", "too_long", "unstorable"]


class AnswerError(ValueError):
    """Raised when posted values are no answer to the step; carries the reason, never the values."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(f"this is not an answer to the question: {reason}")


@dataclass(frozen=True)
class Choices:
    """What the school offers: codes of places and ids of people; and the day from which days are told."""

    places: Collection[str] = ()
    people: Collection[str] = ()
    today: date | None = None
    """Without it no day can be told."""


def accept(step: Step, values: Sequence[str], choices: Choices) -> tuple[str, ...]:
    """Return the answer that the posted *values* are; no value at all skips a question that may be skipped.

    The button "skip" or "not sure" counts alone, whatever stands in the form beside it.

    Raises: AnswerError.
    """
    if step.required and SKIP in values:
        raise AnswerError("required")
    for code in (SKIP, UNSURE):
        if step.is_question and code in values and code in step.constants:
            return (code,)
    if step.kind == "text":
        return _accept_text(step, values)
    if step.kind == "date":
        return _accept_date(step, values, choices.today)
    return _accept_codes(step, values, _offered(step, choices))


def is_answer(step: Step, values: tuple[str, ...]) -> bool:
    """Tell whether kept *values* still answer *step*; places and people may have changed since, codes may not."""
    if values in ((SKIP,), (UNSURE,)) and values[0] in step.constants:
        return True
    if step.kind == "date":
        return is_told(values)
    if not values or (len(values) > 1 and not step.many) or values == (SKIP,):
        return False
    return step.kind != "chips" or all(value in step.chips for value in values)


def _offered(step: Step, choices: Choices) -> list[str]:
    listed = {"chips": step.offered, "place": choices.places, "person": choices.people}.get(step.kind, ())
    return [*listed, *(code for code in step.constants if code not in (SKIP, UNSURE))]


def _accept_codes(step: Step, values: Sequence[str], offered: list[str]) -> tuple[str, ...]:
    if any(value not in offered for value in values):
        raise AnswerError("foreign")
    if len(values) > 1 and not step.many:
        raise AnswerError("too_many")
    if not values:
        return _accept_nothing(step)
    return tuple(code for code in offered if code in values)


def _accept_text(step: Step, values: Sequence[str]) -> tuple[str, ...]:
    if len(values) > 1:
        raise AnswerError("too_many")
    text = "".join(values)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise AnswerError("unstorable")
    if len(text) > MAX_TEXT:
        raise AnswerError("too_long")
    return (text,) if text.strip() else _accept_nothing(step)


def _accept_date(step: Step, values: Sequence[str], today: date | None) -> tuple[str, ...]:
    # A tapped chip counts alone: the field for an exact day goes along with it, empty or not.
    given = [value for value in values if value in DAYS] or [value for value in values if value]
    if len(given) > 1:
        raise AnswerError("too_many")
    if not given:
        return _accept_nothing(step)
    kept = told(given[0], today) if today else None
    if kept is None:
        raise AnswerError("foreign")
    return kept


def _accept_nothing(step: Step) -> tuple[str, ...]:
    if step.required:
        raise AnswerError("required")
    return (SKIP,) if step.is_question else ()
