"""Notes of what a reader did with a case, in the chain of that case."""

from sqlalchemy.orm import Session

from app.audit.services import note
from app.cases.desk import Desk, Held


def note_deed(session: Session, desk: Desk, held: Held, what: str, detail: str = "") -> None:
    """Note that who sits at *desk* did *what* ("case.opened"); *detail* is codes and ids, never words."""
    note(
        session,
        school_id=held.ref.school_id,
        person_id=desk.person_id,
        what=what,
        subject=held.ref.case_id,
        chain=held.ref.case_id,
        detail=detail or held.reader.kind,
    )
