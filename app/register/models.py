"""Tables of the register: codes and days only. A thief learns what happened at which school, never to whom."""

from datetime import date
from secrets import token_hex

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

CODE = 20
QUARTER = 12
SYSTEM_LENGTH = 60
STEPS = ("poster", "training")
"""What the network marks as done for a school; its day stands in a column of that name."""


def _new_id() -> str:
    return token_hex(16)


class Incident(Base):
    """One incident in codes."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_school_id_day", "school_id", "day"),
        Index("ix_incident_school_id_row_mark", "school_id", "row_mark", unique=True),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"))
    day: Mapped[date]
    category: Mapped[str] = mapped_column(String(CODE))
    second_category: Mapped[str] = mapped_column(String(CODE))
    part_of_day: Mapped[str] = mapped_column(String(CODE))
    place: Mapped[str] = mapped_column(String(CODE))
    is_online: Mapped[bool]
    object: Mapped[str] = mapped_column(String(CODE))
    motive: Mapped[str] = mapped_column(String(CODE))
    causer_role: Mapped[str] = mapped_column(String(CODE))
    affected_role: Mapped[str] = mapped_column(String(CODE))
    affected_count: Mapped[int]
    """How many had trouble of it; 0 when nobody knows."""
    injury: Mapped[str] = mapped_column(String(CODE))
    source: Mapped[str] = mapped_column(String(CODE))
    certainty: Mapped[str] = mapped_column(String(CODE))
    serious_reason: Mapped[str] = mapped_column(String(CODE))
    follow_up: Mapped[str] = mapped_column(String(CODE))
    police_report: Mapped[str] = mapped_column(String(CODE))
    inspectorate: Mapped[str] = mapped_column(String(CODE))
    reported_on: Mapped[date | None]
    """Day on which the inspectorate was told."""
    edition: Mapped[str] = mapped_column(String(CODE))
    """Edition of the law's definitions by which it was coded."""
    recorded_on: Mapped[date]
    import_id: Mapped[str | None] = mapped_column(ForeignKey("register_import.id", ondelete="SET NULL"), index=True)
    row_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Salted hash of the row of a file, so that the same row is not counted twice."""


class RegisterImport(Base):
    """One import; its rows as codes wait in *waiting* until the worker has stored them all, the file is never kept."""

    __tablename__ = "register_import"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True)
    system: Mapped[str] = mapped_column(String(SYSTEM_LENGTH))
    made_on: Mapped[date]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    doubles: Mapped[int] = mapped_column(default=0)
    """Rows that were in the register already."""
    is_undone: Mapped[bool] = mapped_column(default=False)
    waiting: Mapped[bytes | None] = mapped_column(LargeBinary)


class RegisterMapping(Base):
    """How one school's system names things, saved for the next file with the same columns."""

    __tablename__ = "register_mapping"
    __table_args__ = (UniqueConstraint("school_id", "signature"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"))
    signature: Mapped[str] = mapped_column(String(64))
    system: Mapped[str] = mapped_column(String(SYSTEM_LENGTH))
    mapping: Mapped[str] = mapped_column(Text)


class RegisterSchool(Base):
    """How a school takes part: since when it registers, by which law, and whether it still only tries."""

    __tablename__ = "register_school"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[date | None]
    profile: Mapped[str] = mapped_column(String(CODE), default="vo")
    board: Mapped[str] = mapped_column(String(SYSTEM_LENGTH), default="")
    is_pilot: Mapped[bool] = mapped_column(default=True)
    poster_on: Mapped[date | None]
    training_on: Mapped[date | None]
    """Days on which the network marked that posters hang, and that the school was trained."""
    row_salt: Mapped[bytes] = mapped_column(LargeBinary(32))


class Evaluation(Base):
    """What a school adds by hand to its yearly evaluation; each text is about the school, never about a person."""

    __tablename__ = "evaluation"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[str] = mapped_column(String(QUARTER), primary_key=True)
    monitor: Mapped[str] = mapped_column(Text, default="")
    complaints: Mapped[int | None]
    adviser_report: Mapped[str] = mapped_column(Text, default="")
    actions: Mapped[str] = mapped_column(Text, default="")
    conclusions: Mapped[str] = mapped_column(Text, default="")
