"""The personal recovery code: on paper only, it opens its owner's key once, together with what he still has."""

import base64
import binascii
import hashlib
import secrets

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import clock
from app.accounts.attempts import does_not_wait
from app.accounts.installation import current_pepper
from app.accounts.key_events import Signer, note_key
from app.accounts.models import Membership, Passkey, Person, StaffSession
from app.accounts.proving import Account, Factor, Proof, SignInRefusedError, fitting, judge, unlocked, use_factor
from app.accounts.roles import Role
from app.accounts.second_factor import seal_secret
from app.audit.services import note
from app.vault import paper_codes
from app.vault.errors import DamagedError
from app.vault.keys import KeyPair
from app.vault.own_recovery import lock_on_paper, open_draft, open_from_paper, seal_draft
from app.vault.staff_keys import LockedKey, lock, pretend

_NOBODY = "0" * 32
_UNPROVEN = 0


class DraftGoneError(ValueError):
    """Raised when a new code was made in another session, or was changed on its way."""


def new_draft(session_id: str) -> str:
    """Return a new code, sealed for that session: it counts only when its owner shows that it stands on paper."""
    key = current_pepper().key("own recovery")
    return base64.b64encode(seal_draft(key, paper_codes.new_secret(), session_id)).decode()


def secret_in(draft: str, session_id: str) -> bytes:
    """Return the secret of a new code.

    Raises: DraftGoneError.
    """
    try:
        sealed = base64.b64decode(draft, validate=True)
        return open_draft(current_pepper().key("own recovery"), sealed, session_id)
    except (binascii.Error, ValueError, DamagedError) as error:
        raise DraftGoneError("this code belongs to another session") from error


def asked_group(secret: bytes) -> int:
    """Return which group (from 0) somebody types back; always the same one, so that trying again is no guessing."""
    return hashlib.sha256(secret).digest()[0] % paper_codes.GROUPS


def keep_code(session: Session, person_id: str, secret: bytes, pair: KeyPair) -> None:
    """Let that code open the key of *person_id* from now on; an older code ends."""
    person = session.get_one(Person, person_id)
    person.recovery_locked = lock_on_paper(secret, pair, person_id)
    person.recovery_made_on, person.recovery_checked_on = clock.today(), None
    note(session, school_id=None, person_id=person_id, what="recovery.made", subject=person_id)


def try_code(session: Session, person_id: str, secret: bytes) -> bool:
    """Return whether that code opens its owner's key, and remember the day on which it did."""
    person = session.get_one(Person, person_id)
    if open_from_paper(secret, person.recovery_locked, person.key_public or b"", person_id) is None:
        return False
    person.recovery_checked_on = clock.today()
    return True


def prove_without_password(account: Account | None, secret: bytes, factor: Factor) -> Proof:
    """Check code and second factor, outside a transaction; a refusal costs one slow hash, as a renewal does.

    Raises: SignInRefusedError, SecondFactorError, SignInWaitError, BusyError.
    """
    try:
        return judge(account, _opened(account, secret), fitting(account, factor))
    except SignInRefusedError:
        pretend("")
        raise


def prove_without_phone(account: Account | None, secret: bytes, password: str) -> Proof:
    """Check code and password, outside a transaction; one slow hash whatever is wrong.

    Raises: SignInRefusedError, SecondFactorError, SignInWaitError, BusyError.
    """
    is_password = unlocked(account, password) is not None
    proof = judge(account, _opened(account, secret), _UNPROVEN if is_password else None)
    return Proof(proof.person_id, proof.pair, step=None)


def new_lock(proof: Proof, password: str) -> LockedKey:
    """Lock the key of *proof* under a new password; one slow hash, so call it outside a transaction.

    Raises: BusyError.
    """
    return lock(proof.pair, password, current_pepper(), proof.person_id)


def renew_password(session: Session, proof: Proof, key: LockedKey) -> None:
    """Lock the key under a new password, and use the code up.

    Raises: SignInRefusedError when code or second factor was used a moment ago, or the account waits.
    """
    use_factor(session, proof)
    _use_up(session, proof)
    changed = {"key_salt": key.salt, "key_locked": key.locked, "key_verifier": key.verifier}
    session.execute(update(Person).where(Person.id == proof.person_id).values(changed))


def renew_second_factor(session: Session, proof: Proof, totp_secret: str, step: int) -> None:
    """Give a new authenticator and forget the passkeys, which may be on the lost phone; use the code up.

    Raises: SignInRefusedError when the code was used a moment ago, or the account waits.
    """
    _use_up(session, proof)
    changed = {"totp_sealed": seal_secret(totp_secret, proof.person_id), "totp_last_step": step}
    session.execute(update(Person).where(Person.id == proof.person_id).values(changed))
    session.execute(delete(Passkey).where(Passkey.person_id == proof.person_id))


def _opened(account: Account | None, secret: bytes) -> KeyPair | None:
    if account is None:
        return open_from_paper(secret, None, secrets.token_bytes(32), _NOBODY)
    return open_from_paper(secret, account.recovery_locked, account.key.public, account.person_id)


def _use_up(session: Session, proof: Proof) -> None:
    """End the code and all sessions of who used it, and note it at each school where he reads."""
    person_id = proof.person_id
    used = session.execute(
        update(Person)
        .where(
            Person.id == person_id, Person.is_disabled.is_(False), Person.recovery_locked.is_not(None), does_not_wait()
        )
        .values(recovery_locked=None, recovery_made_on=None, recovery_checked_on=None)
    )
    if not used.rowcount:  # type: ignore[attr-defined]  # a result of DML has it
        raise SignInRefusedError
    session.execute(delete(StaffSession).where(StaffSession.person_id == person_id))
    note(session, school_id=None, person_id=person_id, what="key.recovered", subject=person_id)
    schools = session.scalars(
        select(Membership.school_id).where(Membership.person_id == person_id, Membership.role == Role.ADVISER)
    )
    for school_id in schools.all():
        note_key(session, "key.recovered", school_id or "", person_id, Signer(person_id, proof.pair))
