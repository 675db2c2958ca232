"""Signs what is released, so that everybody can see later that a file is the one that came out (Ed25519)."""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_FILE = "tables.key"


def digest(text: str) -> str:
    """Return the SHA-256 of a table as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def sign(instance: Path, text: str) -> bytes:
    """Return the signature of a table by this installation's own key."""
    return _key(instance).sign(text.encode())


def public_key(instance: Path) -> str:
    """Return the key by which others check a signature, as hexadecimal digits."""
    return _key(instance).public_key().public_bytes_raw().hex()


def is_signed(public: str, signature: bytes, text: str) -> bool:
    """Return whether *signature* is that of *text* by the key *public*."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _key(instance: Path) -> Ed25519PrivateKey:
    path = instance / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    key = Ed25519PrivateKey.generate()
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes_raw())
    return key
