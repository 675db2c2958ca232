"""Adds a sealed message to a case whose row the caller has locked, and does what follows from it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.envelopes import CaseRef, place_of_message, seal_value
from app.cases.models import Case, CaseReader, Message
from app.cases.reading import read_card
from app.i18n.translate import current
from app.notifications.services import tell
from app.schools.queries import is_training


def post(session: Session, case: Case, key: bytes, direction: str, content: Mapping[str, Any]) -> None:
    """Add one message as the next in *case*, with the language in which it was written."""
    case.last_seq += 1
    case.last_on, case.due_since = clock.today(), None
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    sealed = seal_value(
        key, {**content, "language": current().html_lang}, ref, *place_of_message(case.last_seq, direction)
    )
    session.add(
        Message(
            school_id=case.school_id,
            case_id=case.id,
            seq=case.last_seq,
            direction=direction,
            written_on=clock.today(),
            blob=sealed,
        )
    )


def hear(session: Session, case: Case, key: bytes, direction: str, content: Mapping[str, str]) -> None:
    """Add a message of the student as news for every reader.

    It takes the case out of the fold, unless that says the same as others: who made those would lift them himself.
    """
    post(session, case, key, direction, content)
    case.last_student_seq = case.last_seq
    case.student_seen_through = case.last_seq
    case.news_on = clock.today()
    if not read_card(key, case.card, CaseRef(school_id=case.school_id, case_id=case.id)).alike:
        case.lane = rules.NORMAL


def open_again(case: Case, status: str) -> None:
    """Give a closed *case* another *status*: the check-ins begin anew when an adviser acts on it; an open one stays."""
    if case.status == "closed" != status:
        case.status, case.closed_on, case.acted_on, case.checked_day = status, None, None, 0


def tell_readers(session: Session, case: Case) -> None:
    """Let a mail say to every reader who sees the case that there is something new; in practice there is no mail."""
    if is_training(session, case.school_id):
        return
    readers = select(CaseReader.person_id).where(
        CaseReader.school_id == case.school_id, CaseReader.case_id == case.id, CaseReader.stage <= case.escalation
    )
    for person_id in session.scalars(readers):
        tell(session, person_id, urgent=False)
