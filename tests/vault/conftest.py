"""Fixtures of the vault's tests: the released word lists, a known pepper, and a fast stand-in for the slow hash."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import settings

from app.vault import kdf, words
from app.vault.pepper import Pepper

WORDS_FOLDER = Path(__file__).resolve().parents[2] / "flows" / "words"
words.load_words(WORDS_FOLDER)

settings.register_profile("vertel", deadline=None, database=None)  # A shared machine keeps no deadline.
settings.load_profile("vertel")


def fast_hash(secret: bytes, salt: bytes, length: int) -> bytes:
    """Depend on everything that argon2id depends on, in no time."""
    return hashlib.shake_256(secret + b"|" + salt).digest(length)


@pytest.fixture
def pepper() -> Pepper:
    return Pepper(bytes(range(32)))


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, bytes]]:
    """Replace the slow hash by a fast one and collect the (secret, salt) of each call."""
    calls: list[tuple[bytes, bytes]] = []

    def work(secret: bytes, salt: bytes, length: int) -> bytes:
        calls.append((secret, salt))
        return fast_hash(secret, salt, length)

    monkeypatch.setattr(kdf, "_gate", kdf.Gate(1, 0, work=work))
    return calls
