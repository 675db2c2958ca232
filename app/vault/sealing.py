"""Sealing: authenticated encryption that is bound to one place and hides the length."""

import secrets
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.vault.errors import DamagedError, UnknownSuiteError

SUITE = 1
"""X25519, HKDF-SHA256 and ChaCha20-Poly1305; the first byte of every blob."""
KEY_BYTES = 32
_NONCE_BYTES = 12
_LENGTH_BYTES = 4
_BUCKETS = (1 << 10, 4 << 10, 16 << 10, 64 << 10)


class Context(bytes):
    """The place that a blob belongs to: its purpose first, then ids from the widest to the narrowest."""

    def __new__(cls, purpose: str, *parts: str) -> Self:
        return super().__new__(cls, bytes([SUITE]) + canonical(purpose, *parts))

    def within(self, *parts: str) -> bytes:
        """Return the context of a narrower place in this one: the same as if its ids had stood here from the start."""
        return self + canonical(*parts)


def canonical(*parts: str) -> bytes:
    """Encode *parts* so that no two different lists give the same bytes: each is preceded by its length."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def derive_key(
    secret: bytes, purpose: str, context: bytes = b"", *, length: int = KEY_BYTES, salt: bytes = b""
) -> bytes:
    """Derive a key of *length* bytes from *secret* for one *purpose* in one *context* only (HKDF-SHA256, RFC 5869)."""
    info = _named(purpose) + context
    return HKDF(algorithm=SHA256(), length=length, salt=salt or None, info=info).derive(secret)


@lru_cache(maxsize=64)
def _named(purpose: str) -> bytes:
    return b"vertel" + canonical(purpose)


def new_key() -> bytes:
    """Return a random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Encrypt *plaintext* so that it opens only with *key* in *context*; of its length only the bucket shows."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = _cipher(key, context).encrypt(nonce, _pad(plaintext), context)
    return bytes([SUITE]) + nonce + body


def unseal(key: bytes, blob: bytes, context: bytes) -> bytes:
    """Return what was sealed.

    Raises: UnknownSuiteError, DamagedError.
    """
    body = without_suite(blob)
    try:
        padded = _cipher(key, context).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise DamagedError from None
    return _unpad(padded)


def without_suite(blob: bytes) -> bytes:
    """Strip the suite byte.

    Raises: UnknownSuiteError, or DamagedError on an empty blob.
    """
    if not blob:
        raise DamagedError
    if blob[0] != SUITE:
        raise UnknownSuiteError
    return blob[1:]


def _cipher(key: bytes, context: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derive_key(key, "seal", context))


def _pad(plaintext: bytes) -> bytes:
    framed = len(plaintext).to_bytes(_LENGTH_BYTES, "big") + plaintext
    step = _BUCKETS[-1]
    size = next((bucket for bucket in _BUCKETS if len(framed) <= bucket), -(-len(framed) // step) * step)
    return framed.ljust(size, b"\0")


def _unpad(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
