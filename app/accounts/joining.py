"""Accepting an invitation: the password, the second factor and the key pair are made here."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.addresses import open_address, seal_address
from app.accounts.installation import current_pepper
from app.accounts.models import Person
from app.accounts.proving import Proof
from app.accounts.queries import InvitationInfo
from app.accounts.second_factor import matching_step, seal_secret, secret_for
from app.accounts.services import (
    InvitationGoneError,
    NewInvitation,
    add_membership,
    invite,
    open_invitation,
    take_invitation,
)
from app.i18n import translate
from app.vault.keys import KeyPair, new_key_pair
from app.vault.passwords import check_password
from app.vault.signing import sign_public_of
from app.vault.staff_keys import LockedKey, lock

_UNUSED = 0


class WrongCodeError(ValueError):
    """Raised when the first six digits do not fit the secret: scanned wrongly, or the phone's clock is off."""


@dataclass(frozen=True)
class Newcomer:
    """What a new person brings: made before the transaction, since the slow hash must not hold the database."""

    person_id: str
    pair: KeyPair
    key: LockedKey
    totp_secret: str
    totp_step: int


@dataclass(frozen=True)
class Joined:
    """A person who joined, with the secret for his authenticator app and his open key."""

    person_id: str
    totp_secret: str
    pair: KeyPair = field(repr=False)


def prepare(offer: InvitationInfo, seed: str, password: str, code: str) -> Newcomer:
    """Check password and first code, then make and lock the key pair; takes one slow hash.

    *seed* gives the secret of the second factor, and is known to who accepts alone.
    Raises: WeakPasswordError, WrongCodeError, BusyError.
    """
    secret = secret_for(seed)
    check_password(password, about=[offer.name, offer.email])
    step = matching_step(secret, code, _UNUSED)
    if step is None:
        raise WrongCodeError("the six digits do not fit the secret")
    return _newcomer(password, secret, step)


def _newcomer(password: str, secret: str, step: int) -> Newcomer:
    person_id, pair = secrets.token_hex(16), new_key_pair()
    key = lock(pair, password, current_pepper(), person_id)
    return Newcomer(person_id=person_id, pair=pair, key=key, totp_secret=secret, totp_step=step)


def accept_invitation(session: Session, token: str, newcomer: Newcomer) -> str:
    """Take on a new person; return his id.

    Raises: InvitationGoneError, also when the address belongs to somebody by now.
    """
    row = take_invitation(session, token)
    if session.scalar(select(Person.id).where(Person.address_mac == row.address_mac)) is not None:
        raise InvitationGoneError("this address belongs to an account by now; ask for a new invitation")
    session.add(
        Person(
            id=newcomer.person_id,
            name=row.name,
            language=translate.current().tag,
            is_disabled=False,
            address_mac=row.address_mac,
            address_sealed=seal_address(open_address(row.address_sealed, row.id), newcomer.person_id),
            totp_sealed=seal_secret(newcomer.totp_secret, newcomer.person_id),
            totp_last_step=newcomer.totp_step,
            key_salt=newcomer.key.salt,
            key_public=newcomer.key.public,
            key_locked=newcomer.key.locked,
            key_verifier=newcomer.key.verifier,
            sign_public=sign_public_of(newcomer.pair),
        )
    )
    session.flush()
    add_membership(session, newcomer.person_id, row)
    return newcomer.person_id


def accept_as_known(session: Session, token: str, proof: Proof) -> None:
    """Give another role to somebody who has an account and has just proved who he is.

    Raises: InvitationGoneError, also when the invitation is not his; AlreadyMemberError, RolesClashError.
    """
    row = take_invitation(session, token)
    owner = session.scalar(select(Person.id).where(Person.address_mac == row.address_mac))
    if owner != proof.person_id:
        raise InvitationGoneError("this invitation is for another account")
    add_membership(session, proof.person_id, row)


def join(session: Session, invitation: NewInvitation, password: str) -> Joined:
    """Invite somebody and accept for him at once: for the demo and tests, where no person is at the other end.

    Raises: InvitationRefusedError, WeakPasswordError, BusyError.
    """
    token = invite(session, invitation)
    offer = open_invitation(session, token)
    check_password(password, about=[offer.name, offer.email])
    secret = secret_for(token)
    newcomer = _newcomer(password, secret, _UNUSED)
    accept_invitation(session, token, newcomer)
    return Joined(person_id=newcomer.person_id, totp_secret=secret, pair=newcomer.pair)
