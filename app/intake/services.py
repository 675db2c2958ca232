"""Writes of the student's side: begin, answer, back, change, send, and what exit deletes."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import current_app
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.installation import current_pepper
from app.accounts.queries import readers_of
from app.cases.services import NewReport, open_case
from app.flows.archive import dump_flows
from app.flows.engine import Choices, Outcome, Path, accept, outcome, replay
from app.flows.model import SKIP, FlowSet
from app.i18n.translate import current as current_language
from app.intake import tabs
from app.intake.rules import FLOW, Talk, readers_for, shown_step
from app.referrals.queries import cards_for
from app.schools.queries import SchoolInfo, holidays_of, places_of
from app.schools.rules import promised_day
from app.settings import Settings
from app.vault.codes import StudentKeys, derive, new_code, parse_code
from app.vault.tabs import new_token


class TalkGoneError(Exception):
    """The browser holds no talk for this school any more; it was sent away, left, or older than two hours."""


class UnknownStepError(Exception):
    """The posted step does not exist in this talk."""


class ElsewhereError(Exception):
    """The posted step exists but is not open now: another tab went on, or an answer before it was changed."""


@dataclass(frozen=True)
class Prepared:
    """A talk that can be sent: what decides who reads it and by when."""

    talk: Talk
    path: Path
    outcome: Outcome


def flows() -> FlowSet:
    """Return the talks that this installation runs."""
    loaded: FlowSet = current_app.extensions["flows"]
    return loaded


def begin(session: Session, school_id: str) -> str:
    """Start a talk at a school and return the token for the browser's cookie."""
    token = new_token()
    talk = Talk(school_id=school_id, submit_id=secrets.token_hex(32), code_number=new_code().digits)
    tabs.keep(session, token, "talk", talk.as_state())
    return token


def resume(session: Session, token: str, school_id: str, *, lock: bool = False) -> Talk:
    """Return the talk that the browser holds for the school.

    Raises: TalkGoneError.
    """
    state = tabs.held(session, token, "talk", lock=lock) if token else None
    if state is None or state["school_id"] != school_id:
        raise TalkGoneError
    return Talk.from_state(state)


def path_of(talk: Talk) -> Path:
    """Replay the talk's path from its answers."""
    return replay(flows(), FLOW, talk.answers)


def choices_of(session: Session, school_id: str) -> Choices:
    """Return what the school adds to the questions: its places and the people who read reports."""
    return Choices(
        places=[place.code for place in places_of(session, school_id)],
        people=[reader.person_id for reader in readers_of(session, school_id)],
    )


def answer(session: Session, token: str, talk: Talk, step_id: str, values: Sequence[str]) -> Talk:
    """Set one answer; the same answer twice is the same talk.

    Raises: UnknownStepError, ElsewhereError, AnswerError (nothing is stored then).
    """
    place = path_of(talk).find(step_id)
    if place is None:
        raise ElsewhereError if _exists(step_id) else UnknownStepError
    accepted = accept(place.step, values, choices_of(session, talk.school_id))
    answered = talk.with_answer(step_id, accepted)
    _keep(session, token, answered)
    return answered


def _exists(step_id: str) -> bool:
    flow_id, _, inner = step_id.rpartition(".")
    flow = flows().flows.get(flow_id or FLOW)
    return flow is not None and inner in flow.steps


def go_back(session: Session, token: str, talk: Talk) -> Talk:
    """Open the question before the one that shows; its answer stays filled in."""
    path = path_of(talk)
    shown = shown_step(talk, path)
    before = path.before(shown.id) if shown else None
    target = before.id if before else (None if shown else _last_question(path))
    return change(session, token, talk, target) if target else talk


def _last_question(path: Path) -> str | None:
    asked = [place.id for place in path.steps if place.values is not None]
    return asked[-1] if asked else None


def change(session: Session, token: str, talk: Talk, step_id: str | None) -> Talk:
    """Open the question *step_id* again; None goes on to the first question without an answer.

    Raises: UnknownStepError.
    """
    if step_id is not None and path_of(talk).find(step_id) is None:
        raise UnknownStepError
    changed = replace(talk, changing=step_id)
    _keep(session, token, changed)
    return changed


def confirm_word(session: Session, token: str, talk: Talk) -> Talk:
    """Remember that the student has shown to have kept the code."""
    kept = replace(talk, is_code_kept=True)
    _keep(session, token, kept)
    return kept


def leave(session: Session, talk_tokens: Iterable[str], visit_tokens: Iterable[str]) -> None:
    """Delete everything that the browser holds open here."""
    for token in talk_tokens:
        tabs.drop(session, token, "talk")
    for token in visit_tokens:
        tabs.drop(session, token, "visit")


def prepare(talk: Talk) -> Prepared | None:
    """Return the talk with its outcome when every question is answered, else None."""
    path = path_of(talk)
    if path.current is not None:
        return None
    return Prepared(talk=talk, path=path, outcome=outcome(flows(), FLOW, path.answers))


def send(token: str, school: SchoolInfo) -> None:
    """Send the talk, once however often it is asked: a repeated call finds it sent and does nothing.

    The slow part, making the code's keys, runs before the transaction that stores case, mail and the end of the draft.
    Raises: TalkGoneError, ElsewhereError (a question is open again), NoReaderError, BusyError (the draft is kept).
    """
    with db.reading() as session:
        talk = resume(session, token, school.id)
    if talk.is_sent:
        return
    student = derive(parse_code(talk.code_number), current_pepper(), school.id)
    with db.transaction() as session:
        talk = resume(session, token, school.id, lock=True)
        if not talk.is_sent:
            _send_locked(session, token, talk, student)


def _send_locked(session: Session, token: str, talk: Talk, student: StudentKeys) -> None:
    prepared = prepare(talk)
    if prepared is None:
        raise ElsewhereError
    open_case(session, report_of(session, prepared, student))
    _keep(session, token, replace(talk, is_sent=True, answers={}, help_ids=_help_ids(session, prepared)))


def report_of(session: Session, prepared: Prepared, student: StudentKeys) -> NewReport:
    """Return a prepared talk as a report to its readers.

    Raises: NoReaderError.
    """
    settings: Settings = current_app.config["SETTINGS"]
    talk, result = prepared.talk, prepared.outcome
    urgent = result.urgency == "now"
    return NewReport(
        school_id=talk.school_id,
        submit_id=bytes.fromhex(talk.submit_id),
        student=student,
        readers=readers_for(result, readers_of(session, talk.school_id)),
        urgent=urgent,
        promised_on=promised_day(clock.today(), urgent, holidays_of(session, talk.school_id)),
        answers=prepared.path.answers,
        categories=result.categories,
        language=current_language().tag,
        flow_id=FLOW,
        flow_hash=flows().hash,
        flow_archive=dump_flows(flows()),
        deliver_at_once=settings.deliver_at_once,
    )


def _help_ids(session: Session, prepared: Prepared) -> tuple[str, ...]:
    # After sending only the ids of fitting cards stay: the draft's words are gone with the draft.
    words = " ".join(value for value in prepared.path.answers.get("story", ()) if value != SKIP)
    return tuple(card.id for card in cards_for(session, prepared.outcome.categories, words))


def _keep(session: Session, token: str, talk: Talk) -> None:
    tabs.keep(session, token, "talk", talk.as_state())
