"""Signatures of staff."""

import pytest

from app.vault.keys import key_pair_of, new_key_pair
from app.vault.sealing import Context
from app.vault.signing import is_signed, sign, sign_public_of

STATED = Context("confirm", "school", "person")


def test_a_signature_is_checked_with_the_key_that_follows_from_the_pair() -> None:
    pair = new_key_pair()

    assert is_signed(sign(pair, STATED), sign_public_of(pair), STATED)


def test_the_same_private_key_always_gives_the_same_signing_key() -> None:
    pair = new_key_pair()

    assert sign_public_of(pair) == sign_public_of(key_pair_of(pair.private))
    assert sign_public_of(pair) != pair.public


@pytest.mark.parametrize("other", [Context("confirm", "school", "other"), Context("refuse", "school", "person"), b""])
def test_a_signature_says_one_thing_only(other: bytes) -> None:
    pair = new_key_pair()

    assert not is_signed(sign(pair, STATED), sign_public_of(pair), other)


def test_nobody_signs_for_another() -> None:
    assert not is_signed(sign(new_key_pair(), STATED), sign_public_of(new_key_pair()), STATED)


@pytest.mark.parametrize("public", [b"", b"x" * 31])
def test_what_is_no_key_confirms_nothing(public: bytes) -> None:
    assert not is_signed(sign(new_key_pair(), STATED), public, STATED)
