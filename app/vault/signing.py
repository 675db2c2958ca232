"""Signatures of staff (Ed25519), with a key that follows from the private one, so that there is no second to keep."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.vault.keys import KeyPair
from app.vault.sealing import derive_key


def sign_public_of(pair: KeyPair) -> bytes:
    """Return the key (32 bytes) with which others check what the holder of *pair* signed."""
    return _private(pair).public_key().public_bytes_raw()


def sign(pair: KeyPair, context: bytes) -> bytes:
    """Sign *context*, which says in full what is stated, and for what purpose (64 bytes)."""
    return _private(pair).sign(context)


def is_signed(signature: bytes, public: bytes, context: bytes) -> bool:
    """Return whether the holder of *public* signed *context*."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, context)
    except (InvalidSignature, ValueError):  # ValueError: no key at all
        return False
    return True


def _private(pair: KeyPair) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive_key(pair.private, "ed25519"))
