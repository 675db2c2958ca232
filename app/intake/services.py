"""Writes of the student's side: begin, answer, back, change, send, and what exit deletes."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import current_app
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.installation import current_pepper
from app.accounts.queries import readers_of
from app.cases.opening import CodeTakenError
from app.cases.services import NewReport, open_case
from app.flows.archive import dump_flows
from app.flows.engine import Choices, Outcome, Path, PathStep, accept, outcome, replay
from app.flows.model import SKIP, FlowSet, Step
from app.i18n.translate import current as current_language
from app.intake import tabs
from app.intake.rules import FLOW, Talk, mark_of, readers_for
from app.referrals.queries import cards_for
from app.schools.queries import SchoolInfo, holidays_of, places_of
from app.schools.rules import promised_day
from app.settings import Settings
from app.vault.codes import StudentKeys, derive, new_code, parse_code
from app.vault.tabs import new_token

MOST_CODES_TRIED = 3
"""Two codes out of 10^15 hardly ever meet; three times in a row is a fault."""


class TalkGoneError(Exception):
    """The browser holds no talk for this school any more; it was sent away, left, or older than two hours."""


class UnknownStepError(Exception):
    """The posted step does not exist in this talk."""


class ElsewhereError(Exception):
    """The posted step exists but is not open now: another tab went on, or an answer before it was changed."""


class SentError(Exception):
    """The talk was sent before this answer came in; it did not go along."""


class ReadersChangedError(Exception):
    """Others would read the talk than the page showed: somebody came or went, or another tab chose anew."""


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

    Raises: SentError, UnknownStepError, ElsewhereError, AnswerError (nothing is stored then).
    """
    if talk.is_sent:
        raise SentError
    place = _question(talk, step_id)
    accepted = accept(place.step, values, choices_of(session, talk.school_id))
    answered = talk.with_answer(step_id, accepted)
    _keep(session, token, answered)
    return answered


def _question(talk: Talk, step_id: str) -> PathStep:
    found = next((place for place in path_of(talk).questions if place.id == step_id), None)
    if found is None:
        raise ElsewhereError if question_named(step_id) else UnknownStepError
    return found


def question_named(step_id: str) -> Step | None:
    """Return the question with this qualified id, on anybody's path or not; None when there is none."""
    flow_id, _, inner = step_id.rpartition(".")
    flow = flows().flows.get(flow_id or FLOW)
    step = flow.steps.get(inner) if flow else None
    return step if step and step.is_question else None


def go_back(session: Session, token: str, talk: Talk, step_id: str) -> Talk:
    """Open the question before *step_id*, the last one when that is no question; its answer stays filled in.

    The page names its own question, so that a second tap on the same button goes back no further.
    """
    path = path_of(talk)
    answered = [place.id for place in path.questions if place.values is not None]
    before = path.before(step_id) if path.find(step_id) else None
    target = before.id if before else (answered[-1] if answered and not path.find(step_id) else None)
    return change(session, token, talk, target) if target else talk


def change(session: Session, token: str, talk: Talk, step_id: str) -> Talk:
    """Open the question *step_id* again; a talk that was sent stays as it is.

    Raises: UnknownStepError, ElsewhereError.
    """
    if talk.is_sent:
        return talk
    changed = replace(talk, changing=_question(talk, step_id).id)
    _keep(session, token, changed)
    return changed


def confirm_word(session: Session, token: str, talk: Talk) -> Talk:
    """Remember that the student has shown to have kept the code.

    Raises: ElsewhereError before sending: no code has been shown yet.
    """
    if not talk.is_sent:
        raise ElsewhereError
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


def send(token: str, school: SchoolInfo, seen: str = "") -> None:
    """Send the talk, once however often it is asked: a repeated call finds it sent and does nothing.

    The slow part, making the code's keys, runs before the transaction that stores case, mail and the end of the draft.
    *seen* is the mark of the readers that the page showed (`rules.mark_of`).
    Raises: TalkGoneError, ElsewhereError (a question is open again), NoReaderError, ReadersChangedError, BusyError;
        the draft is kept.
    """
    for _ in range(MOST_CODES_TRIED):
        with db.reading() as session:
            talk = resume(session, token, school.id)
        if talk.is_sent:
            return
        if prepare(talk) is None:
            raise ElsewhereError
        student = derive(parse_code(talk.code_number), current_pepper(), school.id)
        try:
            with db.transaction() as session:
                _send_locked(session, token, talk, student, seen)
        except CodeTakenError:
            _renew_code(token, talk)
        else:
            return
    raise CodeTakenError


def _send_locked(session: Session, token: str, keyed: Talk, student: StudentKeys, seen: str) -> None:
    talk = resume(session, token, keyed.school_id, lock=True)
    if talk.is_sent:
        return
    if talk.code_number != keyed.code_number:
        raise CodeTakenError
    prepared = prepare(talk)
    if prepared is None:
        raise ElsewhereError
    report = report_of(session, prepared, student)
    if seen and seen != mark_of(report.readers):
        raise ReadersChangedError
    open_case(session, report)
    _keep(session, token, replace(talk, is_sent=True, answers={}, help_ids=_help_ids(session, prepared)))


def _renew_code(token: str, keyed: Talk) -> None:
    """Give the talk another code unless another request did so: nobody has seen the first one yet."""
    with db.transaction() as session:
        talk = resume(session, token, keyed.school_id, lock=True)
        if not talk.is_sent and talk.code_number == keyed.code_number:
            _keep(session, token, replace(talk, code_number=new_code().digits))


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
