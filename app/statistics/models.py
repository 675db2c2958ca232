"""Tables of what the city gets: each release whole, as it was made; nothing of a school stands in what is published."""

from datetime import date
from secrets import token_hex

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

QUARTER = 12
STATE = 12


def _new_id() -> str:
    return token_hex(16)


class TableDesign(Base):
    """The shape of a school year's table, fixed with its first release: regions, groups, kind; as JSON."""

    __tablename__ = "table_design"

    year: Mapped[str] = mapped_column(String(QUARTER), primary_key=True)
    design: Mapped[str] = mapped_column(Text)


class Publication(Base):
    """One release: the table of a school year until a quarter, and how far it is on its way out."""

    __tablename__ = "publication"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    quarter: Mapped[str] = mapped_column(String(QUARTER), unique=True)
    state: Mapped[str] = mapped_column(String(STATE))
    """concept, protected, audited or released; stopped when the audit found a way in."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was stopped: kinds and numbers of findings, never a figure or a school."""
    content: Mapped[str] = mapped_column(Text, default="")
    """`table.csv` as it goes out."""
    ranges: Mapped[str] = mapped_column(Text, default="")
    """Ranges for hidden cells that the audit has shown to be harmless, as CSV; empty when there are none."""
    schools: Mapped[str] = mapped_column(Text, default="")
    """How many schools take part, by region, as CSV."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    made_on: Mapped[date]
    released_on: Mapped[date | None]


class FixedCount(Base):
    """What one school counted in a quarter that came out: needed to protect the next ones, shown to nobody."""

    __tablename__ = "fixed_count"

    quarter: Mapped[str] = mapped_column(String(QUARTER), primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="RESTRICT"), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True)
    board: Mapped[str] = mapped_column(String(60))
    district: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]
