"""Codes as words in the present language: categories, statuses, parts of the day, and the answers of a talk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.flows.engine import Path, PathStep
from app.flows.model import ELSEWHERE, LONGER_AGO, NOBODY, SKIP, UNSURE, Step
from app.i18n.formats import format_date
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.talks.wording import CATEGORIES, ROLES, TOPICS

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

CHECKIN_ANSWERS = {
    "fine": _lazy("er is daarna niets vervelends gebeurd."),
    "happened": _lazy("er is daarna iets vervelends gebeurd."),
}
OWN_CHECKIN_ANSWERS = {
    "fine": _lazy("Je antwoordde: er is niets vervelends gebeurd."),
    "happened": _lazy("Je liet weten: er is iets vervelends gebeurd."),
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
    code: str = ""
    """Id of the question, by which an entry of the ledger names the fact."""


def status_label(status: str) -> str:
    """Return a status in words."""
    return str(STATUSES[status])


def category_label(code: str) -> str:
    """Return a category in words; a code that is no longer known stays as it is."""
    return str(CATEGORIES.get(code, code))


def topic_label(topic: str) -> str:
    """Return what words in a text may point to; a topic that is no longer known stays as it is."""
    return str(TOPICS.get(topic, topic))


def in_order_of_care(topics: Iterable[str]) -> tuple[str, ...]:
    """Return *topics* with the gravest first, and those that are no longer known last."""
    found = set(topics)
    return (*(topic for topic in TOPICS if topic in found), *sorted(found - TOPICS.keys()))


def part_of_day_label(part: str) -> str:
    """Return a part of the day in words."""
    return str(PARTS_OF_DAY.get(part, part))


def checkin_text(days: str, answer: str) -> str:
    """Return in words for an adviser what a student answered to a check-in."""
    return _("Controlevraag na %(days)s dagen: %(answer)s", days=days, answer=CHECKIN_ANSWERS[answer])


def ended_text() -> str:
    """Return in words for an adviser that the student closed the case."""
    return _("Gesprek afgesloten door de leerling.")


def own_checkin_text(answer: str) -> str:
    """Return in words for the student himself what he answered to a check-in."""
    return str(OWN_CHECKIN_ANSWERS[answer])


def own_ended_text() -> str:
    """Return in words for the student himself that he closed the case."""
    return _("Je sloot dit gesprek af.")


def reader_kind_label(kind: str) -> str:
    """Return in words what kind of adviser somebody is."""
    return str(ROLES.get(kind, kind))


def answer_texts(step: Step, values: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """Return the answers of one step in words; own words and unknown codes stay as they are."""
    # The second value of a date is the day on which it was told; it says what "last week" was, and nothing else.
    said = values[:1] if step.kind == "date" else values
    return tuple(_answer_text(step, value, labels) for value in said)


def _answer_text(step: Step, value: str, labels: Labels) -> str:
    if step.kind == "date" and value not in (SKIP, UNSURE):
        return _date_text(value)
    said = {SKIP: _("Overgeslagen"), UNSURE: _("Weet ik niet"), **_own_labels(step, labels)}
    return said.get(value, value)


def _own_labels(step: Step, labels: Labels) -> Mapping[str, str]:
    match step.kind:
        case "chips":
            return {code: _(text) for code, text in step.chips.items()}
        case "place":
            return {**labels.places, ELSEWHERE: _("Ergens anders")}
        case "person":
            return {**labels.people, NOBODY: _("Nee, iemand anders")}
        case _:
            return {}


def _date_text(value: str) -> str:
    """Return a day, a week ("2026-W47") or a long time ago in words."""
    if value == LONGER_AGO:
        return _("Langer geleden")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    said = format_date(day)
    return _("de week van %(day)s", day=said) if "W" in value else said


def answer_line(place: PathStep, labels: Labels) -> AnswerLine:
    """Return the question of *place* under its short name, and its answers."""
    step, values = place.step, place.values or ()
    is_skipped = values == (SKIP,)
    return AnswerLine(
        question=_(step.label or step.ask),
        answers=answer_texts(step, values, labels),
        is_skipped=is_skipped,
        is_own_words=step.kind == "text" and not is_skipped and values != (UNSURE,),
        code=step.id,
    )


def answer_lines(path: Path, labels: Labels) -> tuple[AnswerLine, ...]:
    """Return every answered question of *path* in order."""
    return tuple(answer_line(place, labels) for place in path.questions if place.values)


def pinned_lines(path: Path, labels: Labels) -> tuple[AnswerLine, ...]:
    """Return what an adviser reads first: the pinned questions of *path* that were not skipped."""
    lines = (answer_line(place, labels) for place in path.questions if place.values and place.step.pinned)
    return tuple(line for line in lines if not line.is_skipped)
