"""A staff key, locked once more under a secret on paper: without the pepper, so that it outlives the host."""

import secrets

from app.vault.errors import DamagedError
from app.vault.keys import KeyPair
from app.vault.paper_codes import spell
from app.vault.sealing import Context, derive_key, seal, unseal
from app.vault.words import plain_letters

_DRAFT = "own recovery draft"


def lock_on_paper(secret: bytes, pair: KeyPair, person_id: str) -> bytes:
    """Lock *pair* under *secret*, which has too many bits to need a slow hash (136, OWASP ASVS 5.0, 6.5.2)."""
    context = _context(person_id, pair.public)
    return seal(_key(secret, context), pair.private, context)


def open_from_paper(secret: bytes, locked: bytes | None, public: bytes, person_id: str) -> KeyPair | None:
    """Open the key of *public*; None when *secret* is not the one, with the same work when there is nothing to open."""
    context = _context(person_id, public)
    blob = locked if locked is not None else seal(secrets.token_bytes(32), b"", context)
    try:
        return KeyPair(public, unseal(_key(secret, context), blob, context))
    except DamagedError:
        return None


def seal_draft(key: bytes, secret: bytes, place: str) -> bytes:
    """Seal a new secret under the installation's *key*, until its owner showed that it stands on paper."""
    return seal(key, secret, Context(_DRAFT, place))


def open_draft(key: bytes, draft: bytes, place: str) -> bytes:
    """Return the secret that was sealed for *place*.

    Raises: DamagedError.
    """
    return unseal(key, draft, Context(_DRAFT, place))


def is_typed_back(secret: bytes, group_index: int, typed: str) -> bool:
    """Return whether *typed* is that group of *secret* as it stands on paper, capitals or not."""
    return "".join(c for c in plain_letters(typed).upper() if c.isalnum()) == spell(secret)[group_index]


def _key(secret: bytes, context: bytes) -> bytes:
    return derive_key(secret, "own recovery", context)


def _context(person_id: str, public: bytes) -> Context:
    return Context("own recovery", person_id, public.hex())
