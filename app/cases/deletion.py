"""Deletes what was kept long enough: the case with its keys and messages; the audit record, without content, stays.

On SQLite nothing is left of a deleted row: it is overwritten (`secure_delete`) and the worker truncates the write-ahead
log after each clean-up. On PostgreSQL its tables keep a deleted row until VACUUM (autovacuum does it in time) and the
write-ahead log keeps it until a segment is used again, in an archive for ever (measured 2026-11-22). All of it is
sealed; but the wrapped keys stand there too, so such a leftover still opens for an adviser's key or the student's code.
"""

from datetime import date

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.audit.services import note
from app.cases.models import Case, CaseReader, Message
from app.cases.rules import KEPT_AFTER_CLOSING, kept_until


def delete_case(session: Session, case_id: str) -> None:
    """Delete a case with everything that was said in it; one that is gone already stays so."""
    school_id = session.scalar(select(Case.school_id).where(Case.id == case_id).with_for_update())
    if school_id is None:
        return
    for table in (Message, CaseReader):
        session.execute(delete(table).where(table.case_id == case_id))
    session.execute(delete(Case).where(Case.id == case_id))
    note(session, school_id=school_id, person_id=None, what="case.deleted", subject=case_id)


def delete_expired(session: Session) -> None:
    """Delete every case that was kept long enough now and already at a clean-up on an earlier day.

    A server whose clock jumped ahead and was put right again has only marked, and the next clean-up takes that back.
    """
    today = clock.today()
    maybe_due = or_(Case.last_on < today - KEPT_AFTER_CLOSING, Case.due_since.is_not(None))
    for case in session.scalars(select(Case).where(maybe_due).with_for_update()).all():
        _judge(session, case, today)


def _judge(session: Session, case: Case, today: date) -> None:
    if today <= kept_until(status=case.status, last_on=case.last_on):
        case.due_since = None
    elif case.due_since is None or case.due_since > today:
        case.due_since = today
    elif case.due_since < today:
        delete_case(session, case.id)
