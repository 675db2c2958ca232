"""Writes of the desk: a report becomes a case; an adviser reads, answers, works on it, closes and reopens it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.desk import Desk, Held, hold, notes_key_of
from app.cases.envelopes import CaseDamagedError
from app.cases.noting import note_deed
from app.cases.opening import NewReport, open_case
from app.cases.posting import open_again, post
from app.cases.promising import count_answer
from app.cases.recoverable import keep_recoverable
from app.cases.rules import CaseClosedError
from app.cases.viewing import FIRST, CaseView, case_view

__all__ = [
    "Along",
    "CaseClosedError",
    "CaseDamagedError",
    "NewReport",
    "UnseenMessageError",
    "close_case",
    "mark_handled",
    "open_case",
    "read_case",
    "reopen",
    "reply",
    "speak",
    "unfold",
]


class UnseenMessageError(Exception):
    """The conversation went on after the page was made on which an adviser wrote."""


@dataclass(frozen=True)
class Along:
    """What goes along with a typed text: the sentences before it, and up to which message its writer had read."""

    parts: Sequence[Mapping[str, Any]] = ()
    seen: int | None = None
    """None when nobody knows; then nothing is refused."""


ALONE = Along()


def read_case(session: Session, desk: Desk, case_id: str, before: int | None = None) -> CaseView:
    """Open a case, note who did so, and return it with what is new to this reader marked.

    With *before*, the number of one of its messages, those before it are shown, and the newest ones stay as they are.
    Raises: CaseNotFoundError.
    """
    held = hold(session, desk, case_id, lock=True)
    held.case.status = rules.after_opening(held.case.status)
    keep_recoverable(session, held.case, held.dialog_key, notes_key_of(held, desk))
    place = before if before in range(FIRST + 1, held.case.last_seq + 1) else None
    view = case_view(session, desk, held, place)
    if place is None:
        held.reader.seen_through = held.case.last_seq
    note_deed(session, desk, held, "case.opened")
    return view


def look_again(session: Session, desk: Desk, case_id: str) -> CaseView:
    """Return a case that is open on the adviser's screen, as he goes on with what he writes there.

    Raises: CaseNotFoundError.
    """
    held = hold(session, desk, case_id, lock=True)
    view = case_view(session, desk, held)
    held.reader.seen_through = held.case.last_seq
    return view


def reply(session: Session, desk: Desk, case_id: str, text: str, along: Along = ALONE) -> None:
    """Answer the student.

    Raises: CaseNotFoundError, CaseClosedError, UnseenMessageError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    rules.after_reply(held.case.status)  # A closed case says so before what was missed.
    speak(session, desk, held, "adviser", _words(held, text, along))
    note_deed(session, desk, held, "case.answered")


def mark_handled(session: Session, desk: Desk, case_id: str) -> None:
    """Let the student see that somebody works on the case; the promised day stays.

    Raises: CaseNotFoundError, CaseClosedError.
    """
    held = hold(session, desk, case_id, lock=True)
    held.case.status = rules.after_reply(held.case.status)
    _act(held)
    note_deed(session, desk, held, "case.handled")


def close_case(session: Session, desk: Desk, case_id: str, outcome: str, along: Along = ALONE) -> None:
    """Close a case with a sentence that the student reads.

    Raises: CaseNotFoundError, CaseClosedError, UnseenMessageError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    status, words = rules.after_closing(held.case.status), _words(held, outcome, along)
    held.case.status, held.case.closed_on = status, clock.today()
    _act(held)
    _say(session, desk, held, "outcome", words)
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


def speak(session: Session, desk: Desk, held: Held, direction: str, words: Mapping[str, Any]) -> None:
    """Add what an adviser says in an open case that the caller holds locked; it counts as his answer.

    Raises: CaseClosedError, CaseDamagedError.
    """
    held.case.status = rules.after_reply(held.case.status)
    _act(held)
    _say(session, desk, held, direction, words)


def _act(held: Held) -> None:
    """Let the check-ins count from the first deed, and take a case out of the fold: somebody takes it seriously."""
    held.case.acted_on = held.case.acted_on or clock.today()
    held.case.lane = rules.NORMAL


def _words(held: Held, text: str, along: Along) -> dict[str, Any]:
    """Return what a message says; whoever wrote it must have read what came before.

    Raises: UnseenMessageError.
    """
    if along.seen is not None and held.case.last_seq > along.seen:
        raise UnseenMessageError
    return {"text": text, "parts": list(along.parts)} if along.parts else {"text": text}


def _say(session: Session, desk: Desk, held: Held, direction: str, words: Mapping[str, Any]) -> None:
    if held.dialog_key is None:
        raise CaseDamagedError
    post(session, held.case, held.dialog_key, direction, {"author": desk.name, **words})
    count_answer(session, held.case)
    held.case.awaits_answer = False
    held.reader.seen_through = max(held.reader.seen_through, held.case.last_seq)
