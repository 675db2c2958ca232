"""The tables of cases: what is sealed, for whom, and the little that routing needs in the clear."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Case(Base):
    """One report and what became of it; days only, and ids that tell neither time nor order.

    A thief of this table learns how many reports a school was sent on which day, how urgent they were and how far they
    came, and what the columns below say for themselves: not what was told, not whose it is.
    """

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
    """Both are empty while no code opens the case: it came in a rush, and its student waits for his code or closed the
    page before. A thief learns which reports those are, and that nobody can come back to them."""
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
    """"folded" when it came in a flood: stored and readable like any other, shown below the others.

    A thief learns that it came in a flood and that no adviser has taken it out; not why, which the card seals."""
    acted_on: Mapped[date | None]
    """Day on which an adviser first answered, took it up or closed it; the check-ins count from here.

    A thief learns how soon the school acted."""
    checked_day: Mapped[int] = mapped_column(default=0, server_default="0")
    """Which check-in (3, 10 or 30 days) the student answered last; 0 before the first.

    A thief learns that somebody with the code came back after that many days; not what he answered."""
    parent_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """The case after which this one happened, for a report of reprisals; empty when that one is deleted.

    A thief learns that the two reports are of one student, and that the first had a sequel."""
    withdrawn_on: Mapped[date | None]
    """Day on which the student withdrew it: from then on it lies on nobody's desk.

    A thief learns that somebody with the code took it back, on which day, and that it will be deleted."""
    went_along: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True when it was withdrawn only because the report before it was: it comes back with that one, and one that was
    withdrawn by itself does not. A thief learns which of the two the student did."""
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
