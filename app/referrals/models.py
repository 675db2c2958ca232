"""The table of services."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app import db


class Service(db.Base):
    """One service of the social map, as the file has it; it belongs to no school."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    """Place in the file, from 0."""
    name_nl: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    what_they_do_nl: Mapped[str] = mapped_column(Text)
    what_they_do_en: Mapped[str] = mapped_column(Text)
    for_whom_nl: Mapped[str] = mapped_column(Text)
    for_whom: Mapped[str] = mapped_column(Text)
    opening_hours_nl: Mapped[str] = mapped_column(Text)
    opening_hours: Mapped[str] = mapped_column(Text)
    cost_nl: Mapped[str] = mapped_column(Text)
    cost: Mapped[str] = mapped_column(Text)
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    phone: Mapped[str] = mapped_column(String(20))
    chat_url: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text)
    anonymous_possible: Mapped[str] = mapped_column(String(10))
    languages: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    topics: Mapped[str] = mapped_column(Text)
    keywords_nl: Mapped[str] = mapped_column(Text)
    emergency: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
