"""Reading the record."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditNote


@dataclass(frozen=True)
class Note:
    """Who did what on which day; None stands for the operator."""

    person_id: str | None
    what: str
    day: date


def notes_of(session: Session, school_id: str | None, subject: str) -> tuple[Note, ...]:
    """Return the notes about *subject* at that school, oldest first."""
    rows = session.scalars(
        select(AuditNote)
        .where(AuditNote.school_id == school_id, AuditNote.subject == subject)
        .order_by(AuditNote.number)
    )
    return tuple(Note(person_id=row.person_id, what=row.what, day=row.day) for row in rows)
