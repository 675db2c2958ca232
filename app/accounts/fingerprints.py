"""The fingerprint of somebody's keys: six words that two people compare by telephone."""

import hashlib

from app.i18n.translate import current
from app.vault.keys import KeyPair
from app.vault.sealing import canonical
from app.vault.signing import sign_public_of
from app.vault.words import WORDS_IN_LIST, word_list

WORDS = 6
"""66 bits: nobody makes a key whose words are the same by trying."""


def fingerprint_of(public: bytes | None, sign_public: bytes | None) -> str:
    """Return the fingerprint as 17 hex characters, as the record keeps it; empty for who has no key."""
    if not public:
        return ""
    digest = hashlib.sha256(canonical("fingerprint", public.hex(), (sign_public or b"").hex())).digest()
    return f"{int.from_bytes(digest, 'big') % WORDS_IN_LIST**WORDS:017x}"


def own_fingerprint(pair: KeyPair) -> str:
    """Return the fingerprint of who holds *pair*, which no database can change on its way to his screen."""
    return fingerprint_of(pair.public, sign_public_of(pair))


def words_of(fingerprint: str) -> tuple[str, ...]:
    """Return the words of a fingerprint in the present language."""
    return word_list(current().tag).spelled(int(fingerprint, 16), WORDS) if fingerprint else ()
