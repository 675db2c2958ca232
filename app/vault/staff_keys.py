"""A staff member's key pair, locked under the password; one slow hash both checks the password and opens the key."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field

from app.vault import kdf
from app.vault.errors import WrongPasswordError
from app.vault.keys import KeyPair
from app.vault.passwords import MAX_CHARACTERS
from app.vault.pepper import Pepper
from app.vault.sealing import Context, derive_key, seal, unseal

_SALT_BYTES = 16
_HALF = 32


@dataclass(frozen=True)
class LockedKey:
    """What the database keeps of a staff key; none of it opens anything without the password and the pepper."""

    salt: bytes
    public: bytes
    locked: bytes = field(repr=False)
    verifier: bytes = field(repr=False)


def lock(pair: KeyPair, password: str, pepper: Pepper, person_id: str) -> LockedKey:
    """Lock *pair* under a password that `check_password` accepted.

    Raises: BusyError.
    """
    salt = secrets.token_bytes(_SALT_BYTES)
    stretched = _stretch(password, salt)
    sealed = seal(_lock_key(stretched, pepper, person_id), pair.private, _context(person_id, pair.public))
    return LockedKey(salt=salt, public=pair.public, locked=sealed, verifier=_verifier(stretched))


def unlock(locked_key: LockedKey, password: str, pepper: Pepper, person_id: str) -> KeyPair:
    """Open a staff key.

    Raises: WrongPasswordError, BusyError, DamagedError when the row was changed or belongs to somebody else.
    """
    stretched = _stretch(password, locked_key.salt)
    if not hmac.compare_digest(_verifier(stretched), locked_key.verifier):
        raise WrongPasswordError
    context = _context(person_id, locked_key.public)
    return KeyPair(locked_key.public, unseal(_lock_key(stretched, pepper, person_id), locked_key.locked, context))


def relock(locked_key: LockedKey, password: str, new_password: str, pepper: Pepper, person_id: str) -> LockedKey:
    """Lock the same key pair under *new_password*; two slow hashes.

    Raises: WrongPasswordError when *password* is not the present one, BusyError, DamagedError.
    """
    return lock(unlock(locked_key, password, pepper, person_id), new_password, pepper, person_id)


def pretend(password: str) -> None:
    """Spend the time of `unlock` for an account that does not exist, so that the answer's time tells nothing.

    Raises: BusyError.
    """
    _stretch(password, secrets.token_bytes(_SALT_BYTES))


def _stretch(password: str, salt: bytes) -> bytes:
    # One character more than a password may have: an overlong one costs no more and can never match.
    normal = unicodedata.normalize("NFKC", password)[: MAX_CHARACTERS + 1]
    return kdf.stretch(normal.encode("utf-8", "surrogatepass"), salt, 2 * _HALF)


def _lock_key(stretched: bytes, pepper: Pepper, person_id: str) -> bytes:
    return derive_key(stretched[:_HALF], "staff key", salt=pepper.mac("pw", person_id))


def _verifier(stretched: bytes) -> bytes:
    return hashlib.sha256(derive_key(stretched[_HALF:], "auth")).digest()


def _context(person_id: str, public: bytes) -> Context:
    return Context("staff key", person_id, public.hex())
