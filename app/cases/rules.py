"""Decisions about a case: what each step does to its status, when an answer is late, how long it is kept."""

from datetime import date, timedelta

# Working values: no law or guideline sets a term for such conversations (searched 2026-11-22), so they are kept as
# short as the work allows (AVG art. 5(1)(e)). Whoever runs Vertel for a school decides them with the privacy officer.
KEPT_AFTER_CLOSING = timedelta(weeks=6)
KEPT_WITHOUT_NEWS = timedelta(weeks=26)
"""Half a year after the last message, for a case that nobody closed."""


class CaseClosedError(Exception):
    """The case is closed: reopen it before answering."""


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


def kept_until(*, status: str, last_on: date) -> date:
    """Return the last day on which a case is kept, when nothing more is written in it."""
    return last_on + (KEPT_AFTER_CLOSING if status == "closed" else KEPT_WITHOUT_NEWS)
