"""Whom a mail "there is something new" still concerns when it goes out; asked of plain columns, without any key."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import readers_of
from app.cases.desk import is_delivered
from app.cases.models import Case, CaseReader


def has_unseen(session: Session, person_id: str) -> bool:
    """Tell whether something lies on that person's desk that he has not seen: delivered, and not withdrawn since."""
    query = (
        select(Case.school_id)
        .distinct()
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(
            CaseReader.person_id == person_id,
            CaseReader.seen_through < Case.last_student_seq,
            Case.withdrawn_on.is_(None),
            is_delivered(clock.school_time()),
        )
    )
    return any(_reads_at(session, school_id, person_id) for school_id in session.scalars(query))


def _reads_at(session: Session, school_id: str, person_id: str) -> bool:
    return any(reader.person_id == person_id for reader in readers_of(session, school_id))
