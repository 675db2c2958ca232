"""The tables of the student's side."""

from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Tab(Base):
    """What one browser holds open: an unsent talk or a conversation, sealed under a secret that only its cookie has.

    A thief of this table learns how many are open now, each to a quarter of an hour: not where, not what, not whose.
    """

    __tablename__ = "tab"

    token_id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PausedTalk(Base):
    """An unsent talk that its student put away under a code, sealed to the key pair of that code.

    A thief of this table learns how many are put away now, each to a day: not where, not what, not whose.
    """

    __tablename__ = "paused_talk"

    lookup: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    expires_on: Mapped[date] = mapped_column(index=True)
    wrap: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SentQuarter(Base):
    """How many talks a school was sent in one quarter of an hour, kept for little more than an hour.

    It lies outside PostgreSQL's write-ahead log, so no archive keeps it. Who copies the running database learns how
    many came in during each quarter of the last hour, and when the school was last sent one; cases tell only the day.
    """

    __tablename__ = "sent_quarter"

    school_id: Mapped[str] = mapped_column(String(32), ForeignKey("school.id", ondelete="CASCADE"), primary_key=True)
    quarter: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    sent: Mapped[int]


class SpentTicket(Base):
    """A proof of work that was used, so that it counts once; written only while the operator's brake is on.

    It lies outside PostgreSQL's write-ahead log, so no archive keeps it. Who copies the running database learns how
    many were used in the last minutes and, by when each runs out, about when its page was opened: not where or by whom.
    """

    __tablename__ = "spent_ticket"

    ticket: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class HelpMark(Base):
    """Says that the holder of a code was asked once whether a service helped; made with his private key.

    It names no case and no service, and only that key, which is stored nowhere, makes it again. A thief of this table
    learns how often it was asked in a quarter of a year: not whom, not about what, and not what he answered.
    """

    __tablename__ = "help_mark"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7))
