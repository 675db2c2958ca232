"""Writes of the student's side: answer, back, change, enough, strike out, blur, and what exit deletes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import readers_of
from app.flows.engine import AnswerError, Choices, PathStep, accept, outcome, skip_rest, watch_key
from app.flows.model import FlowSet, Step
from app.intake import tabs
from app.intake.guesses import surroundings_of, wanted_text
from app.intake.rules import FLOW, Talk, is_told, own_words
from app.intake.running import Running, store
from app.schools.queries import SchoolInfo, places_of
from app.talks.library import library


class UnknownStepError(Exception):
    """The posted step does not exist in this talk."""


class ElsewhereError(Exception):
    """The posted step exists but is not open now: another tab went on, or an answer before it was changed."""


class SentError(Exception):
    """The talk was sent before this answer came in; it did not go along."""


def choices_of(session: Session, school_id: str) -> Choices:
    """Return what the school adds to the questions: its places and the people who read reports; and what day it is."""
    return Choices(
        places=[place.code for place in places_of(session, school_id)],
        people=[reader.person_id for reader in readers_of(session, school_id)],
        today=clock.today(),
    )


def answer(session: Session, token: str, running: Running, step_id: str, values: Sequence[str]) -> Talk:
    """Set one answer; the same answer twice is the same talk.

    Raises: SentError, UnknownStepError, ElsewhereError, AnswerError (nothing is stored then).
    """
    if running.talk.is_sent:
        raise SentError
    place = _question(running, step_id)
    accepted = accept(place.step, values, choices_of(session, running.talk.school_id))
    told = _still_away(running, place, answered(running.talk, place, accepted))
    is_changed = running.talk.changing == step_id
    return store(session, token, running, replace(told, fresh=step_id) if is_changed else told)


def _still_away(running: Running, place: PathStep, told: Talk) -> Talk:
    """Strike out whom the talk was about when the question that named him falls away: he may not come back unseen."""
    if place.step.kind == "person":
        return told
    before = outcome(running.flows, running.talk.flow_id, running.talk.answers).excluded
    after = outcome(running.flows, running.talk.flow_id, told.answers).excluded if before else before
    return replace(told, struck=tuple(dict.fromkeys((*told.struck, *sorted(before - after)))))


def answered(talk: Talk, place: PathStep, values: tuple[str, ...]) -> Talk:
    """Return the talk with an accepted answer; of a text also the topics of danger that its words touch."""
    told = talk.with_answer(place.id, values)
    if not place.step.watch:
        return told
    topics = library().lists.topics_in("".join(values), place.step.watch) if is_told(values) else ()
    return told.with_flags(watch_key(place.id), tuple(topics))


def _question(running: Running, step_id: str) -> PathStep:
    found = next((place for place in running.path.questions if place.id == step_id), None)
    if found is None:
        # A question that another version asked is not one that never was.
        is_known = question_named(running.flows, step_id, running.talk.flow_id) is not None
        raise ElsewhereError if running.is_moved or is_known else UnknownStepError
    return found


def question_named(flows: FlowSet, step_id: str, talk_id: str = FLOW) -> Step | None:
    """Return the question of the talk *talk_id* with this qualified id, on anybody's path or not; else None."""
    flow_id, _, inner = step_id.rpartition(".")
    flow = flows.flows.get(flow_id or talk_id)
    step = flow.steps.get(inner) if flow else None
    return step if step and step.is_question else None


def go_back(session: Session, token: str, running: Running, step_id: str) -> Talk:
    """Open the question before *step_id*, the last one when that is no question; its answer stays filled in.

    The page names its own question, so that a second tap on the same button goes back no further.
    """
    path = running.path
    told = [place.id for place in path.questions if place.values is not None]
    before = path.before(step_id) if path.find(step_id) else None
    target = before.id if before else (told[-1] if told and not path.find(step_id) else None)
    return change(session, token, running, target) if target else running.talk


def change(session: Session, token: str, running: Running, step_id: str) -> Talk:
    """Open the question *step_id* again; a talk that was sent stays as it is.

    Raises: UnknownStepError, ElsewhereError.
    """
    if running.talk.is_sent:
        return running.talk
    changed = replace(running.talk, changing=_question(running, step_id).id)
    return store(session, token, running, changed)


def finish(session: Session, token: str, running: Running) -> Talk:
    """Skip every question that is left, so that the review opens; a talk with a required one open stays as it is."""
    answers = skip_rest(running.flows, running.talk.flow_id, running.talk.answers)
    if running.talk.is_sent or answers is None:
        return running.talk
    return store(session, token, running, replace(running.talk, answers=answers, changing=None))


def strike(session: Session, token: str, running: Running, person_id: str) -> Talk:
    """Strike somebody out: he gets no key, like somebody whom the talk is about. Anybody else changes nothing."""
    talk = running.talk
    known = {reader.person_id for reader in readers_of(session, talk.school_id)}
    if talk.is_sent or person_id not in known or person_id in talk.struck:
        return talk
    return store(session, token, running, replace(talk, struck=(*talk.struck, person_id)))


def put_back(session: Session, token: str, running: Running, person_id: str) -> Talk:
    """Let somebody who was struck out read the talk again, if it would go to him."""
    talk = running.talk
    if talk.is_sent or person_id not in talk.struck:
        return talk
    left = tuple(struck for struck in talk.struck if struck != person_id)
    return store(session, token, running, replace(talk, struck=left))


def blur(session: Session, token: str, running: Running, school: SchoolInfo, wanted: tuple[str, str]) -> Talk:
    """Take over one proposal of the review; *wanted* is the step and the mark of the proposal.

    A page that showed another text, or nothing left of the question's words, changes nothing.
    """
    step_id, mark = wanted
    texts = dict(own_words(running.path))
    place = running.path.find(step_id)
    if running.talk.is_sent or place is None or step_id not in texts:
        return running.talk
    surroundings = surroundings_of(school, readers_of(session, school.id))
    text = wanted_text(texts[step_id], mark, library().packs, surroundings)
    try:
        values = accept(place.step, [text], Choices()) if text is not None else place.values
    except AnswerError:
        return running.talk
    if values is None or values == place.values:
        return running.talk
    changing = running.talk.changing
    blurred = replace(answered(running.talk, place, values), changing=changing)
    return store(session, token, running, blurred)


def confirm_word(session: Session, token: str, running: Running) -> Talk:
    """Remember that the student has shown to have kept the code.

    Raises: ElsewhereError before sending or putting away: no code has been shown yet.
    """
    talk = running.talk
    if talk.pending or not (talk.is_sent or talk.is_paused):
        raise ElsewhereError
    return store(session, token, running, replace(running.talk, is_code_kept=True))


def leave(session: Session, talk_tokens: Iterable[str], visit_tokens: Iterable[str]) -> None:
    """Delete everything that the browser holds open here."""
    for token in talk_tokens:
        tabs.drop(session, token, "talk")
    for token in visit_tokens:
        tabs.drop(session, token, "visit")
