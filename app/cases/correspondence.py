"""The student's conversation: reading it, writing in it, ending it and keeping it longer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.access import Access, case_of, case_to_write_in, find_case, is_withdrawn, key_of
from app.cases.checkins import CheckinAnswer, answer_checkin, checkin_of, tell_happened
from app.cases.family import Thread, family, lock_family, open_thread, reader_ids, reader_stages, threads_of
from app.cases.models import Case
from app.cases.own_record import OwnLine, check_number, own_lines
from app.cases.posting import hear, open_again, tell_readers
from app.cases.promising import promise_anew
from app.cases.reading import (
    Message,
    ReaderInfo,
    Seen,
    furthest_seen,
    last_message,
    read_card,
    read_messages,
    read_report,
    readers_in,
)
from app.cases.rules import CaseWithdrawnError
from app.cases.step_reading import steps_of
from app.cases.steps import Step, for_student
from app.cases.withdrawing import take_back_withdrawal, withdraw
from app.cases.wording import AnswerLine, status_label

__all__ = [
    "Access",
    "CaseWithdrawnError",
    "CheckinAnswer",
    "Conversation",
    "Message",
    "Thread",
    "answer_checkin",
    "end",
    "extend",
    "family",
    "find_case",
    "is_withdrawn",
    "lock_family",
    "mark_seen",
    "open_thread",
    "read_conversation",
    "reader_ids",
    "reader_stages",
    "take_back_withdrawal",
    "tell_happened",
    "withdraw",
    "write",
]


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A case as its student sees it, in the present language."""

    status: str
    promised_on: date
    awaits_answer: bool
    """False when an adviser had the last word: then nothing is promised."""
    is_overdue: bool
    reported_on: date
    kept_until: date
    """Last day on which the conversation is kept when nobody writes in it any more."""
    withdrawn_on: date | None
    """Day on which the student withdrew it; until it is taken back nobody can write in it."""
    checkin: int
    """The check-in that is due now: after how many days (3, 10 or 30), or 0."""
    is_reprisal: bool
    """True for what happened after an earlier report that is still kept."""
    has_printed_code: bool
    """True while an adviser has seen the code that opens it."""
    threads: tuple[Thread, ...]
    """All conversations of this code, when there is more than one."""
    can_end: bool
    report: tuple[AnswerLine, ...]
    is_report_damaged: bool
    messages: tuple[Message, ...]
    readers: tuple[ReaderInfo, ...]
    asked: tuple[ReaderInfo, ...]
    """Those who see it because no answer came in time."""
    opened: bool
    """True when at least one reader opened the case."""
    categories: tuple[str, ...]
    words: str
    """Everything typed in the report, to find help that fits."""
    help_ids: tuple[str, ...]
    """Services that the rules of the talk name."""
    is_key_damaged: bool
    steps: tuple[Step, ...]
    """What he was asked or told about a step, as long as he can say something about it."""
    record: tuple[OwnLine, ...]
    """Who opened it, copies of it and keys that were given, the newest first."""
    check_number: int | None
    """Stays the same for as long as nobody changes what was told."""

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)


def read_conversation(session: Session, access: Access) -> Conversation:
    """Open a conversation; changes nothing.

    Raises: CaseNotFoundError.
    """
    case = case_of(session, access)
    key = key_of(case, access)
    report = read_report(session, case, key)
    readers, threads = readers_in(session, access.ref), threads_of(session, case)
    seen = Seen(by_readers=furthest_seen(readers), by_student=case.student_seen_through)
    return Conversation(
        **_standing(case),
        threads=threads if len(threads) > 1 else (),
        can_end=rules.can_end(status=case.status, withdrawn_on=case.withdrawn_on) and key is not None,
        report=report.lines,
        help_ids=report.help_ids,
        is_report_damaged=report.damaged,
        messages=read_messages(session, access.ref, key, seen, is_own=True),
        readers=readers,
        asked=tuple(reader for reader in readers if reader.stage and not reader.is_waiting),
        opened=any(reader.has_opened for reader in readers),
        categories=read_card(key, case.card, access.ref).categories,
        words=report.words,
        is_key_damaged=key is None,
        steps=for_student(steps_of(session, access.ref, key)),
        record=own_lines(session, access.ref),
        check_number=check_number(case, key),
    )


def _standing(case: Case) -> dict[str, Any]:
    """Return how the case stands, which its row says without a key."""
    return {
        "status": case.status,
        "promised_on": case.promised_on,
        "awaits_answer": case.awaits_answer,
        "is_overdue": rules.is_overdue(
            awaits_answer=case.awaits_answer, promised_on=case.promised_on, today=clock.today()
        ),
        "reported_on": case.reported_on,
        "kept_until": rules.kept_until(status=case.status, last_on=case.last_on, withdrawn_on=case.withdrawn_on),
        "withdrawn_on": case.withdrawn_on,
        "checkin": checkin_of(case),
        "is_reprisal": case.parent_id is not None,
        "has_printed_code": case.has_printed_code,
    }


def mark_seen(session: Session, access: Access) -> None:
    """Remember that the student has seen every message up to now; without a day.

    Raises: CaseNotFoundError.
    """
    case = case_of(session, access, lock=True)
    case.student_seen_through = case.last_seq


def write(session: Session, access: Access, text: str) -> None:
    """Add the student's message and tell the readers; a closed case opens again.

    The same words twice in a row are one message: a double tap, or a second try after a lost response.
    A promise that is still open keeps its day; else a new one begins today.
    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError.
    """
    case, key = case_to_write_in(session, access)
    last = last_message(session, access.ref, key)
    if last is not None and last.from_student and last.kind == "message" and last.text == text:
        return
    hear(session, case, key, "student", {"text": text})
    open_again(case, rules.after_student(case.status))
    if not case.awaits_answer:
        promise_anew(session, case)
    tell_readers(session, case)


def end(session: Session, access: Access) -> None:
    """Close the case at the student's wish: no answer is promised any more; his next message opens it again.

    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError.
    """
    case, key = case_to_write_in(session, access)
    if case.status == "closed":
        return
    hear(session, case, key, "ended", {})
    case.status, case.closed_on = rules.after_closing(case.status), clock.today()
    case.awaits_answer = False


def extend(session: Session, access: Access) -> date:
    """Keep the case another full term from today on, and return its last day.

    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError.
    """
    case, _key = case_to_write_in(session, access)
    case.last_on, case.due_since = clock.today(), None
    return rules.kept_until(status=case.status, last_on=case.last_on)
