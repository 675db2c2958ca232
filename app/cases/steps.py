"""The steps of a case and what its student said to each: pure, replayed from what was written down in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

State = Literal["planned", "asked", "agreed", "only_general", "not_yet", "done", "dropped", "overridden"]
What = Literal["planned", "asked", "answered", "overridden", "done", "dropped"]

LEVELS: Mapping[str, int] = {
    "talk_general": 1,
    "watch": 1,
    "witnesses": 2,
    "parents": 2,
    "reader": 2,
    "accused": 3,
    "police": 3,
    "partner": 3,
}
"""Kinds of steps with how much each gives away: 1 nothing that leads to anybody, 3 that somebody told about him."""
FREE_LEVEL = 1
"""Up to this level a step needs no answer of the student."""
READER = "reader"
YES, ONLY_GENERAL, NOT_YET = "yes", "only_general", "not_yet"
_AFTER: Mapping[str, State] = {YES: "agreed", ONLY_GENERAL: "only_general", NOT_YET: "not_yet"}
ANSWERS = tuple(_AFTER)
FINISHED = frozenset({"done", "dropped"})
BY_LAW, BY_CONSENT, GENERAL = "duty", "consent", "general"
"""On what ground a step was done: a duty ("duty:ID"), the student's yes ("consent"), or nothing that leads to him."""


class StepBlockedError(Exception):
    """The step waits for the student's yes, and nothing in law goes before it."""


class StepFinishedError(Exception):
    """The step is done or dropped: nothing about it changes any more."""


class UnknownStepError(Exception):
    """There is no such step, kind of step or answer in this case."""


@dataclass(frozen=True)
class Event:
    """One thing that was written down about a step; `place` orders the messages and entries of a case."""

    place: tuple[int, int, int]
    what: What
    step: str
    day: date
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step as it stands now."""

    id: str
    kind: str
    about: str
    """In the adviser's words what exactly will be done; the student reads it when he is asked."""
    planned_on: date
    state: State = "planned"
    asked_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    duty: str = ""
    """The duty that goes before the student's answer; empty for none."""
    done_on: date | None = None
    ground: str = ""
    author: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """Return how much it gives away, from 1 to 3; a kind that is no longer known counts as the most."""
        return LEVELS.get(self.kind, 3)

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither done nor dropped."""
        return self.state not in FINISHED

    @property
    def waits(self) -> bool:
        """Tell whether it is the student's turn."""
        return self.state == "asked"

    @property
    def can_be_asked(self) -> bool:
        """Tell whether the student can be asked: once, for asking again is pressing; he may change his mind himself."""
        return self.state == "planned"

    @property
    def can_be_done(self) -> bool:
        """Tell whether it can be done now."""
        return self.is_open and _ground(self) != ""

    @property
    def is_blocked(self) -> bool:
        """Tell whether only a yes of the student or the law can let it go on."""
        return self.is_open and not self.can_be_done


def ground_of(step: Step) -> str:
    """Return on what ground *step* can be done now.

    Raises: StepFinishedError, StepBlockedError.
    """
    if not step.is_open:
        raise StepFinishedError
    if not (ground := _ground(step)):
        raise StepBlockedError
    return ground


def _ground(step: Step) -> str:
    if step.answer == YES:
        return BY_CONSENT
    if step.duty:
        return f"{BY_LAW}:{step.duty}"
    # Whoever was asked all the same has a say: "only in general" lets a general step go on, "not yet" does not.
    may_go_on = step.state == "planned" or step.answer == ONLY_GENERAL
    return GENERAL if step.level <= FREE_LEVEL and may_go_on else ""


def replay(events: Iterable[Event]) -> tuple[Step, ...]:
    """Return the steps of a case in the order in which they were planned.

    What comes after a step is finished, or is about one that was never planned, changes nothing.
    """
    steps: dict[str, Step] = {}
    for event in sorted(events, key=lambda each: each.place):
        known = steps.get(event.step)
        if event.what == "planned" and known is None:
            steps[event.step] = _planned(event)
        elif known is not None and known.is_open:
            steps[event.step] = _after(known, event)
    return tuple(steps.values())


def _planned(event: Event) -> Step:
    value = event.value
    return Step(
        id=event.step,
        kind=value.get("kind", ""),
        about=value.get("about", ""),
        planned_on=event.day,
        author=value.get("author", ""),
        extra=value.get("extra", {}),
    )


def _after(step: Step, event: Event) -> Step:
    value, day = event.value, event.day
    match event.what:
        case "asked" if step.asked_on is None:
            step = replace(step, asked_on=day, state="overridden" if step.duty else "asked")
        case "answered" if step.asked_on is not None:
            step = _answered(step, event)
        case "overridden" if value.get("duty"):
            step = replace(step, duty=value["duty"], state="agreed" if step.answer == YES else "overridden")
        case "done":
            step = replace(step, state="done", done_on=day, ground=value.get("ground", ""))
        case "dropped":
            step = replace(step, state="dropped", done_on=day)
        case _:
            pass
    return step


def _answered(step: Step, event: Event) -> Step:
    answer = event.value.get("answer", "")
    if answer not in _AFTER:
        return step
    state = "overridden" if step.duty and answer != YES else _AFTER[answer]
    return replace(step, answer=answer, answered_on=event.day, state=state)


def step_with(steps: Iterable[Step], step_id: str) -> Step:
    """Return the step with that id.

    Raises: UnknownStepError.
    """
    for step in steps:
        if step.id == step_id:
            return step
    raise UnknownStepError


def awaits_consent(steps: Iterable[Step]) -> bool:
    """Tell whether any step waits for the student's answer."""
    return any(step.waits for step in steps)


def for_student(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps about which the student was asked or told and can still say something."""
    return tuple(step for step in steps if step.is_open and (step.asked_on is not None or step.duty))


def agreed_readers(steps: Sequence[Step]) -> frozenset[str]:
    """Return the ids of the people of whom the student said that they may read along; one yes is for one key."""
    agreed = (step for step in steps if step.kind == READER and step.answer == YES and step.is_open)
    return frozenset(step.extra["person_id"] for step in agreed if step.extra.get("person_id"))
