"""Tables of schools, their places and the days on which they are closed."""

from datetime import date
from secrets import token_hex

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

NAME_LENGTH = 200
ALIAS_LENGTH = 80
ADDRESS_LENGTH = 200
URL_LENGTH = 300
SLUG_LENGTH = 60
PLACE_LENGTH = 60
HOLIDAY_LENGTH = 80


def _new_id() -> str:
    return token_hex(16)


class School(Base):
    """One location of a school."""

    __tablename__ = "school"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    """Official name, often a legal one that nobody at school uses."""
    label: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """Readable name from the city's list."""
    alias: Mapped[str] = mapped_column(String(ALIAS_LENGTH), default="")
    """What the school calls itself; only the school writes it."""
    brin: Mapped[str] = mapped_column(String(4))
    location_code: Mapped[str] = mapped_column(String(6), unique=True)
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    postcode: Mapped[str] = mapped_column(String(7), default="")
    website: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    district: Mapped[str] = mapped_column(String(40), default="")
    district_source: Mapped[str] = mapped_column(String(120), default="")
    holiday_region: Mapped[str] = mapped_column(String(10), default="")
    language: Mapped[str] = mapped_column(String(16), default="nl")
    is_open: Mapped[bool] = mapped_column(default=False)
    exit_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    pupils: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many pupils the location has, about; 0 when nobody said."""
    class_size: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many pupils a class has, about; 0 when nobody said."""
    trainee_id: Mapped[str | None] = mapped_column(String(32))
    """Of a school that does not exist: who practises there. Nothing of it is ever counted, listed or mailed."""
    founded_on: Mapped[date | None]
    """Day on which it first opened: from then on a new adviser needs the word of another."""


class Place(Base):
    """A place that a school offers as an answer; one that is withdrawn stays, for older reports name its code."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("school_id", "code"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(PLACE_LENGTH))
    position: Mapped[int]
    is_offered: Mapped[bool] = mapped_column(default=True)


class Holiday(Base):
    """Days, first and last included, on which a holiday region or one school is closed."""

    __tablename__ = "holiday"
    __table_args__ = (
        CheckConstraint("(school_id IS NULL) = (region <> '')", name="one_owner"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_new_id)
    region: Mapped[str] = mapped_column(String(10), default="", index=True)
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(HOLIDAY_LENGTH))
    first_day: Mapped[date]
    last_day: Mapped[date]
