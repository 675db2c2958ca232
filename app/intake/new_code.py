"""Taking another code: made and shown first, and in the place of the old one only when a word of it comes back."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app import db
from app.accounts.installation import current_pepper
from app.cases.correspondence import Access
from app.cases.opening import CodeTakenError
from app.cases.renewing import renew_code
from app.intake import tabs, visits
from app.intake.code_keys import opens_of
from app.intake.rules import WORDS_IN_CODE, is_word_of
from app.intake.running import held_talk, store
from app.vault.codes import Code, derive, new_code, parse_code


class WrongWordError(ValueError):
    """What was typed is not the word of the new code that was asked."""


def offer(session: Session, visit: str) -> None:
    """Make another code for the conversation of *visit*, which keeps it until it is taken; the old one still opens.

    Raises: VisitGoneError.
    """
    visits.note(session, visit, new_code=new_code().digits, did="")


def offered(session: Session, visit: str) -> Code | None:
    """Return the code that was made for the conversation and not taken yet.

    Raises: VisitGoneError.
    """
    digits = visits.state_of(session, visit).get("new_code")
    return parse_code(digits) if digits else None


def keep_old(session: Session, visit: str) -> None:
    """Forget the code that was made.

    Raises: VisitGoneError.
    """
    visits.note(session, visit, new_code="")


def asked_word(code: Code) -> int:
    """Return which word of *code* (0 to 4) is asked back; always the same one."""
    return code.number % WORDS_IN_CODE


def take(visit: str, typed: str, talks: Mapping[str, str]) -> None:
    """Let the code that was made take the place of the old one; none was made: nothing happens.

    *talks* are the tokens that this browser holds, by the school's slug: what shows the old code goes from it.
    Raises: VisitGoneError, CaseNotFoundError, WrongWordError, BusyError, CodeTakenError (another one is offered then).
    """
    with db.reading() as session:
        code, school_id = offered(session, visit), visits.first_access(session, visit).school_id
    if code is None:
        return
    if not is_word_of(code, asked_word(code), typed):
        raise WrongWordError
    student = derive(code, current_pepper(), school_id)
    try:
        with db.transaction() as session:
            if offered(session, visit) != code:
                return
            old = visits.first_access(session, visit)
            _hold(session, visit, renew_code(session, old, student))
            for token in talks.values():
                _follow(session, token, old, visits.first_access(session, visit))
    except CodeTakenError:
        with db.transaction() as session:
            offer(session, visit)
        raise


def _hold(session: Session, visit: str, renewed: Access) -> None:
    visits.note(session, visit, **_held(renewed), new_code="", did="code")


def _held(access: Access) -> dict[str, str]:
    pair = access.pair
    return {"public": b64encode(pair.public).decode(), "private": b64encode(pair.private).decode()}


def _follow(session: Session, token: str, old: Access, new: Access) -> None:
    """Let a talk of this browser follow the new code: one that shows the old code goes."""
    running = held_talk(session, token, old.school_id)
    if running is None:
        return
    talk = running.talk
    if talk.is_sent and talk.opens == opens_of(old.pair):
        tabs.drop(session, token, "talk")
    elif talk.is_follow_up and not talk.is_sent and talk.parent["case_id"] == old.case_id:
        store(session, token, running, replace(talk, parent={"case_id": new.case_id, **_held(new)}))
