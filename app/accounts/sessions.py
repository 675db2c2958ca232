"""Signing in and out, and the rows that hold an unlocked key under a secret that only the cookie has."""

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.accounts import challenges
from app.accounts.installation import current_pepper
from app.accounts.models import Invitation, Membership, Person, StaffSession
from app.accounts.proving import Account, Proof, SignInRefusedError, use_factor
from app.accounts.roles import Role
from app.accounts.rules import IDLE, IDLE_STEP, LONGEST_SESSION, moment
from app.audit.services import note
from app.i18n import translate
from app.vault.keys import KeyPair, key_pair_of
from app.vault.sealing import Context, seal, unseal
from app.vault.signing import sign_public_of
from app.vault.staff_keys import LockedKey, lock, unlock
from app.vault.tabs import new_token, token_id, token_key

_PURPOSE = "staff session"


@dataclass(frozen=True)
class MembershipInfo:
    """What somebody is at one school, or in the city when `school_id` is None."""

    school_id: str | None
    role: Role
    kind: str


@dataclass(frozen=True)
class Present:
    """A live session and whose it is."""

    session_id: str
    person_id: str
    name: str
    memberships: tuple[MembershipInfo, ...]
    is_to_be_moved: bool
    """Whether the end of its idle time is due to be moved."""


def begin_session(session: Session, proof: Proof) -> str:
    """Sign somebody in and return the token for his cookie; mail comes in the language of this sign-in from now on.

    Raises: SignInRefusedError.
    """
    use_factor(session, proof)
    person = session.get(Person, proof.person_id)
    if person is None or person.is_disabled:
        raise SignInRefusedError
    person.language = translate.current().tag
    person.sign_public = person.sign_public or sign_public_of(proof.pair)
    token, row_id, now = new_token(), secrets.token_hex(16), clock.now()
    session.add(
        StaffSession(
            id=row_id,
            token_id=token_id(token, _PURPOSE),
            person_id=person.id,
            private_sealed=seal(token_key(token, _PURPOSE), proof.pair.private, _context(row_id, person.id)),
            started_at=now,
            idle_until=now + IDLE,
            expires_at=now + LONGEST_SESSION,
        )
    )
    # Who can sign in has no need of a link that lets him in again, and maybe never asked for it.
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    note(session, school_id=None, person_id=person.id, what="session.started", subject=person.id)
    return token


def present(session: Session, token: str) -> Present | None:
    """Return whose live session *token* is, with his roles as they are now."""
    now = clock.now()
    found = session.execute(
        select(StaffSession, Person)
        .join(Person, StaffSession.person_id == Person.id)
        .where(StaffSession.token_id == token_id(token, _PURPOSE), Person.is_disabled.is_(False))
        .where(StaffSession.idle_until > now, StaffSession.expires_at > now)
    ).first()
    if found is None:
        return None
    row, person = found
    memberships = session.scalars(
        select(Membership).where(Membership.person_id == person.id).order_by(Membership.role, Membership.school_id)
    )
    return Present(
        session_id=row.id,
        person_id=person.id,
        name=person.name,
        memberships=tuple(MembershipInfo(one.school_id, Role(one.role), one.kind) for one in memberships),
        is_to_be_moved=moment(row.idle_until) - now < IDLE - IDLE_STEP,
    )


def move_idle_end(session: Session, session_id: str) -> None:
    """Give a session its full idle time again, since its owner is there."""
    session.execute(update(StaffSession).where(StaffSession.id == session_id).values(idle_until=clock.now() + IDLE))


def key_in_session(session: Session, token: str) -> KeyPair | None:
    """Return the unlocked key pair that the session of *token* holds.

    Raises: DamagedError.
    """
    row = session.scalar(select(StaffSession).where(StaffSession.token_id == token_id(token, _PURPOSE)))
    if row is None:
        return None
    private = unseal(token_key(token, _PURPOSE), row.private_sealed, _context(row.id, row.person_id))
    return key_pair_of(private)


def _context(row_id: str, person_id: str) -> Context:
    return Context("staff session", row_id, person_id)


def sign_out(session: Session, token: str) -> None:
    """End the session of *token*; the key in it is gone with the row."""
    session.execute(delete(StaffSession).where(StaffSession.token_id == token_id(token, _PURPOSE)))


def end_session(session: Session, person_id: str, session_id: str) -> None:
    """End one session of that person; somebody else's is left alone."""
    session.execute(delete(StaffSession).where(StaffSession.id == session_id, StaffSession.person_id == person_id))


def end_other_sessions(session: Session, person_id: str, kept_id: str) -> None:
    """End all sessions of that person but *kept_id*."""
    session.execute(delete(StaffSession).where(StaffSession.person_id == person_id, StaffSession.id != kept_id))


def new_lock(account: Account, password: str, new_password: str) -> LockedKey:
    """Lock the same key under *new_password*; two slow hashes, so call it outside a transaction.

    Raises: WrongPasswordError, BusyError.
    """
    pair = unlock(account.key, password, current_pepper(), account.person_id)
    return lock(pair, new_password, current_pepper(), account.person_id)


def change_password(session: Session, person_id: str, key: LockedKey, kept_id: str) -> None:
    """Store the key under its new lock and end every other session."""
    changed = {"key_salt": key.salt, "key_locked": key.locked, "key_verifier": key.verifier}
    session.execute(update(Person).where(Person.id == person_id, Person.key_public == key.public).values(changed))
    end_other_sessions(session, person_id, kept_id)
    note(session, school_id=None, person_id=person_id, what="password.changed", subject=person_id)


def purge(session: Session) -> None:
    """Delete the sessions whose time has passed, with the keys in them, and the challenges that were answered."""
    now = clock.now()
    session.execute(delete(StaffSession).where(or_(StaffSession.expires_at <= now, StaffSession.idle_until <= now)))
    challenges.purge(session)
