"""The one table of the student's side."""

from datetime import datetime

from sqlalchemy import DateTime, LargeBinary
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
