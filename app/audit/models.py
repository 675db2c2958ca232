"""The table of notes."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class AppendOnlyError(RuntimeError):
    """Raised when code tries to change or remove a note; add a new one instead."""


class AuditNote(Base):
    """One deed of one person on one day; `number` gives the order within a day, in place of a clock time."""

    __tablename__ = "audit_note"
    __table_args__ = (
        Index("ix_audit_note_school_id_subject", "school_id", "subject"),
        Index("ix_audit_note_school_id_chain_place", "school_id", "chain", "place"),
    )

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    school_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("school.id"))
    person_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    day: Mapped[date]
    chain: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Which chain it belongs to: that of one case (its id), or "" for what concerns the school or the installation."""
    place: Mapped[int] = mapped_column(default=0, server_default="0")
    """Its place in that chain, from 1; 0 for a note from before the chains."""
    detail: Mapped[str] = mapped_column(String(300), default="", server_default="")
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Over everything above and the hash of the note before it in its chain."""


class AuditHead(Base):
    """The last place and hash of each chain; "" stands for the installation's school."""

    __tablename__ = "audit_head"

    school_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    chain: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


def _refuse(_mapper: Any, _connection: Any, target: AuditNote) -> None:
    raise AppendOnlyError(f"note {target.id}: a note is never changed or removed; add a new one")


event.listen(AuditNote, "before_update", _refuse)
event.listen(AuditNote, "before_delete", _refuse)
