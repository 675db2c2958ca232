"""The tables of the social map: the services, what the network checked of them, and three kinds of counts."""

from datetime import date

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app import db


class Service(db.Base):
    """One service of the social map; it belongs to no school."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    """Place in the file, from 0."""
    edition: Mapped[str] = mapped_column(String(16))
    """Drawn anew for every row whenever an import or a check changed anything: who knows it need not read again."""
    document: Mapped[str] = mapped_column(Text)
    """JSON: an HSDS 3.1 service with all that belongs to it inside, also what we do not use."""


class ServiceCheck(db.Base):
    """What one person of the network found of a number, or of a whole card; a later finding takes its place.

    A thief learns which colleague checked which public number on which day.
    """

    __tablename__ = "service_check"
    __table_args__ = (UniqueConstraint("service_id", "number", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    """The higher, the later it was found."""
    service_id: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(20))
    """Empty when the whole card was looked over."""
    is_right: Mapped[bool]
    checked_on: Mapped[date]
    account_id: Mapped[str] = mapped_column(String(32))


class SearchGap(db.Base):
    """How often a search with a word of our own texts found nothing.

    A thief learns which of our own words led nowhere, how often in a month; not who searched, nor what else was typed.
    """

    __tablename__ = "search_gap"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """Such as 2026-11."""
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int]


class HelpAnswer(db.Base):
    """How often students of the whole city said what a service did for them.

    A thief learns the exact counts of a quarter, of which the city sees only those above ten, rounded down.
    """

    __tablename__ = "help_answer"

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    """Such as 2026-Q4."""
    service_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(String(10), primary_key=True)
    count: Mapped[int]
