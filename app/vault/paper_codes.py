"""Secrets that are kept on paper: groups of five characters, each with a check of its own, so that a slip is found."""

import secrets

from app.vault.errors import PaperLengthError, WrongGroupError
from app.vault.words import plain_letters

SECRET_BYTES = 17
"""136 bits: beyond guessing without any slow hash."""
GROUPS = 7
CHARACTERS_IN_GROUP = 5
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters, a prime number, without 0, 1, I, L and O, which look alike."""
_BASE = len(_ALPHABET)
_PLAIN = CHARACTERS_IN_GROUP - 1
_PLACES = GROUPS * _PLAIN
_MAX_CHARACTERS = 400


def new_secret() -> bytes:
    """Return a random secret for paper."""
    return secrets.token_bytes(SECRET_BYTES)


def spell(secret: bytes) -> tuple[str, ...]:
    """Return a secret of 17 bytes as seven groups of five characters."""
    number = int.from_bytes(secret, "big")
    digits = [number // _BASE**place % _BASE for place in reversed(range(_PLACES))]
    return tuple(_group(digits[at * _PLAIN : (at + 1) * _PLAIN], at) for at in range(GROUPS))


def parse(text: str) -> bytes:
    """Read a secret as people type it: capitals or not, with whatever between the groups.

    Raises: PaperLengthError, WrongGroupError.
    """
    number = 0
    for at, group in enumerate(_groups(text)):
        values = [_ALPHABET.find(letter) for letter in group]
        if -1 in values or _group(values[:_PLAIN], at) != group:
            raise WrongGroupError(at)
        for value in values[:_PLAIN]:
            number = number * _BASE + value
    if number >= 1 << 8 * SECRET_BYTES:
        raise WrongGroupError(0)
    return number.to_bytes(SECRET_BYTES, "big")


def _group(digits: list[int], at: int) -> str:
    """Return one group with its check, which differs at each place: every slip, swap and exchange of groups shows."""
    check = sum(weight * digit for weight, digit in enumerate(digits, start=1)) + at
    return "".join(_ALPHABET[digit] for digit in (*digits, check % _BASE))


def _groups(text: str) -> list[str]:
    """Return the groups as they were typed apart, or else cut the whole into fives."""
    if len(text) > _MAX_CHARACTERS:
        raise PaperLengthError
    typed = "".join(c if c.isalnum() else " " for c in plain_letters(text).upper()).split()
    if len(typed) == GROUPS:
        return typed
    whole = "".join(typed)
    if len(whole) != GROUPS * CHARACTERS_IN_GROUP:
        raise PaperLengthError
    return [whole[at : at + CHARACTERS_IN_GROUP] for at in range(0, len(whole), CHARACTERS_IN_GROUP)]
