"""How many cases a school was sent; numbers only, for the lanes of the student's side."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cases.models import Case


def sent_on(session: Session, school_id: str, day: date) -> int:
    """Return how many reports reached the school on *day*, whatever their lane; a deleted one counts no more."""
    query = select(func.count()).where(Case.school_id == school_id, Case.reported_on == day)
    return session.scalar(query) or 0
