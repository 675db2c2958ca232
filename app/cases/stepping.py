"""Writes about steps: an adviser plans, asks, does or drops one; the student says yes, only in general, or not yet."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.cases import rules
from app.cases.access import Access, case_to_write_in
from app.cases.desk import Desk, Held, hold
from app.cases.envelopes import CaseDamagedError
from app.cases.models import Case
from app.cases.noting import note_deed
from app.cases.posting import hear, open_again, tell_readers
from app.cases.records import add_record
from app.cases.services import speak
from app.cases.step_reading import KIND, steps_of
from app.cases.steps import (
    ANSWERS,
    LEVELS,
    Step,
    StepFinishedError,
    UnknownStepError,
    awaits_consent,
    ground_of,
    step_with,
)


@dataclass(frozen=True)
class NewStep:
    """A step to plan: its kind, in words what exactly (the student reads it), and what belongs to its kind."""

    kind: str
    about: str
    extra: Mapping[str, str] = field(default_factory=dict)


def plan_step(session: Session, desk: Desk, case_id: str, new: NewStep) -> str:
    """Plan a step and return its id.

    Raises: CaseNotFoundError, CaseDamagedError, UnknownStepError (no such kind).
    """
    if new.kind not in LEVELS:
        raise UnknownStepError
    held, step_id = hold(session, desk, case_id, lock=True), secrets.token_hex(8)
    planned = {"kind": new.kind, "about": new.about, "author": desk.name, "extra": dict(new.extra)}
    _write(session, held, step_id, "planned", planned)
    note_deed(session, desk, held, "case.step_planned", step_id)
    return step_id


def ask_step(session: Session, desk: Desk, case_id: str, step_id: str) -> None:
    """Ask the student in the conversation; a step that was asked already stays as it is.

    Raises: CaseNotFoundError, CaseClosedError, CaseDamagedError, UnknownStepError, StepFinishedError.
    """
    held, step = _open_step(session, desk, case_id, step_id)
    if not step.can_be_asked:
        return
    words = {"step": step.id, "kind": step.kind, "text": step.about, **step.extra}
    speak(session, desk, held, "ask", words)
    _settle(session, held)
    note_deed(session, desk, held, "case.step_asked", step.id)


def override_step(session: Session, desk: Desk, case_id: str, step_id: str, told: tuple[str, str]) -> None:
    """Let a duty go before the student's answer; *told* is its id and the sentence that he reads before it is done.

    Raises: CaseNotFoundError, CaseClosedError, CaseDamagedError, UnknownStepError, StepFinishedError.
    """
    held, step = _open_step(session, desk, case_id, step_id)
    duty, sentence = told
    speak(session, desk, held, "adviser", {"text": sentence})
    _write(session, held, step.id, "overridden", {"duty": duty})
    _settle(session, held)
    note_deed(session, desk, held, "case.step_overridden", step.id)


def finish_step(session: Session, desk: Desk, case_id: str, step_id: str) -> Step:
    """Write down that a step was done, and on what ground, and return it as it stood before.

    Raises: CaseNotFoundError, CaseDamagedError, UnknownStepError, StepFinishedError, StepBlockedError.
    """
    held, step = _open_step(session, desk, case_id, step_id)
    ground = ground_of(step)
    _write(session, held, step.id, "done", {"ground": ground})
    _settle(session, held)
    note_deed(session, desk, held, "case.step_done", step.id)
    return step


def drop_step(session: Session, desk: Desk, case_id: str, step_id: str) -> None:
    """Let a step go; the student is not asked about it any more.

    Raises: CaseNotFoundError, CaseDamagedError, UnknownStepError, StepFinishedError.
    """
    held, step = _open_step(session, desk, case_id, step_id)
    _write(session, held, step.id, "dropped", {})
    _settle(session, held)
    note_deed(session, desk, held, "case.step_dropped", step.id)


def answer_consent(session: Session, access: Access, step_id: str, answer: str) -> None:
    """Answer what an adviser asked; the same answer twice is one, another one takes its place until the step is done.

    It is news for the readers and promises nothing; a closed case opens again.
    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError, UnknownStepError, StepFinishedError.
    """
    case, key = case_to_write_in(session, access)
    step = step_with(steps_of(session, access.ref, key), step_id)
    if answer not in ANSWERS or step.asked_on is None:
        raise UnknownStepError
    if not step.is_open:
        raise StepFinishedError
    if step.answer == answer:
        return
    hear(session, case, key, "consent", {"step": step.id, "kind": step.kind, "answer": answer})
    _set_waiting(session, case, awaits=awaits_consent(steps_of(session, access.ref, key)))
    open_again(case, rules.after_student(case.status))
    tell_readers(session, case)


def _open_step(session: Session, desk: Desk, case_id: str, step_id: str) -> tuple[Held, Step]:
    held = hold(session, desk, case_id, lock=True)
    if held.dialog_key is None:
        raise CaseDamagedError
    step = step_with(steps_of(session, held.ref, held.dialog_key), step_id)
    if not step.is_open:
        raise StepFinishedError
    return held, step


def _write(session: Session, held: Held, step_id: str, event: str, value: Mapping[str, object]) -> None:
    # Messages are numbered apart from entries: `at` says after which message this one was written.
    noted = {"event": event, "step": step_id, "at": held.case.last_seq, **value}
    add_record(session, held.ref, held.dialog_key, KIND, noted)


def _settle(session: Session, held: Held) -> None:
    _set_waiting(session, held.case, awaits=awaits_consent(steps_of(session, held.ref, held.dialog_key)))


def _set_waiting(session: Session, case: Case, *, awaits: bool) -> None:
    case.awaits_consent = awaits
    session.flush()
