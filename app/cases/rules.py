"""Decisions about a case: what each step does to its status, when an answer is late, how long it is kept."""

from datetime import date, timedelta

# Working values: no law or guideline sets a term for such conversations (searched 2026-11-22), so they are kept as
# short as the work allows (AVG art. 5(1)(e)). Whoever runs Vertel for a school decides them with the privacy officer.
KEPT_AFTER_CLOSING = timedelta(weeks=6)
KEPT_WITHOUT_NEWS = timedelta(weeks=26)
"""Half a year after the last message, for a case that nobody closed."""
KEPT_AFTER_WITHDRAWING = timedelta(days=14)
"""How long a student can change his mind."""
NORMAL, FOLDED = "normal", "folded"
"""The lanes of the queue: what came in a flood lies folded below the others."""
CHECKIN_DAYS = (3, 10, 30)
"""How many days after an adviser acted a student is asked whether anything happened since: reprisals come early, but
not always at once."""


class CaseClosedError(Exception):
    """The case is closed: reopen it before answering."""


class CaseWithdrawnError(Exception):
    """The student withdrew the case: he takes that back before he writes in it."""


def after_opening(status: str) -> str:
    """Return the status after a reader opened the case."""
    return "read" if status == "received" else status


def after_reply(status: str) -> str:
    """Return the status after an adviser's answer or his "being handled".

    Raises: CaseClosedError.
    """
    if status == "closed":
        raise CaseClosedError
    return "handled"


def after_student(status: str) -> str:
    """Return the status after a student's message; a closed case opens again, for nothing a child says is lost."""
    return "read" if status == "closed" else status


def after_closing(status: str) -> str:
    """Return the status after closing.

    Raises: CaseClosedError.
    """
    if status == "closed":
        raise CaseClosedError
    return "closed"


def is_overdue(*, awaits_answer: bool, promised_on: date, today: date) -> bool:
    """Return whether a promised answer is late."""
    return awaits_answer and promised_on < today


def has_news(*, last_student_seq: int, seen_through: int) -> bool:
    """Return whether the student wrote something that this reader has not seen."""
    return last_student_seq > seen_through


def checkin(*, acted_on: date | None, checked_day: int, today: date) -> int:
    """Return the latest check-in (in days) that is due and not answered yet, or 0; earlier ones are not asked late."""
    if acted_on is None:
        return 0
    due = [days for days in CHECKIN_DAYS if (today - acted_on).days >= days > checked_day]
    return max(due, default=0)


def can_end(*, status: str, withdrawn_on: date | None) -> bool:
    """Return whether the student can close the case himself."""
    return status != "closed" and withdrawn_on is None


def kept_until(*, status: str, last_on: date, withdrawn_on: date | None = None) -> date:
    """Return the last day on which a case is kept, when nothing more is written in it."""
    if withdrawn_on is not None:
        return withdrawn_on + KEPT_AFTER_WITHDRAWING
    return last_on + (KEPT_AFTER_CLOSING if status == "closed" else KEPT_WITHOUT_NEWS)
