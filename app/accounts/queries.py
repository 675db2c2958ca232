"""Reading people: who reads reports, what is missing, who is where."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.addresses import open_address
from app.accounts.models import Invitation, Membership, Person, StaffSession
from app.accounts.proofs import is_confirmed
from app.accounts.roles import Role
from app.accounts.rules import Readiness, moment, readiness


@dataclass(frozen=True)
class Reader:
    """An adviser with a working key, as a student sees him; `kind` is internal or external."""

    person_id: str
    name: str
    kind: str
    public_key: bytes
    stage: int = 0
    """From which escalation he sees a report: 0 at once, 1 as a deputy, 2 as the external adviser after him."""
    is_deputy: bool = False
    since: date | None = None
    """Day from which reports go to him; a new key does not move it."""


@dataclass(frozen=True)
class Member:
    """Somebody at a school or, without one, in the city; `id` is that of the membership or of the open invitation."""

    id: str
    name: str
    role: Role
    kind: str
    school_id: str | None
    is_active: bool = False
    is_expired: bool = False
    person_id: str = ""
    is_deputy: bool = False


@dataclass(frozen=True)
class Address:
    """Where mail for a person goes and in which language (a tag)."""

    email: str
    language: str


@dataclass(frozen=True)
class OpenSession:
    """One place where a person is signed in."""

    id: str
    started_on: date
    started_time: str
    is_this: bool


@dataclass(frozen=True)
class InvitationInfo:
    """What an open invitation offers."""

    name: str
    email: str
    role: Role
    kind: str
    school_id: str | None
    is_known: bool
    """Whether the invited person signs in already and only takes on another role."""


def readers_of(session: Session, school_id: str) -> tuple[Reader, ...]:
    """Return the confirmed advisers of that school with a working key, internal first, then by name."""
    rows = session.execute(
        select(Membership, Person.name, Person.key_public)
        .join(Person, Membership.person_id == Person.id)
        .where(Membership.school_id == school_id, Membership.role == Role.ADVISER)
        .where(Person.is_disabled.is_(False), Person.key_public.is_not(None))
    )
    found = [
        Reader(row.person_id, name, row.kind, public, is_deputy=row.is_deputy, since=row.confirmed_on)
        for row, name, public in rows
        if public and is_confirmed(row, public)
    ]
    return tuple(sorted(found, key=lambda reader: (reader.kind != "internal", reader.name, reader.person_id)))


def school_readiness(session: Session, school_id: str) -> Readiness:
    """Return what is still missing before that school may open."""
    return readiness(tuple(reader.kind for reader in readers_of(session, school_id)))


def name_of(session: Session, person_id: str) -> str:
    """Return the name of a person, also of a disabled one; empty when there is none with that id."""
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def has_namesake(session: Session, person_id: str) -> bool:
    """Return whether there is or was somebody else with that person's name: it may be the same one, come back."""
    name = name_of(session, person_id)
    return session.scalar(select(Person.id).where(Person.name == name, Person.id != person_id).limit(1)) is not None


def mail_address(session: Session, person_id: str) -> Address | None:
    """Return where mail for that person goes; None when he is disabled or unknown."""
    person = session.get(Person, person_id)
    if person is None or person.is_disabled or person.address_sealed is None:
        return None
    return Address(email=open_address(person.address_sealed, person.id), language=person.language)


def members_of(session: Session, school_id: str | None) -> tuple[Member, ...]:
    """Return who is at that school (None: in the city) and who is invited, by role and name."""
    return tuple(member for member in everybody(session) if member.school_id == school_id)


def everybody(session: Session) -> tuple[Member, ...]:
    """Return every membership and every invitation that is not accepted yet, by role and name."""
    active = session.execute(
        select(Membership, Person).join(Person, Membership.person_id == Person.id).where(Person.is_disabled.is_(False))
    )
    found = [
        Member(
            row.id,
            person.name,
            Role(row.role),
            row.kind,
            row.school_id,
            is_active=True,
            person_id=person.id,
            is_deputy=row.is_deputy,
        )
        for row, person in active
    ]
    now = clock.now()
    found.extend(
        Member(row.id, row.name, Role(row.role), row.kind, row.school_id, is_expired=moment(row.expires_at) <= now)
        for row in session.scalars(select(Invitation).where(Invitation.person_id.is_(None)))
    )
    order = list(Role)
    return tuple(sorted(found, key=lambda member: (order.index(member.role), member.name, member.id)))


def open_sessions(session: Session, person_id: str, this_id: str) -> tuple[OpenSession, ...]:
    """Return where that person is signed in now, newest first; *this_id* is the session that asks."""
    now = clock.now()
    rows = session.scalars(
        select(StaffSession)
        .where(StaffSession.person_id == person_id, StaffSession.expires_at > now, StaffSession.idle_until > now)
        .order_by(StaffSession.started_at.desc(), StaffSession.id)
    )
    return tuple(_open_session(row, this_id) for row in rows)


def _open_session(row: StaffSession, this_id: str) -> OpenSession:
    started = moment(row.started_at).astimezone(clock.SCHOOL_ZONE)
    return OpenSession(row.id, started.date(), f"{started:%H:%M}", is_this=row.id == this_id)
