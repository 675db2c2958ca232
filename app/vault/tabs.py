"""Secrets that only a cookie holds: the database finds its row by a hash and seals it under a key of the secret."""

import hashlib
import secrets

from app.vault.sealing import canonical, derive_key

_TOKEN_BYTES = 32


def new_token() -> str:
    """Return 256 random bits as 43 characters that are safe in a cookie and a URL."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_id(token: str, purpose: str) -> bytes:
    """Return the 32 bytes under which the database knows *token*; any text is taken, since cookies are untrusted."""
    return hashlib.sha256(canonical("token id", purpose, token)).digest()


def token_key(token: str, purpose: str) -> bytes:
    """Return the key (32 bytes) that seals the row of *token*; it cannot be told from `token_id`."""
    return derive_key(canonical(token), "token key " + purpose)
