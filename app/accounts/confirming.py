"""A confirmed adviser says that a new colleague is who he says, or that he is not; nobody adds himself as a reader."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.fingerprints import fingerprint_of
from app.accounts.key_events import BY_OPERATOR, Signer, note_key
from app.accounts.models import Membership, Person
from app.accounts.newcomers import let_read
from app.accounts.proofs import is_confirmed
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.accounts.services import MemberNotFoundError, end_membership


class NotConfirmedError(Exception):
    """Raised when somebody who waits himself would confirm another, or would confirm himself."""


class OthersCanConfirmError(Exception):
    """Raised when the operator would confirm somebody at a school that still has a confirmed adviser."""


@dataclass(frozen=True, kw_only=True)
class KeyHolder:
    """An adviser of a school and his keys; `confirmed_by` is empty for the first ones and after the operator's word."""

    membership_id: str
    person_id: str
    name: str
    kind: str
    is_deputy: bool
    is_confirmed: bool
    since: date | None
    confirmed_by: str
    fingerprint: str


def key_holders(session: Session, school_id: str) -> tuple[KeyHolder, ...]:
    """Return the advisers of that school who have a key, confirmed ones first, then by name."""
    rows = session.execute(
        select(Membership, Person)
        .join(Person, Membership.person_id == Person.id)
        .where(Membership.school_id == school_id, Membership.role == Role.ADVISER)
        .where(Person.is_disabled.is_(False), Person.key_public.is_not(None))
    )
    found = [_holder(row, person) for row, person in rows]
    return tuple(sorted(found, key=lambda one: (not one.is_confirmed, one.name, one.person_id)))


def is_confirmed_at(session: Session, school_id: str, person_id: str) -> bool:
    """Return whether that person is a confirmed adviser of that school."""
    return any(reader.person_id == person_id for reader in readers_of(session, school_id))


def confirm(session: Session, school_id: str, membership_id: str, by: Signer) -> None:
    """Let reports go to a new adviser from now on; the word of *by* is signed and stands in the record.

    Raises: MemberNotFoundError, NotConfirmedError.
    """
    row = _waiting(session, school_id, membership_id, by.person_id)
    let_read(session, row, by=by.person_id)
    note_key(session, "key.confirmed", school_id, row.person_id, by)


def refuse(session: Session, school_id: str, membership_id: str, by: Signer) -> None:
    """Send somebody away whom no adviser knows; the record keeps his fingerprint.

    Raises: MemberNotFoundError, NotConfirmedError.
    """
    row = _waiting(session, school_id, membership_id, by.person_id)
    note_key(session, "key.refused", school_id, row.person_id, by)
    end_membership(session, membership_id, school_id, by=by.person_id)


def confirm_as_operator(session: Session, school_id: str, person_id: str) -> None:
    """Let reports go to an adviser on the operator's word alone; every page of keys shows that he did.

    Raises: MemberNotFoundError, OthersCanConfirmError while a colleague can do it.
    """
    if readers_of(session, school_id):
        raise OthersCanConfirmError("a confirmed adviser of this school can confirm him, at /staff/keys")
    row = session.scalar(
        select(Membership).where(
            Membership.school_id == school_id, Membership.person_id == person_id, Membership.role == Role.ADVISER
        )
    )
    if row is None:
        raise MemberNotFoundError
    let_read(session, row, by=None)
    note_key(session, BY_OPERATOR, school_id, person_id, by=None)


def _waiting(session: Session, school_id: str, membership_id: str, by: str) -> Membership:
    row = session.get(Membership, membership_id)
    if row is None or row.school_id != school_id or row.role != Role.ADVISER:
        raise MemberNotFoundError
    if is_confirmed(row, session.get_one(Person, row.person_id).key_public):
        raise MemberNotFoundError
    if row.person_id == by or not is_confirmed_at(session, school_id, by):
        raise NotConfirmedError
    return row


def _holder(row: Membership, person: Person) -> KeyHolder:
    return KeyHolder(
        membership_id=row.id,
        person_id=person.id,
        name=person.name,
        kind=row.kind,
        is_deputy=row.is_deputy,
        is_confirmed=is_confirmed(row, person.key_public),
        since=row.confirmed_on,
        confirmed_by=row.confirmed_by or "",
        fingerprint=fingerprint_of(person.key_public, person.sign_public),
    )
