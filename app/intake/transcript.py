"""The talk as bubbles and the open question as something to show; pure apart from language and day of the moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, Literal

from app import clock
from app.cases.wording import Labels, answer_texts
from app.flows.engine import Path, PathStep, date_chip
from app.flows.model import (
    DAYS,
    ELSEWHERE,
    LAST_WEEK,
    LONGER_AGO,
    NOBODY,
    TODAY,
    UNSURE,
    YESTERDAY,
    FlowSet,
    Step,
)
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.intake.rules import is_told

CRISIS = "crisis_"
"""How the name of a flow begins that says what helps when words touch a topic of danger."""
DAY_CHIPS = {
    TODAY: _lazy("Vandaag"),
    YESTERDAY: _lazy("Gisteren"),
    LAST_WEEK: _lazy("Vorige week"),
    LONGER_AGO: _lazy("Langer geleden"),
}
QuestionKind = Literal["chips", "choices", "text", "date"]


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
    kind: QuestionKind
    ask: str
    hint: str
    caution: str
    why: str = ""
    """Why it is asked; empty where nobody would wonder."""
    options: Mapping[str, str] = field(default_factory=dict)
    pictograms: Mapping[str, str] = field(default_factory=dict)
    """Names of drawings by code, for some or all of `options`."""
    quiet: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    day: str = ""
    """The exact day (ISO) that was told, when one was."""
    last_day: str = ""
    """The newest day (ISO) that can be told."""
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


def fresh_bubbles(path: Path, step_id: str) -> tuple[Bubble, ...]:
    """Return what is said right after question *step_id* if it has help: of a changed answer it would stay folded away.

    All of it, for what the page does not do stands beside the help.
    """
    ids = [place.id for place in path.steps]
    after = path.steps[ids.index(step_id) + 1 :] if step_id in ids else ()
    said = [place.step for place in takewhile(lambda place: not place.step.is_question, after)]
    has_help = any(step.help for step in said)
    return tuple(Bubble(who="vertel", text=_(step.say), help_ids=step.help) for step in said if has_help)


def folded(bubbles: tuple[Bubble, ...]) -> tuple[tuple[Bubble, ...], tuple[Bubble, ...]]:
    """Split *bubbles* into those that fold away and those in view: the last answer with its question, and what follows.

    Less to hear again, and less for a passer-by to read; for the same reason a card in view stands there once.
    """
    told = [index for index, bubble in enumerate(bubbles) if bubble.who == "student"]
    cut = told[-1] - 1 if told else 0
    return bubbles[:cut], _cards_once(bubbles[cut:])


def _cards_once(bubbles: Iterable[Bubble]) -> tuple[Bubble, ...]:
    # Two reasons for one service need no second card.
    seen: set[str] = set()
    found = []
    for bubble in bubbles:
        found.append(replace(bubble, help_ids=tuple(one for one in bubble.help_ids if one not in seen)))
        seen.update(bubble.help_ids)
    return tuple(found)


def question_of(place: PathStep, labels: Labels) -> Question:
    """Return the question of a step, with the school's places or people filled in."""
    step = place.step
    return Question(
        step_id=place.id,
        kind=_kind(step),
        ask=_(step.ask),
        hint=_(step.hint) if step.hint else "",
        caution=_(step.caution) if step.caution else "",
        why=_(step.why) if step.why else "",
        pictograms=step.pictograms,
        options=_options(step, labels),
        quiet={UNSURE: _("Weet ik niet")} if step.unsure else {},
        **_values(place),
        last_day=clock.today().isoformat() if step.kind == "date" else "",
        is_long=step.long,
        can_skip=not step.required,
    )


def _kind(step: Step) -> QuestionKind:
    if step.kind in ("text", "date"):
        return "text" if step.kind == "text" else "date"
    return "choices" if step.many else "chips"


def _options(step: Step, labels: Labels) -> dict[str, str]:
    match step.kind:
        case "place":
            return {**labels.places, ELSEWHERE: _("Ergens anders")}
        case "person":
            return {**labels.people, NOBODY: _("Nee, iemand anders")}
        case "date":
            return {code: str(label) for code, label in DAY_CHIPS.items()}
        case _:
            return {code: _(label) for code, label in step.offered.items()}


def _values(place: PathStep) -> dict[str, Any]:
    if place.step.kind != "date" or not is_told(place.values):
        return {"values": place.values or ()}
    what, told_on = place.values or ("", "")
    # "Today" told yesterday is a day by now: a tap on the chip would move it.
    chosen = date_chip((what, told_on)) if told_on == clock.today().isoformat() or what in DAYS else what
    return {"values": (chosen,), "day": "" if chosen in DAYS else chosen}


def crisis_bubbles(flows: FlowSet, topics: Iterable[str]) -> tuple[Bubble, ...]:
    """Return what the talks say, with their cards, to somebody whose words touch *topics*."""
    found = [flows.flows[CRISIS + topic] for topic in topics if CRISIS + topic in flows.flows]
    steps = [step for flow in found for step in flow.steps.values() if step.say and step.only_if is None]
    return tuple(Bubble(who="vertel", text=_(step.say), help_ids=step.help) for step in steps)


def crisis_topics(flows: FlowSet) -> tuple[str, ...]:
    """Return the topics of danger about which the talks have something to say."""
    return tuple(name.removeprefix(CRISIS) for name in flows.flows if name.startswith(CRISIS))
