"""What lies in the tables, read as a thief of the database would."""

from datetime import datetime

from sqlalchemy import func, select, text

from app import db
from app.cases.models import Case, CaseReader, Message
from app.intake.models import PausedTalk, Tab


def case_count() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def message_count() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def reader_ids() -> set[str]:
    with db.reading() as session:
        return set(session.scalars(select(CaseReader.person_id)))


def tabs() -> list[Tab]:
    with db.reading() as session:
        found = list(session.scalars(select(Tab)))
        session.expunge_all()
    return found


def paused() -> list[PausedTalk]:
    with db.reading() as session:
        found = list(session.scalars(select(PausedTalk)))
        session.expunge_all()
    return found


def case() -> Case:
    with db.reading() as session:
        found = session.scalars(select(Case)).one()
        session.expunge_all()
    return found


def waiting_mails() -> int:
    with db.reading() as session:
        return session.scalar(text("SELECT count(*) FROM outbox")) or 0


def everything_stored() -> bytes:
    """Return the content of every column of every table, one after the other."""
    names = db.Base.metadata.sorted_tables
    with db.reading() as session:
        rows = [row for table in names for row in session.execute(select(table))]
    return b"\n".join(_plain(value) for row in rows for value in row)


def _plain(value: object) -> bytes:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)
    return value.isoformat().encode() if isinstance(value, datetime) else str(value).encode()
