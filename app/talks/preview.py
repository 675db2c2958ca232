"""The talk as a student sees it, for those who write and translate; no student's data is anywhere near."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.flows.engine import Path, PathStep
from app.flows.model import DAYS, ELSEWHERE, NOBODY, SCHOOL_INTRO, SCHOOL_QUESTION, SKIP, UNSURE, Step
from app.i18n import catalogues
from app.i18n.languages import LANGUAGES, SOURCE, Language
from app.i18n.translate import gettext as _
from app.i18n.translate import language_of, using
from app.schools.places import DEFAULT_PLACES
from app.talks.preview_answers import READERS, SAMPLES, TEXT, Given
from app.talks.wording import CONSTANTS, ROLES

OWN = (SCHOOL_INTRO, SCHOOL_QUESTION)
"""Steps whose texts a school wrote in its own language."""
Shape = Literal["chips", "choices", "text", "date"]


@dataclass(frozen=True)
class Piece:
    """One text in the language asked for, or else in the language that it has."""

    text: str
    language: Language
    is_missing: bool = False
    """True where a translation should be and is not."""


@dataclass(frozen=True)
class Tongue:
    """The language in which the talk is shown, and that in which the school writes."""

    shown: str
    own: str = SOURCE

    def say(self, msgid: str, step_id: str = "") -> Piece:
        """Return a text of the talk; what a school wrote itself has no translation and lacks none."""
        if step_id in OWN:
            return Piece(msgid, LANGUAGES.get(self.own, LANGUAGES[SOURCE]))
        with using(self.shown) as asked:
            found = language_of(msgid)
            # Easy Dutch has no text of its own where the Dutch one is easy.
            return Piece(_(msgid), found, found.html_lang != asked.html_lang)

    def place(self, label: str) -> Piece:
        """Return the name of a place; those that the school named itself have no translation and lack none."""
        is_own = label not in {text[:] for text in DEFAULT_PLACES.values()}
        return self.say(label, SCHOOL_QUESTION if is_own else "")


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """One thing said by Vertel or told by the student."""

    is_told: bool
    pieces: tuple[Piece, ...]
    step_id: str
    help_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """An open question as it is shown."""

    step_id: str
    shape: Shape
    ask: Piece
    hint: Piece | None
    caution: Piece | None
    why: Piece | None
    options: Mapping[str, Piece]
    quiet: Mapping[str, Piece]
    pictograms: Mapping[str, str]
    """Names of drawings, by code."""
    can_skip: bool

    @property
    def all_options(self) -> dict[str, Piece]:
        """Return everything that can be chosen, the quiet ones last."""
        return {**self.options, **self.quiet}


def languages_of_catalogues() -> tuple[Language, ...]:
    """Return Dutch and every language that has a catalogue, complete or not."""
    return tuple(one for one in LANGUAGES.values() if one.tag == SOURCE or catalogues.compiled(one.tag))


def bubbles_of(path: Path, given: Given, tongue: Tongue, places: Mapping[str, str]) -> tuple[Bubble, ...]:
    """Return what was said and told up to the open question."""
    return tuple(bubble for place in path.steps for bubble in _bubbles(place, given, tongue, places))


def _bubbles(place: PathStep, given: Given, tongue: Tongue, places: Mapping[str, str]) -> Iterator[Bubble]:
    yield from said(place.step, place.id, tongue)
    if place.values is not None:
        yield Bubble(is_told=False, pieces=(tongue.say(place.step.ask, place.step.id),), step_id=place.id)
        told = _told(place.step, given.get(place.id, ()), tongue, places)
        yield Bubble(is_told=True, pieces=told, step_id=place.id)


def said(step: Step, step_id: str, tongue: Tongue) -> tuple[Bubble, ...]:
    """Return the bubble of a step, if it says anything."""
    if not step.say:
        return ()
    return (Bubble(is_told=False, pieces=(tongue.say(step.say, step.id),), step_id=step_id, help_ids=step.help),)


def _told(step: Step, codes: tuple[str, ...], tongue: Tongue, places: Mapping[str, str]) -> tuple[Piece, ...]:
    known = {**options_of(step, tongue, places), **{code: tongue.say(text[:]) for code, text in CONSTANTS.items()}}
    return tuple(known.get(code) or Piece(code, LANGUAGES[SOURCE]) for code in codes)


def question_of(step: Step, step_id: str, tongue: Tongue, places: Mapping[str, str]) -> Question:
    """Return the question of *step*."""
    return Question(
        step_id=step_id,
        shape=_shape(step),
        ask=tongue.say(step.ask, step.id),
        hint=tongue.say(step.hint, step.id) if step.hint else None,
        caution=tongue.say(step.caution, step.id) if step.caution else None,
        why=tongue.say(step.why, step.id) if step.why else None,
        options=options_of(step, tongue, places),
        quiet={UNSURE: tongue.say(CONSTANTS[UNSURE][:])} if step.unsure else {},
        pictograms=step.pictograms,
        can_skip=SKIP in step.constants,
    )


def _shape(step: Step) -> Shape:
    typed: Mapping[str, Shape] = {"text": "text", "date": "date"}
    return typed.get(step.kind, "choices" if step.many else "chips")


def options_of(step: Step, tongue: Tongue, places: Mapping[str, str]) -> dict[str, Piece]:
    """Return what can be chosen: chips, days, places of the school, somebody for each reader, or sample sentences."""
    match step.kind:
        case "place":
            return {code: tongue.place(label) for code, label in places.items()} | _constant(ELSEWHERE, tongue)
        case "person":
            return {person: tongue.say(ROLES[role][:]) for person, role in READERS.items()} | _constant(NOBODY, tongue)
        case "date":
            return {code: tongue.say(CONSTANTS[code][:]) for code in DAYS}
        case "text":
            samples = (code for code in (TEXT, *step.watch) if code in SAMPLES)
            return {code: Piece(SAMPLES[code], LANGUAGES[SOURCE]) for code in samples}
        case _:
            return {code: tongue.say(text, step.id) for code, text in step.offered.items()}


def _constant(code: str, tongue: Tongue) -> dict[str, Piece]:
    return {code: tongue.say(CONSTANTS[code][:])}
