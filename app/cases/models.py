"""The tables of cases: what is sealed, for whom, and the little that routing needs in the clear."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Case(Base):
    """One report and what became of it; days only, and ids that tell neither time nor order."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("school_id", "lookup"),
        UniqueConstraint("school_id", "submit_id"),
    )

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    lookup: Mapped[bytes] = mapped_column(LargeBinary(16))
    submit_id: Mapped[bytes] = mapped_column(LargeBinary(32))
    student_public: Mapped[bytes] = mapped_column(LargeBinary)
    student_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    flow_hash: Mapped[str] = mapped_column(String(64), ForeignKey("flow_archive.hash"))
    reported_on: Mapped[date]
    part_of_day: Mapped[str] = mapped_column(String(10))
    visible_on: Mapped[date]
    visible_part: Mapped[str] = mapped_column(String(10))
    """Part of *visible_on* from which readers see the case; "at_once" does not wait."""
    urgent: Mapped[bool]
    status: Mapped[str] = mapped_column(String(10))
    promised_on: Mapped[date]
    awaits_answer: Mapped[bool]
    news_on: Mapped[date]
    """Day of the report or of the student's last message."""
    last_on: Mapped[date] = mapped_column(index=True)
    """Day of the report or of the last message, whoever wrote it, or on which the student asked to keep it longer."""
    due_since: Mapped[date | None]
    """Day on which the clean-up first found that the case was kept long enough."""
    last_seq: Mapped[int]
    last_student_seq: Mapped[int]
    """Number of the student's last message; the report itself is 0."""
    student_seen_through: Mapped[int]
    lane: Mapped[str] = mapped_column(String(10), default="normal", server_default="normal")
    """"folded" when it came in a flood: stored and readable like any other, shown below the others."""
    acted_on: Mapped[date | None]
    """Day on which an adviser first answered, took it up or closed it; the check-ins count from here."""
    checked_day: Mapped[int] = mapped_column(default=0, server_default="0")
    """Which check-in (3, 10 or 30 days) the student answered last; 0 before the first."""
    parent_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """The case after which this one happened, for a report of reprisals; empty when that one is deleted."""
    withdrawn_on: Mapped[date | None]
    """Day on which the student withdrew it: from then on it lies on nobody's desk."""
    card: Mapped[bytes] = mapped_column(LargeBinary)
    report: Mapped[bytes] = mapped_column(LargeBinary)


class CaseReader(Base):
    """A person who can open a case: both keys of the case, wrapped to his own."""

    __tablename__ = "case_reader"
    __table_args__ = (Index("ix_case_reader_school_id_person_id", "school_id", "person_id"),)

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("case.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    dialog_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    notes_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    seen_through: Mapped[int]
    """Number of the last message he has seen; -1 means that he never opened the case."""


class Message(Base):
    """One sealed message; author and language stand inside the seal."""

    __tablename__ = "message"

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(String(10))
    written_on: Mapped[date]
    blob: Mapped[bytes] = mapped_column(LargeBinary)
