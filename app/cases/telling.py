"""What somebody told an adviser becomes a case like any other, with a code that is printed for the student."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.installation import current_pepper
from app.accounts.presence import promised
from app.accounts.queries import Reader, readers_of
from app.cases.desk import CaseNotFoundError, Desk, hold
from app.cases.models import Case
from app.cases.noting import note_deed
from app.cases.opening import NewReport, open_case
from app.cases.scripted import answers_of
from app.flows.engine import Choices, outcome, replay
from app.flows.model import FlowSet
from app.i18n.languages import SOURCE
from app.talks.queries import flows_for
from app.vault.codes import Code, StudentKeys, code_of, derive

TOLD_FLOW = "told"
"""The talk of the version in which an adviser writes; no student begins it."""
SEED_BYTES = 32
ABOUT_STEP, DANGER_STEP = "what", "danger"


class NotReaderHereError(Exception):
    """He is no confirmed adviser of that school, so what he writes down would not be his to read."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an adviser wrote down; *without* are colleagues whom it is about, who get no key.

    *seed* is random and stands in the form, so that sending it twice is one case with one code.
    """

    school_id: str
    seed: str = field(repr=False)
    story: str = field(repr=False)
    about: str
    danger: str
    without: frozenset[str] = frozenset()


def colleagues_of(session: Session, desk: Desk, school_id: str) -> tuple[Reader, ...]:
    """Return the other confirmed advisers of a school of *desk*.

    Raises: CaseNotFoundError (no school of his), NotReaderHereError.
    """
    if school_id not in desk.school_ids:
        raise CaseNotFoundError
    readers = readers_of(session, school_id)
    if all(reader.person_id != desk.person_id for reader in readers):
        raise NotReaderHereError
    return tuple(reader for reader in readers if reader.person_id != desk.person_id)


def choices_in(flows: FlowSet, step_id: str) -> Mapping[str, str]:
    """Return what may be chosen at a question of the talk "told": codes with their texts in the source language."""
    step = flows.flows[TOLD_FLOW].steps[step_id]
    return {code: step.chips[code] for code in step.offered}


def code_for(desk: Desk, seed: str) -> Code:
    """Return the code for what is written down under *seed*: the same each time, and stored nowhere.

    The seed stands in the adviser's form only, so that pepper and database together give no code away.
    """
    return code_of(current_pepper().mac("told code", desk.person_id, seed))


def keys_for(desk: Desk, told: Told) -> StudentKeys:
    """Return the keys of the printed code; a slow hash, so before any transaction.

    Raises: BusyError.
    """
    return derive(code_for(desk, told.seed), current_pepper(), told.school_id)


def write_down(session: Session, desk: Desk, told: Told, student: StudentKeys) -> bool:
    """Store what was told; False when that was done before and the student has taken a code of his own since.

    Raises: CaseNotFoundError, NotReaderHereError, AnswerError, CodeTakenError.
    """
    opened = open_case(session, _report(session, desk, told, student))
    if opened is None:
        return _still_printed(session, told)
    session.flush()
    note_deed(session, desk, hold(session, desk, opened.case_id), "case.told")
    return True


def _still_printed(session: Session, told: Told) -> bool:
    query = select(Case.has_printed_code).where(Case.school_id == told.school_id, Case.submit_id == _submit_id(told))
    return bool(session.scalar(query))


def _submit_id(told: Told) -> bytes:
    return hashlib.sha256(b"told " + told.seed.encode()).digest()


def _report(session: Session, desk: Desk, told: Told, student: StudentKeys) -> NewReport:
    colleagues = colleagues_of(session, desk, told.school_id)
    flows = flows_for(session, told.school_id)
    answers = answers_of(flows, TOLD_FLOW, _given(told), Choices(people=[one.person_id for one in colleagues]))
    result = outcome(flows, TOLD_FLOW, answers)
    urgent = result.urgency == "now"
    return NewReport(
        school_id=told.school_id,
        submit_id=_submit_id(told),
        student=student,
        readers=_readers(session, desk, told, colleagues),
        urgent=urgent,
        promised_on=promised(session, told.school_id, [desk.person_id], clock.today(), urgent=urgent),
        answers=replay(flows, TOLD_FLOW, answers).answers,
        categories=result.categories,
        language=SOURCE,
        flow_id=TOLD_FLOW,
        flows=flows,
        watch=tuple(sorted(result.watch)),
        deliver_at_once=True,
        origin="told",
        has_printed_code=True,
    )


def _given(told: Told) -> Mapping[str, tuple[str, ...]]:
    given = {"story": (told.story,), ABOUT_STEP: (told.about,), DANGER_STEP: (told.danger,)}
    # Whom it is about stands in the report, so that nobody gives him a key later without seeing that.
    return {**given, "who": ("staff",), "conflict": tuple(sorted(told.without))} if told.without else given


def _readers(session: Session, desk: Desk, told: Told, colleagues: Collection[Reader]) -> tuple[Reader, ...]:
    own = next(one for one in readers_of(session, told.school_id) if one.person_id == desk.person_id)
    others = [one for one in colleagues if one.person_id not in told.without]
    return (own, *(replace(one, stage=int(one.is_deputy)) for one in others))
