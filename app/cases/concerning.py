"""Whom a mail "there is something new" still concerns when it goes out; asked of plain columns, without any key."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.accounts.queries import readers_of
from app.cases.desk import is_shown
from app.cases.escalating import is_due
from app.cases.exporting import waits_for
from app.cases.models import Case, CaseReader
from app.schools.queries import is_training


def has_unseen(session: Session, person_id: str) -> bool:
    """Tell whether something waits on that person's desk: what nobody has seen, an answer that is due, or his word.

    Mail stops when one of those who see a case has opened it: then somebody is there. A copy waits for its second
    reader whoever opened the case.
    """
    waits = or_(_is_unopened(), is_due(clock.today()), waits_for(person_id))
    query = (
        select(Case.school_id)
        .distinct()
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(CaseReader.person_id == person_id, is_shown(), waits)
    )
    return any(_reads_at(session, school_id, person_id) for school_id in session.scalars(query))


def _is_unopened() -> ColumnElement[bool]:
    other = aliased(CaseReader)
    seen = select(other.case_id).where(
        other.case_id == Case.id, other.stage <= Case.escalation, other.seen_through >= Case.last_student_seq
    )
    return ~seen.exists()


def _reads_at(session: Session, school_id: str, person_id: str) -> bool:
    if is_training(session, school_id):
        return False
    return any(reader.person_id == person_id for reader in readers_of(session, school_id))
