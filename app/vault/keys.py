"""Key pairs of people and codes, and the wrapping of a report's key to them (HPKE, RFC 9180)."""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.vault.errors import DamagedError
from app.vault.sealing import SUITE, new_key, without_suite

_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True)
class KeyPair:
    """An X25519 key pair, 32 bytes each; the private half never shows in a `repr`."""

    public: bytes
    private: bytes = field(repr=False)


def new_key_pair() -> KeyPair:
    """Return a random key pair."""
    return key_pair_of(new_key())


def key_pair_of(private: bytes) -> KeyPair:
    """Return the pair that belongs to *private* (32 bytes)."""
    return KeyPair(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw(), private)


def wrap(key: bytes, public: bytes, context: bytes) -> bytes:
    """Encrypt *key* to the holder of *public* (81 bytes for a key of 32), for *context* only.

    Raises: DamagedError when *public* is no usable key.
    """
    try:
        sealed = _HPKE.encrypt(key, X25519PublicKey.from_public_bytes(public), info=_info(context))
    except ValueError:
        raise DamagedError("the public key is not a usable X25519 key") from None
    return bytes([SUITE]) + sealed


def unwrap(wrapped: bytes, pair: KeyPair, context: bytes) -> bytes:
    """Return the key that was wrapped to *pair*.

    Raises: UnknownSuiteError, DamagedError.
    """
    sealed = without_suite(wrapped)
    try:
        return _HPKE.decrypt(sealed, X25519PrivateKey.from_private_bytes(pair.private), info=_info(context))
    except InvalidTag:
        raise DamagedError from None


def _info(context: bytes) -> bytes:
    # The one-shot HPKE of `cryptography` takes no associated data, so the context stands in `info`.
    return b"vertel wrap" + context
