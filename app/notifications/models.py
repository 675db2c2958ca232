"""The outbox and the memory of periodic jobs."""

from datetime import date, datetime

from sqlalchemy import BigInteger, DateTime, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Outbox(Base):
    """One job to do; gone when done."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_is_dead_not_before", "is_dead", "not_before"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[str] = mapped_column(String(500))
    """JSON object of strings: a row can never make the worker run code, as a pickle would."""
    waiting_key: Mapped[str | None] = mapped_column(String(100), unique=True)
    """One waiting row per key, so that jobs of one person are batched; empty once a worker has taken the row."""
    not_before: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    leased_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(default=0)
    is_dead: Mapped[bool] = mapped_column(default=False)


class PeriodicJob(Base):
    """The last period in which a periodic job ran, whichever host ran it."""

    __tablename__ = "periodic_job"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    period: Mapped[int] = mapped_column(BigInteger)


class MailState(Base):
    """Whether mail reaches a person: the day of the last one that the mail server took, and since when none does."""

    __tablename__ = "mail_state"

    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sent_on: Mapped[date | None]
    failing_since: Mapped[date | None]


class SelfTest(Base):
    """How a part of the installation did when it was last tried."""

    __tablename__ = "self_test"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    tested_on: Mapped[date]
    is_ok: Mapped[bool]
    cause: Mapped[str] = mapped_column(String(40))
