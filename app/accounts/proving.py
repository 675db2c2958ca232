"""Proving who one is: something known that opens the key, and a second factor, checked with the same work each time."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts import attempts
from app.accounts.addresses import address_mac
from app.accounts.installation import current_pepper
from app.accounts.models import Person
from app.accounts.passkeys import Assertion, UsedPasskey, mark_used, verified
from app.accounts.rules import moment
from app.accounts.second_factor import matching_step, open_secret
from app.vault.errors import WrongPasswordError
from app.vault.keys import KeyPair
from app.vault.staff_keys import LockedKey, pretend, unlock

_NOBODYS_SECRET = "A" * 32
"""Checked for unknown accounts, so that they cost the same work."""
Factor = str | Assertion
"""Six digits, or the answer of a passkey."""


class SignInRefusedError(Exception):
    """Raised when what was given does not go together; it never says which."""


class SecondFactorError(SignInRefusedError):
    """Raised when only the second factor is wrong: to be counted, and told to nobody but the owner."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id


class SignInWaitError(SignInRefusedError):
    """Raised when the account waits, to who knows its password."""

    def __init__(self, since: datetime) -> None:
        super().__init__()
        self.since = since


@dataclass(frozen=True)
class Account:
    """What is needed to check somebody's password, recovery code and second factor."""

    person_id: str
    key: LockedKey = field(repr=False)
    totp_sealed: bytes = field(repr=False)
    totp_last_step: int
    recovery_locked: bytes | None = field(default=None, repr=False)
    waits_until: datetime | None = None


@dataclass(frozen=True)
class Proof:
    """Somebody proved who he is; *step* or *passkey* is the second factor that he used, not yet marked as used.

    Both are None when that is done, or when there was none.
    """

    person_id: str
    pair: KeyPair = field(repr=False)
    step: int | None
    passkey: UsedPasskey | None = None


def account_by_address(session: Session, email: str) -> Account | None:
    """Return the account with that address, if it can sign in."""
    return _account(session.scalar(select(Person).where(Person.address_mac == address_mac(email))))


def account_by_id(session: Session, person_id: str) -> Account | None:
    """Return the account of that person, if it can sign in."""
    return _account(session.get(Person, person_id))


def _account(person: Person | None) -> Account | None:
    if person is None or person.is_disabled:
        return None
    salt, public, locked = person.key_salt, person.key_public, person.key_locked
    verifier, totp = person.key_verifier, person.totp_sealed
    if salt is None or public is None or locked is None or verifier is None or totp is None:
        return None
    key, until = LockedKey(salt, public, locked, verifier), person.sign_in_wait_until
    last_step, recovery = person.totp_last_step, person.recovery_locked
    return Account(person.id, key, totp, last_step, recovery, moment(until) if until else None)


def prove(account: Account | None, password: str, factor: Factor) -> Proof:
    """Check password and second factor, outside a transaction: it takes one slow hash whatever is wrong.

    Raises: SignInRefusedError, SecondFactorError, SignInWaitError, BusyError.
    """
    return judge(account, unlocked(account, password), fitting(account, factor))


def judge(account: Account | None, pair: KeyPair | None, used: int | UsedPasskey | None) -> Proof:
    """Return the proof when *account* is opened by *pair* and the second factor *used* fits.

    Raises: SignInRefusedError, SecondFactorError, SignInWaitError.
    """
    if account is None or pair is None:
        raise SignInRefusedError
    since = attempts.waits_since(account.waits_until)
    if since is not None:
        raise SignInWaitError(since)
    if used is None:
        raise SecondFactorError(account.person_id)
    if isinstance(used, UsedPasskey):
        return Proof(account.person_id, pair, step=None, passkey=used)
    return Proof(account.person_id, pair, used)


def unlocked(account: Account | None, password: str) -> KeyPair | None:
    """Return the key that *password* opens, None when it opens none; one slow hash.

    Raises: BusyError.
    """
    if account is None:
        pretend(password)
        return None
    try:
        return unlock(account.key, password, current_pepper(), account.person_id)
    except WrongPasswordError:
        return None


def fitting(account: Account | None, factor: Factor) -> int | UsedPasskey | None:
    """Return the step or passkey that *factor* is, None when it does not fit."""
    if isinstance(factor, Assertion):
        return verified(factor, account.person_id if account else "")
    secret = open_secret(account.totp_sealed, account.person_id) if account else _NOBODYS_SECRET
    return matching_step(secret, factor, account.totp_last_step if account else 0)


def use_factor(session: Session, proof: Proof) -> None:
    """Mark the second factor of *proof* as used, so that it works once (ASVS 5.0, 6.5.1).

    Raises: SignInRefusedError when another request used it meanwhile, the account waits, or the person was disabled.
    """
    can_enter = (Person.id == proof.person_id, Person.is_disabled.is_(False), attempts.does_not_wait())
    if proof.passkey is not None:
        is_there = session.scalar(select(Person.id).where(*can_enter)) is not None
        if not is_there or not mark_used(session, proof.passkey):
            raise SignInRefusedError
    if proof.step is not None:
        marked = session.execute(
            update(Person).where(*can_enter, Person.totp_last_step < proof.step).values(totp_last_step=proof.step)
        )
        if not marked.rowcount:  # type: ignore[attr-defined]  # a result of DML has it
            raise SignInRefusedError
