"""Tables of people, what they are where, their invitations and sessions."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

NAME_LENGTH = 80


class Installation(Base):
    """The one row that ties this database to its pepper."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pepper_fingerprint: Mapped[str] = mapped_column(String(64))


class Person(Base):
    """Somebody who accepted an invitation; the name is in clear, since students see who reads.

    Of a disabled person only id and name stay, for the record of who did what.
    """

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    language: Mapped[str] = mapped_column(String(16))
    is_disabled: Mapped[bool] = mapped_column(default=False)
    address_mac: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The step of the last code that was used: a code works once (ASVS 5.0, 6.5.1)."""
    key_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_public: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_locked: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_verifier: Mapped[bytes | None] = mapped_column(LargeBinary)


class Membership(Base):
    """What a person is at one school, or for the whole city when `school_id` is empty."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "school_id", "role"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="")


class Invitation(Base):
    """A one-time link that is still open; the link itself is nowhere, only its hash."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_id: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    address_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class StaffSession(Base):
    """Somebody who is signed in; the private key is sealed under a secret that only the cookie holds."""

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_id: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    private_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    idle_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
