"""Coming back: from a code to an open conversation, held under the cookie of this browser until it is left."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app import db
from app.accounts.installation import current_pepper
from app.cases.correspondence import Access, find_case, mark_seen, write
from app.cases.desk import CaseNotFoundError
from app.intake import tabs
from app.intake.transcript import crisis_topics
from app.talks.library import library
from app.vault.codes import Code, StudentKeys, derive
from app.vault.keys import KeyPair
from app.vault.tabs import new_token


class UnknownCodeError(Exception):
    """No conversation at these schools belongs to the code."""


class VisitGoneError(Exception):
    """The browser holds no conversation open: it was left, too long ago, or the case is deleted."""


def open_conversation(code: Code, school_ids: Sequence[str]) -> str:
    """Find the conversation of *code* at one of the schools and return the token for the browser's cookie.

    Every school named costs one derivation, found or not, so that the time tells nothing.
    Raises: UnknownCodeError, BusyError.
    """
    keys = [(school_id, derive(code, current_pepper(), school_id)) for school_id in school_ids]
    with db.transaction() as session:
        for school_id, student in keys:
            case_id = find_case(session, school_id, student.lookup)
            if case_id is not None:
                mark_seen(session, Access(case_id=case_id, school_id=school_id, pair=student.pair))
                return _hold(session, case_id, school_id, student)
    raise UnknownCodeError


def _hold(session: Session, case_id: str, school_id: str, student: StudentKeys) -> str:
    token = new_token()
    state = {
        "case_id": case_id,
        "school_id": school_id,
        "public": b64encode(student.pair.public).decode(),
        "private": b64encode(student.pair.private).decode(),
    }
    tabs.keep(session, token, "visit", state)
    return token


def school_of(session: Session, token: str) -> str | None:
    """Return the id of the school whose conversation the browser holds open, if any."""
    state = tabs.held(session, token, "visit") if token else None
    return state["school_id"] if state else None


def access_of(session: Session, token: str) -> Access:
    """Return the conversation that the browser with *token* holds open.

    Raises: VisitGoneError.
    """
    state = _state(session, token)
    pair = KeyPair(public=b64decode(state["public"]), private=b64decode(state["private"]))
    return Access(case_id=state["case_id"], school_id=state["school_id"], pair=pair)


def write_message(session: Session, token: str, text: str) -> None:
    """Add the student's message to the conversation that the browser holds open, and keep it open longer.

    The topics of danger that its words touch are held as long as the conversation is, by name, until the next message.
    Raises: VisitGoneError, also when the case was deleted meanwhile; CaseDamagedError.
    """
    try:
        write(session, access_of(session, token), text)
    except CaseNotFoundError:
        raise VisitGoneError from None
    topics = library().lists.topics_in(text, crisis_topics(library().current))
    tabs.keep(session, token, "visit", {**_state(session, token), "topics": list(topics)})


def topics_of(session: Session, token: str) -> tuple[str, ...]:
    """Return the topics of danger that the student's last message touched.

    Raises: VisitGoneError.
    """
    return tuple(_state(session, token).get("topics", ()))


def _state(session: Session, token: str) -> dict[str, Any]:
    state = tabs.held(session, token, "visit") if token else None
    if state is None:
        raise VisitGoneError
    return state
