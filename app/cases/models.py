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
        # By what the queue orders: it reads this and not the rows, which hold what is sealed.
        Index(
            "ix_case_queue",
            *("id", "school_id", "lane", "withdrawn_on", "visible_on", "visible_part", "status", "urgent"),
            *("parent_id", "awaits_answer", "promised_on", "news_on", "last_seq", "last_student_seq", "escalation"),
        ),
        Index("ix_case_school_id_lane", "school_id", "lane"),
        Index("ix_case_school_id_withdrawn_on", "school_id", "withdrawn_on"),
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
    escalation: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far the question for an answer went on: readers whose `stage` is not higher see the case.

    A thief learns how often the school broke its promise here."""
    escalated_on: Mapped[date | None]
    is_for_all: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True when every adviser of the school got a key: only such cases count in what the school itself is shown, so
    that no count tells somebody of a case that is kept from him. A thief sees that in the readers too."""
    is_promise_counted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True once the present promise of an answer stands in the tally, so that each counts once."""
    origin: Mapped[str] = mapped_column(String(10), default="student", server_default="student")
    """"told" when an adviser wrote down what was told to him. A thief learns which of the two it was."""
    has_printed_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True while the code is one that an adviser has seen; the student is asked to take another."""
    awaits_consent: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True while a step waits for the student's answer. A thief learns that something was asked, not what."""
    closed_on: Mapped[date | None]
    recovery_id: Mapped[str | None] = mapped_column(String(32))
    recovery_dialog: Mapped[bytes | None] = mapped_column(LargeBinary)
    recovery_notes: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Both keys of the case, wrapped to the school's recovery key of that id, which lies on paper in two halves."""
    card: Mapped[bytes] = mapped_column(LargeBinary)
    report: Mapped[bytes] = mapped_column(LargeBinary)


class CaseReader(Base):
    """A person who can open a case: both keys of the case, wrapped to his own."""

    __tablename__ = "case_reader"
    __table_args__ = (
        Index("ix_case_reader_school_id_person_id", "school_id", "person_id"),
        Index("ix_case_reader_queue", "person_id", "school_id", "case_id", "seen_through", "stage"),
    )

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("case.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    dialog_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    notes_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    seen_through: Mapped[int]
    """Number of the last message he has seen; -1 means that he never opened the case."""
    stage: Mapped[int] = mapped_column(default=0, server_default="0")
    """From which escalation of the case he sees it: 0 at once, 1 as a deputy, 2 as the external adviser after him."""
    added_on: Mapped[date | None]
    """Day on which somebody else gave him the keys; empty for who had them from the beginning."""
    added_by: Mapped[str | None] = mapped_column(String(32))


class Message(Base):
    """One sealed message; author and language stand inside the seal."""

    __tablename__ = "message"

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(String(10))
    written_on: Mapped[date]
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class CaseRecord(Base):
    """One sealed entry of the file beside the conversation; what it says stands inside the seal.

    A thief learns how many notes, steps and entries of the ledger a case has, and of which days.
    """

    __tablename__ = "case_record"

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    """"note", "own", "labels", "step", "ledger" or "facts"."""
    written_on: Mapped[date]
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class SavedViews(Base):
    """The filters that somebody keeps for his queue, sealed under a key of his own: a search word may be a name."""

    __tablename__ = "saved_views"

    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ExportRequest(Base):
    """A copy of a case that one reader asks for and another one allows; why stands inside the seal.

    A thief learns that a copy was made, of which case, on which day and by whom.
    """

    __tablename__ = "export_request"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("case.id"), index=True)
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_on: Mapped[date]
    ground: Mapped[bytes] = mapped_column(LargeBinary)
    approved_by: Mapped[str | None] = mapped_column(String(32))
    approved_on: Mapped[date | None]
    fetched_on: Mapped[date | None]


class Deed(Base):
    """A sentence about what a school did, for everybody to read; it names no case and hangs on none."""

    __tablename__ = "deed"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    proposed_by: Mapped[str] = mapped_column(String(32))
    proposed_on: Mapped[date]
    approved_by: Mapped[str | None] = mapped_column(String(32))
    approved_on: Mapped[date | None]


class PromiseTally(Base):
    """How many promised answers of a school came in time, by half school year; only of cases that are for all."""

    __tablename__ = "promise_tally"

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    kept: Mapped[int]
    broken: Mapped[int]
