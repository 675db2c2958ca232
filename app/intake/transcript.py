"""The talk as bubbles and the open question as something to show; pure apart from the language of the moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.cases.wording import Labels, answer_texts
from app.flows.engine import Path, PathStep
from app.flows.model import ELSEWHERE, NOBODY, UNSURE, Step
from app.i18n.translate import gettext as _


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """One thing said by Vertel or told by the student."""

    who: Literal["vertel", "student"]
    text: str
    step_id: str = ""
    """Set on a told bubble: the question whose answer it is."""
    help_ids: tuple[str, ...] = ()
    """Set on a said bubble: services whose cards stand below it."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """The open question as a page shows it; `options` maps codes to labels in the student's language."""

    step_id: str
    kind: Literal["chips", "choices", "text"]
    ask: str
    hint: str
    caution: str
    options: Mapping[str, str] = field(default_factory=dict)
    quiet: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    is_long: bool = False
    can_skip: bool = False

    @property
    def all_options(self) -> dict[str, str]:
        """Return every code that can be chosen with its label, the quiet ones last."""
        return {**self.options, **self.quiet}


def bubbles_of(path: Path, shown: PathStep | None, labels: Labels) -> tuple[Bubble, ...]:
    """Return what was said and told before *shown*, in order; None means the whole talk."""
    return tuple(_bubbles(path, shown, labels))


def _bubbles(path: Path, shown: PathStep | None, labels: Labels) -> Iterator[Bubble]:
    for place in path.steps:
        if place.step.say:
            yield Bubble(who="vertel", text=_(place.step.say), help_ids=place.step.help)
        if shown is not None and place.id == shown.id:
            return
        if place.values is not None:
            yield Bubble(who="vertel", text=_(place.step.ask))
            told = ", ".join(answer_texts(place.step, place.values, labels))
            yield Bubble(who="student", text=told, step_id=place.id)


def folded(bubbles: tuple[Bubble, ...]) -> tuple[tuple[Bubble, ...], tuple[Bubble, ...]]:
    """Split *bubbles* into those that fold away and those in view: the last answer with its question, and what follows.

    Less to hear again, and less for a passer-by to read.
    """
    told = [index for index, bubble in enumerate(bubbles) if bubble.who == "student"]
    cut = told[-1] - 1 if told else 0
    return bubbles[:cut], bubbles[cut:]


def question_of(place: PathStep, labels: Labels) -> Question:
    """Return the question of a step, with the school's places or people filled in."""
    step = place.step
    return Question(
        step_id=place.id,
        kind=_kind(step),
        ask=_(step.ask),
        hint=_(step.hint) if step.hint else "",
        caution=_(step.caution) if step.caution else "",
        options=_options(step, labels),
        quiet={UNSURE: _("Weet ik niet")} if step.unsure else {},
        values=place.values or (),
        is_long=step.long,
        can_skip=not step.required,
    )


def _kind(step: Step) -> Literal["chips", "choices", "text"]:
    if step.kind == "text":
        return "text"
    return "choices" if step.many else "chips"


def _options(step: Step, labels: Labels) -> dict[str, str]:
    if step.kind == "place":
        return {**labels.places, ELSEWHERE: _("Ergens anders")}
    if step.kind == "person":
        return {**labels.people, NOBODY: _("Nee, iemand anders")}
    return {code: _(label) for code, label in step.chips.items()}


def progress_of(path: Path, shown: PathStep, total_steps: int) -> tuple[int, int]:
    """Return which question this is and about how many there are; the second is never below the first."""
    asked = [place.id for place in path.steps if place.step.ask]
    number = asked.index(shown.id) + 1
    return number, max(number, total_steps)
