"""Decisions about a case: what each step does to its status, and when an answer is late."""

from datetime import date
from typing import Literal

Status = Literal["received", "read", "handled", "closed"]


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
