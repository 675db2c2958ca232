"""Deletes what was kept long enough: the case with its keys and messages; the audit record, without content, stays.

On SQLite nothing is left of a deleted row: it is overwritten (`secure_delete`) and the worker truncates the write-ahead
log after each clean-up. On PostgreSQL a table keeps a deleted row until it is written anew, and the write-ahead log
keeps it until a segment is used again, in an archive for ever (measured 2026-11-22). All of it is sealed; so `shred`
writes the small table of the readers' keys anew after each clean-up, and what is left of the case opens for no adviser.
The key that is wrapped to the student's code stands in the table of cases, which autovacuum cleans in its own time.
"""

import logging
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, aliased

from app import clock, db
from app.audit.services import note
from app.cases.models import Case, CaseReader, CaseRecord, ExportRequest, Message
from app.cases.rules import KEPT_AFTER_CLOSING, KEPT_AFTER_WITHDRAWING, kept_until

log = logging.getLogger("vertel.cases")

Reason = Literal["withdrawn", "kept_long_enough", "no_news"]
"""Why a case was deleted: its student took it back, it was closed, or nobody wrote in it any more."""
_LONGEST_WAIT = "1s"


def delete_case(session: Session, case_id: str) -> None:
    """Delete a case with everything that was said in it; one that is gone already stays so.

    First the keys: without them nothing else of it opens. The note is the proof of it, and says why. The code goes on
    to open what happened after it, for as long as that is kept.
    """
    case = session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is None:
        return
    for table in (CaseReader, Message, CaseRecord, ExportRequest):
        session.execute(delete(table).where(table.case_id == case_id))
    session.delete(case)
    session.flush()
    _leave_the_code(session, case_id, case.lookup)
    said = {"subject": case_id, "chain": case_id, "detail": reason_of(case)}
    note(session, school_id=case.school_id, person_id=None, what="case.deleted", **said)


def reason_of(case: Case) -> Reason:
    """Return why *case* is deleted."""
    if case.withdrawn_on is not None:
        return "withdrawn"
    return "kept_long_enough" if case.status == "closed" else "no_news"


def shred(_session: Session) -> None:
    """Write PostgreSQL's table of the readers' keys anew, so that no deleted key is left in it; for the worker.

    It needs the table for itself for a moment; when others keep it busy, the next clean-up tries again. SQLite
    overwrites what it deletes.
    """
    engine = db.current().engine
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{_LONGEST_WAIT}'")
        try:
            connection.exec_driver_sql(f"VACUUM (FULL) {CaseReader.__tablename__}")
        except OperationalError as error:
            log.warning("the table of keys was busy (%s); cleaned at the next clean-up", type(error.orig).__name__)
        finally:
            connection.exec_driver_sql("RESET lock_timeout")


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
