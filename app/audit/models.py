"""The table of notes."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class AppendOnlyError(RuntimeError):
    """Raised when code tries to change or remove a note; add a new one instead."""


class AuditNote(Base):
    """One deed of one person on one day; `number` gives the order within a day, in place of a clock time."""

    __tablename__ = "audit_note"
    __table_args__ = (Index("ix_audit_note_school_id_subject", "school_id", "subject"),)

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    school_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("school.id"))
    person_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    day: Mapped[date]


def _refuse(_mapper: Any, _connection: Any, target: AuditNote) -> None:
    raise AppendOnlyError(f"note {target.id}: a note is never changed or removed; add a new one")


event.listen(AuditNote, "before_update", _refuse)
event.listen(AuditNote, "before_delete", _refuse)
