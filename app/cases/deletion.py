"""Deletes what was kept long enough: the case with its keys and messages; the audit record, without content, stays.

On SQLite nothing is left of a deleted row: it is overwritten (`secure_delete`) and the worker truncates the write-ahead
log after each clean-up. On PostgreSQL its tables keep a deleted row until VACUUM (autovacuum does it in time) and the
write-ahead log keeps it until a segment is used again, in an archive for ever (measured 2026-11-22). All of it is
sealed; but the wrapped keys stand there too, so such a leftover still opens for an adviser's key or the student's code.
"""

from datetime import date

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.audit.services import note
from app.cases.models import Case, CaseReader, Message
from app.cases.rules import KEPT_AFTER_CLOSING, KEPT_AFTER_WITHDRAWING, kept_until


def delete_case(session: Session, case_id: str) -> None:
    """Delete a case with everything that was said in it; one that is gone already stays so.

    The code goes on to open what happened after it, for as long as that is kept.
    """
    case = session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is None:
        return
    for table in (Message, CaseReader):
        session.execute(delete(table).where(table.case_id == case_id))
    session.delete(case)
    session.flush()
    _leave_the_code(session, case_id, case.lookup)
    note(session, school_id=case.school_id, person_id=None, what="case.deleted", subject=case_id, chain=case_id)


def _leave_the_code(session: Session, case_id: str, lookup: bytes) -> None:
    """Let the code of a deleted case find the oldest of its follow-ups, and the others follow that one."""
    query = select(Case).where(Case.parent_id == case_id).order_by(Case.id).with_for_update()
    follow_ups = sorted(session.scalars(query), key=lambda case: (case.reported_on, case.id))
    for case in follow_ups[:1]:
        case.parent_id, case.lookup = None, lookup
    for case in follow_ups[1:]:
        case.parent_id = follow_ups[0].id
    session.flush()


def delete_expired(session: Session) -> None:
    """Delete every case that was kept long enough now and already at a clean-up on an earlier day.

    A server whose clock jumped ahead and was put right again has only marked, and the next clean-up takes that back.
    """
    today, first = clock.today(), aliased(Case)
    follows_one = Case.parent_id.in_(select(first.id).where(_maybe_due(first, today)))
    # With their follow-ups, which a deletion changes too: who locks several cases does so in the order of their ids.
    locked = select(Case).where(_maybe_due(Case, today) | follows_one).order_by(Case.id).with_for_update(of=Case)
    for case in session.scalars(locked).all():
        _judge(session, case, today)


def _maybe_due(case: type[Case], today: date) -> ColumnElement[bool]:
    return or_(
        case.last_on < today - KEPT_AFTER_CLOSING,
        case.withdrawn_on < today - KEPT_AFTER_WITHDRAWING,
        case.due_since.is_not(None),
    )


def _judge(session: Session, case: Case, today: date) -> None:
    if today <= kept_until(status=case.status, last_on=case.last_on, withdrawn_on=case.withdrawn_on):
        case.due_since = None
    elif case.due_since is None or case.due_since > today:
        case.due_since = today
    elif case.due_since < today:
        delete_case(session, case.id)
