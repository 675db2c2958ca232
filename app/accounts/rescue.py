"""An adviser lets a colleague in again who lost password and phone: a one-time link, then a new key."""

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.addresses import open_address, seal_address
from app.accounts.confirming import NotConfirmedError, is_confirmed_at
from app.accounts.following import tell_renewed
from app.accounts.installation import current_pepper
from app.accounts.joining import WrongCodeError
from app.accounts.key_events import RENEWED, Signer, note_key
from app.accounts.models import Invitation, Membership, Passkey, Person, StaffSession
from app.accounts.roles import Role
from app.accounts.rules import INVITATION_LIFE, moment
from app.accounts.second_factor import matching_step, seal_secret, secret_for
from app.accounts.services import InvitationGoneError, MemberNotFoundError
from app.vault.keys import KeyPair, new_key_pair
from app.vault.passwords import check_password
from app.vault.signing import sign_public_of
from app.vault.staff_keys import LockedKey, lock
from app.vault.tabs import new_token, token_id

_PURPOSE = "rescue"
_UNUSED = 0


@dataclass(frozen=True)
class Renewed:
    """What a colleague brings who comes back: made before the transaction, since the slow hash must not hold it."""

    pair: KeyPair
    key: LockedKey
    totp_secret: str
    totp_step: int


@dataclass(frozen=True)
class Offer:
    """For whom a link is."""

    person_id: str
    name: str
    email: str


def offer_rescue(session: Session, school_id: str, person_id: str, by: Signer) -> str:
    """Return the token of a one-time link for an adviser of that school; an older one ends.

    Raises: MemberNotFoundError, NotConfirmedError.
    """
    kind, person = _adviser(session, school_id, person_id)
    if person.address_sealed is None or person.address_mac is None:
        raise MemberNotFoundError
    if person_id == by.person_id or not is_confirmed_at(session, school_id, by.person_id):
        raise NotConfirmedError
    session.execute(delete(Invitation).where(Invitation.person_id == person_id))
    token, row_id = new_token(), secrets.token_hex(16)
    session.add(
        Invitation(
            id=row_id,
            token_id=token_id(token, _PURPOSE),
            school_id=school_id,
            role=Role.ADVISER,
            kind=kind,
            name=person.name,
            address_mac=person.address_mac,
            address_sealed=seal_address(open_address(person.address_sealed, person.id), row_id),
            expires_at=clock.now() + INVITATION_LIFE,
            person_id=person.id,
        )
    )
    session.flush()
    note_key(session, "key.rescue", school_id, person_id, by)
    return token


def _adviser(session: Session, school_id: str, person_id: str) -> tuple[str, Person]:
    row = session.scalar(
        select(Membership).where(
            Membership.school_id == school_id, Membership.person_id == person_id, Membership.role == Role.ADVISER
        )
    )
    person = session.get(Person, person_id)
    if row is None or person is None:
        raise MemberNotFoundError
    return row.kind, person


def open_rescue(session: Session, token: str) -> Offer:
    """Return for whom the link with *token* is.

    Raises: InvitationGoneError.
    """
    row = _link(session, token)
    return Offer(row.person_id or "", row.name, open_address(row.address_sealed, row.id))


def prepare(offer: Offer, seed: str, password: str, code: str) -> Renewed:
    """Check password and first code, by the secret of *seed*, then make and lock the new key pair; takes one slow hash.

    Raises: WeakPasswordError, WrongCodeError, BusyError.
    """
    check_password(password, about=[offer.name, offer.email])
    secret = secret_for(seed)
    step = matching_step(secret, code, _UNUSED)
    if step is None:
        raise WrongCodeError("the six digits do not fit the secret")
    pair = new_key_pair()
    return Renewed(pair, lock(pair, password, current_pepper(), offer.person_id), secret, step)


def accept_rescue(session: Session, token: str, renewed: Renewed) -> str:
    """Give the account its new password, second factor and key; until a colleague confirms it no report comes to it.

    Raises: InvitationGoneError.
    """
    row = _link(session, token)
    taken = session.execute(delete(Invitation).where(Invitation.id == row.id))
    person = session.get(Person, row.person_id)
    if not taken.rowcount or person is None or person.is_disabled:  # type: ignore[attr-defined]  # a result of DML has it
        raise InvitationGoneError("this link was used a moment ago")
    person.key_salt, person.key_public = renewed.key.salt, renewed.key.public
    person.key_locked, person.key_verifier = renewed.key.locked, renewed.key.verifier
    person.sign_public = sign_public_of(renewed.pair)
    person.totp_sealed, person.totp_last_step = seal_secret(renewed.totp_secret, person.id), renewed.totp_step
    person.recovery_locked = person.recovery_made_on = person.recovery_checked_on = None
    person.sign_in_failures, person.sign_in_wait_until = 0, None
    session.execute(delete(Passkey).where(Passkey.person_id == person.id))
    session.execute(delete(StaffSession).where(StaffSession.person_id == person.id))
    session.flush()
    tell_renewed(session, person.id)
    _note_everywhere(session, Signer(person.id, renewed.pair))
    return person.id


def _note_everywhere(session: Session, person: Signer) -> None:
    schools = session.scalars(
        select(Membership.school_id).where(Membership.person_id == person.person_id, Membership.role == Role.ADVISER)
    )
    for school_id in schools:
        note_key(session, RENEWED, school_id or "", person.person_id, person)


def _link(session: Session, token: str) -> Invitation:
    row = session.scalar(select(Invitation).where(Invitation.token_id == token_id(token, _PURPOSE)))
    if row is None or moment(row.expires_at) <= clock.now():
        raise InvitationGoneError("this link was used, or is older than seven days; ask for a new one")
    return row
