"""Codes as words in the present language: categories, statuses, parts of the day, and the answers of a talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.flows.engine import Path, PathStep
from app.flows.model import ELSEWHERE, NOBODY, SKIP, UNSURE, Step
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy

CATEGORIES = {
    "violence": _lazy("Lichamelijk geweld"),
    "sexual": _lazy("Seksueel grensoverschrijdend gedrag"),
    "intimidation": _lazy("Intimidatie"),
    "threat": _lazy("Bedreiging"),
    "bullying": _lazy("Pesten"),
    "vandalism": _lazy("Vernieling"),
    "theft": _lazy("Diefstal"),
    "drugs": _lazy("Drugs of alcohol"),
    "weapon": _lazy("Wapens"),
    "discrimination": _lazy("Discriminatie"),
    "online": _lazy("Iets dat online gebeurt"),
    "recruited": _lazy("Gevraagd worden voor geld of klusjes"),
    "home": _lazy("Onveilig thuis"),
    "other": _lazy("Iets anders"),
}
STATUSES = {
    "received": _lazy("Ontvangen"),
    "read": _lazy("Gelezen"),
    "handled": _lazy("Er wordt aan gewerkt"),
    "closed": _lazy("Afgesloten"),
}
PARTS_OF_DAY = {
    "morning": _lazy("ochtend"),
    "afternoon": _lazy("middag"),
    "evening": _lazy("avond"),
    "night": _lazy("nacht"),
}
READER_KINDS = {
    "internal": _lazy("vertrouwenspersoon op school"),
    "external": _lazy("vertrouwenspersoon van buiten de school"),
}


@dataclass(frozen=True)
class Labels:
    """Names that a school adds to the talk: place code to place, person id to name."""

    places: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerLine:
    """One question and what was answered, ready to show."""

    question: str
    answers: tuple[str, ...]
    is_skipped: bool = False
    is_own_words: bool = False
    """True for typed text: it stays in the student's language and direction."""


def status_label(status: str) -> str:
    """Return a status in words."""
    return str(STATUSES[status])


def category_label(code: str) -> str:
    """Return a category in words; a code that is no longer known stays as it is."""
    return str(CATEGORIES.get(code, code))


def part_of_day_label(part: str) -> str:
    """Return a part of the day in words."""
    return str(PARTS_OF_DAY.get(part, part))


def reader_kind_label(kind: str) -> str:
    """Return in words what kind of adviser somebody is."""
    return str(READER_KINDS.get(kind, kind))


def answer_texts(step: Step, values: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """Return the answers of one step in words; own words and unknown codes stay as they are."""
    return tuple(_answer_text(step, value, labels) for value in values)


def _answer_text(step: Step, value: str, labels: Labels) -> str:
    constants = {SKIP: _("Overgeslagen"), UNSURE: _("Weet ik niet")}
    if value in constants:
        return constants[value]
    match step.kind:
        case "chips":
            return _(step.chips[value]) if value in step.chips else value
        case "place":
            return {**labels.places, ELSEWHERE: _("Ergens anders")}.get(value, value)
        case "person":
            return {**labels.people, NOBODY: _("Nee, iemand anders")}.get(value, value)
        case _:
            return value


def answer_line(place: PathStep, labels: Labels) -> AnswerLine:
    """Return the question of *place* under its short name, and its answers."""
    step, values = place.step, place.values or ()
    is_skipped = values == (SKIP,)
    return AnswerLine(
        question=_(step.label or step.ask),
        answers=answer_texts(step, values, labels),
        is_skipped=is_skipped,
        is_own_words=step.kind == "text" and not is_skipped and values != (UNSURE,),
    )


def answer_lines(path: Path, labels: Labels) -> tuple[AnswerLine, ...]:
    """Return every answered question of *path* in order."""
    return tuple(answer_line(place, labels) for place in path.steps if place.values and place.step.kind != "say")
