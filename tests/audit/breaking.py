"""What somebody with the rights of the database's owner can do to the record."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_TRIGGERS = {
    "sqlite": ("DROP TRIGGER audit_note_stays_update", "DROP TRIGGER audit_note_stays_delete"),
    "postgresql": ("ALTER TABLE audit_note DISABLE TRIGGER USER",),
}


def tamper(session: Session, statement: str) -> None:
    """Run *statement* on a database whose guards were taken off first; commits."""
    for guard in _TRIGGERS[session.get_bind().dialect.name]:
        session.execute(text(guard))
    session.execute(text(statement))
    session.commit()
