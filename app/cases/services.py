"""Writes of the desk: a report becomes a case; an adviser reads, answers, works on it, closes and reopens it."""

from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.desk import Desk, Held, hold
from app.cases.envelopes import CaseDamagedError
from app.cases.noting import note_deed
from app.cases.opening import NewReport, open_case
from app.cases.posting import open_again, post
from app.cases.rules import CaseClosedError
from app.cases.viewing import CaseView, case_view

__all__ = [
    "CaseClosedError",
    "CaseDamagedError",
    "NewReport",
    "close_case",
    "mark_handled",
    "open_case",
    "read_case",
    "reopen",
    "reply",
    "unfold",
]


def read_case(session: Session, desk: Desk, case_id: str) -> CaseView:
    """Open a case, note who did so, and return it with what is new to this reader marked.

    Raises: CaseNotFoundError.
    """
    held = hold(session, desk, case_id, lock=True)
    held.case.status = rules.after_opening(held.case.status)
    view = case_view(session, desk, held)
    held.reader.seen_through = held.case.last_seq
    note_deed(session, desk, held, "case.opened")
    return view


def reply(session: Session, desk: Desk, case_id: str, text: str) -> None:
    """Answer the student.

    Raises: CaseNotFoundError, CaseClosedError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    held.case.status = rules.after_reply(held.case.status)
    _act(held)
    _say(session, desk, held, "adviser", text)
    note_deed(session, desk, held, "case.answered")


def mark_handled(session: Session, desk: Desk, case_id: str) -> None:
    """Let the student see that somebody works on the case; the promised day stays.

    Raises: CaseNotFoundError, CaseClosedError.
    """
    held = hold(session, desk, case_id, lock=True)
    held.case.status = rules.after_reply(held.case.status)
    _act(held)
    note_deed(session, desk, held, "case.handled")


def close_case(session: Session, desk: Desk, case_id: str, outcome: str) -> None:
    """Close a case with a sentence that the student reads.

    Raises: CaseNotFoundError, CaseClosedError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    held.case.status = rules.after_closing(held.case.status)
    _act(held)
    _say(session, desk, held, "outcome", outcome)
    note_deed(session, desk, held, "case.closed")


def reopen(session: Session, desk: Desk, case_id: str) -> None:
    """Work on a closed case again; an open one stays as it is.

    Raises: CaseNotFoundError.
    """
    held = hold(session, desk, case_id, lock=True)
    if held.case.status == "closed":
        open_again(held.case, "handled")
        note_deed(session, desk, held, "case.reopened")


def unfold(session: Session, desk: Desk, case_id: str) -> None:
    """Put a case of a flood among the others; one that is there already stays.

    Raises: CaseNotFoundError.
    """
    held = hold(session, desk, case_id, lock=True)
    if held.case.lane == rules.FOLDED:
        held.case.lane = rules.NORMAL
        note_deed(session, desk, held, "case.unfolded")


def _act(held: Held) -> None:
    """Let the check-ins count from the first deed, and take a case out of the fold: somebody takes it seriously."""
    held.case.acted_on = held.case.acted_on or clock.today()
    held.case.lane = rules.NORMAL


def _say(session: Session, desk: Desk, held: Held, direction: str, text: str) -> None:
    if held.dialog_key is None:
        raise CaseDamagedError
    post(session, held.case, held.dialog_key, direction, {"author": desk.name, "text": text})
    held.case.awaits_answer = False
    held.reader.seen_through = max(held.reader.seen_through, held.case.last_seq)
