"""Tables of people, what they are where, their invitations and sessions."""

from datetime import date, datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, LargeBinary, String, UniqueConstraint, false
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
    sign_public: Mapped[bytes | None] = mapped_column(LargeBinary)
    """With which others check what he signed; made from his key at a sign-in."""
    recovery_locked: Mapped[bytes | None] = mapped_column(LargeBinary)
    """His private key under a code that stands on his paper only; without the pepper, so that it outlives this host."""
    recovery_made_on: Mapped[date | None]
    recovery_checked_on: Mapped[date | None]
    """Day on which he last tried that code and it worked."""
    sign_in_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    sign_in_wait_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Membership(Base):
    """What a person is at one school, or for the whole city when `school_id` is empty."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "school_id", "role"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="")
    confirmed_on: Mapped[date | None]
    """Of an adviser: since when reports go to him. Before the school first opened it is the day on which he joined,
    later the day on which another adviser of the school confirmed that this is he."""
    confirmed_by: Mapped[str | None] = mapped_column(String(32))
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)
    """MAC by the pepper over school, person, kind and key: a row that somebody wrote by hand gives nobody a key."""
    is_deputy: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True for an adviser who sees a report only when the others did not answer in time, or are away."""
    works_on: Mapped[int] = mapped_column(default=31, server_default="31")
    """On which weekdays he is at work: bit 0 for Monday to bit 6 for Sunday."""


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
    person_id: Mapped[str | None] = mapped_column(String(32))
    """Of a link that lets somebody in again who lost password or phone: whose account it is."""


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


class Passkey(Base):
    """A passkey (WebAuthn) that stands in for the six digits; it opens no key."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(40))
    added_on: Mapped[date]


class SpentChallenge(Base):
    """A challenge for a passkey that was answered, so that it counts once."""

    __tablename__ = "spent_challenge"

    challenge: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class Absence(Base):
    """Days, both included, on which somebody does not work; why is not asked."""

    __tablename__ = "absence"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]


class SchoolRecovery(Base):
    """A school's recovery key: the private part lies on paper in two halves, with two people.

    A thief learns who holds the halves, and that somebody with both opens the school's cases.
    """

    __tablename__ = "school_recovery"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    public: Mapped[bytes] = mapped_column(LargeBinary)
    """Empty until the second half is made."""
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)
    """MAC by the pepper over school, id and public key: a key that somebody wrote here by hand gets no case."""
    half_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The first half, sealed to who makes the second; empty from then on."""
    first_by: Mapped[str] = mapped_column(String(32))
    second_by: Mapped[str] = mapped_column(String(32))
    made_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    """Day on which both halves were last tried together and worked."""
    used_on: Mapped[date | None]
    retired_on: Mapped[date | None]
