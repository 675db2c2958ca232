"""Adds a sealed message to a case whose row the caller has locked."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app import clock
from app.cases.envelopes import CaseRef, place_of_message, seal_value
from app.cases.models import Case, Message
from app.i18n.translate import current


def post(session: Session, case: Case, key: bytes, direction: str, content: Mapping[str, str]) -> None:
    """Add one message as the next in *case*, with the language in which it was written."""
    case.last_seq += 1
    case.last_on, case.due_since = clock.today(), None
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    sealed = seal_value(key, {**content, "language": current().tag}, ref, *place_of_message(case.last_seq, direction))
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
