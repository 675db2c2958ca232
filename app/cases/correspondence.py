"""The student's way back to a case, with the key pair that his code gives."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.desk import CaseNotFoundError
from app.cases.envelopes import STUDENT, CaseDamagedError, CaseRef, unwrap_key
from app.cases.models import Case
from app.cases.posting import post
from app.cases.reading import Message, ReaderInfo, last_message, read_card, read_messages, read_report, readers_in
from app.cases.wording import AnswerLine, status_label
from app.notifications.services import tell
from app.schools.queries import holidays_of
from app.schools.rules import promised_day
from app.vault.keys import KeyPair


@dataclass(frozen=True)
class Access:
    """A case and the key pair of its code."""

    case_id: str
    school_id: str
    pair: KeyPair = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A case as its student sees it, in the present language."""

    status: str
    promised_on: date
    awaits_answer: bool
    """False when an adviser had the last word: then nothing is promised."""
    reported_on: date
    kept_until: date
    """Last day on which the conversation is kept when nobody writes in it any more."""
    report: tuple[AnswerLine, ...]
    is_report_damaged: bool
    messages: tuple[Message, ...]
    readers: tuple[ReaderInfo, ...]
    opened: bool
    """True when at least one reader opened the case."""
    categories: tuple[str, ...]
    words: str
    """Everything typed in the report, to find help that fits."""
    help_ids: tuple[str, ...]
    """Services that the rules of the talk name."""
    is_key_damaged: bool

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)


def find_case(session: Session, school_id: str, lookup: bytes) -> str | None:
    """Return the id of the case that a code opens at this school, or None."""
    return session.scalar(select(Case.id).where(Case.school_id == school_id, Case.lookup == lookup))


def read_conversation(session: Session, access: Access) -> Conversation:
    """Open a conversation; changes nothing.

    Raises: CaseNotFoundError.
    """
    case = _case(session, access)
    ref, key = _ref(access), _key(case, access)
    report = read_report(session, case, key)
    readers = readers_in(session, ref)
    return Conversation(
        status=case.status,
        promised_on=case.promised_on,
        awaits_answer=case.awaits_answer,
        reported_on=case.reported_on,
        kept_until=rules.kept_until(status=case.status, last_on=case.last_on),
        report=report.lines,
        help_ids=report.help_ids,
        is_report_damaged=report.damaged,
        messages=read_messages(session, ref, key),
        readers=readers,
        opened=any(reader.has_opened for reader in readers),
        categories=read_card(key, case.card, ref).categories,
        words=report.words,
        is_key_damaged=key is None,
    )


def mark_seen(session: Session, access: Access) -> None:
    """Remember that the student has seen every message up to now; without a day.

    Raises: CaseNotFoundError.
    """
    case = _case(session, access, lock=True)
    case.student_seen_through = case.last_seq


def write(session: Session, access: Access, text: str) -> None:
    """Add the student's message and tell the readers; a closed case opens again.

    The same words twice in a row are one message: a double tap, or a second try after a lost response.
    A promise that is still open keeps its day; else a new one begins today.
    Raises: CaseNotFoundError, CaseDamagedError.
    """
    case = _case(session, access, lock=True)
    key = _key(case, access)
    if key is None:
        raise CaseDamagedError
    last = last_message(session, _ref(access), key)
    if last is not None and last.from_student and last.text == text:
        return
    post(session, case, key, "student", {"text": text})
    case.last_student_seq = case.last_seq
    case.student_seen_through = case.last_seq
    case.status = rules.after_student(case.status)
    case.news_on = clock.today()
    if not case.awaits_answer:
        case.awaits_answer = True
        case.promised_on = promised_day(clock.today(), case.urgent, holidays_of(session, case.school_id))
    for reader in readers_in(session, _ref(access)):
        tell(session, reader.person_id, urgent=False)


def _case(session: Session, access: Access, *, lock: bool = False) -> Case:
    query = select(Case).where(Case.id == access.case_id, Case.school_id == access.school_id)
    case = session.scalar(query.with_for_update() if lock else query)
    if case is None:
        raise CaseNotFoundError
    return case


def _ref(access: Access) -> CaseRef:
    return CaseRef(school_id=access.school_id, case_id=access.case_id)


def _key(case: Case, access: Access) -> bytes | None:
    return unwrap_key(case.student_wrap, access.pair, _ref(access), STUDENT)
