"""What counts as an answer to a step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.flows.model import SKIP, UNSURE, Step

MAX_TEXT = 10_000
"""Characters (code points) of one text, kept to the byte."""

Answers = Mapping[str, tuple[str, ...]]
"""Values by qualified step id; a text is a tuple of one, a skipped question is `("_skip",)`."""
Reason = Literal["required", "foreign", "too_many", "too_long", "unstorable"]


class AnswerError(ValueError):
    """Raised when posted values are no answer to the step; carries the reason, never the values."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(f"this is not an answer to the question: {reason}")


@dataclass(frozen=True)
class Choices:
    """What the school offers: codes of places and ids of people."""

    places: Collection[str] = ()
    people: Collection[str] = ()


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
    return _accept_codes(step, values, _offered(step, choices))


def is_answer(step: Step, values: tuple[str, ...]) -> bool:
    """Tell whether kept *values* still answer *step*; places and people may have changed since, codes may not."""
    if values in [(code,) for code in step.constants]:
        return True
    if not values or (len(values) > 1 and not step.many) or values == (SKIP,):
        return False
    return step.kind != "chips" or all(value in step.chips for value in values)


def _offered(step: Step, choices: Choices) -> list[str]:
    listed = {"chips": step.chips, "place": choices.places, "person": choices.people}.get(step.kind, ())
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


def _accept_nothing(step: Step) -> tuple[str, ...]:
    if step.required:
        raise AnswerError("required")
    return (SKIP,) if step.is_question else ()
