"""Whether a new password is hard enough to guess, decided offline (OWASP ASVS 5.0, 6.2; read 2026-11-22)."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from app.vault.errors import WeakPasswordError
from app.vault.words import plain_letters

MIN_CHARACTERS = 15
MAX_CHARACTERS = 256
_COMMON = Path(__file__).parent / "data" / "common-passwords.txt"
_LEAST_LEFT = 6
"""So many characters must stay when everything that guessing programs try first is taken away."""
_WALK_CHARACTERS = 4
_TELLING_CHARACTERS = 4
_WALKS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertzuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "!@#$%^&*()",
)
_LOOK_ALIKES = str.maketrans("0134578@$!", "oieastbasi")
_SEPARATORS = re.compile(r"[\s._-]+")
_REPEATED = re.compile(r"(.{3,}?)\1+|(.{1,2})\2{2,}")
_YEAR = re.compile(r"(19|20)\d\d")


def check_password(password: str, *, about: Sequence[str]) -> None:
    """Refuse a new password that is short, overlong, widely used, a pattern, or about its owner.

    *about* holds what others know of the owner: name, e-mail address, school. No rule asks for kinds of characters.

    Raises: WeakPasswordError.
    """
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < MIN_CHARACTERS:
        raise WeakPasswordError("too_short")
    if len(normal) > MAX_CHARACTERS:
        raise WeakPasswordError("too_long")
    plain = _SEPARATORS.sub("", plain_letters(normal))
    if len(_unforeseen(plain)) < _LEAST_LEFT:
        raise WeakPasswordError("common")
    if any(word in spelling for word in _telling(about) for spelling in (plain, _letters(plain))):
        raise WeakPasswordError("about_you")


def _unforeseen(plain: str) -> str:
    """Return what stays of *plain* without repetitions, keyboard walks, years and widely used passwords."""
    left = _without_walks(_REPEATED.sub(r"\1\2", plain))
    left = _letters(_YEAR.sub("", left))
    for piece in _common_pieces():
        left = left.replace(piece, "")
    return left


def _without_walks(text: str) -> str:
    left = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _is_walk(text[start : end + 1]):
            end += 1
        if end - start < _WALK_CHARACTERS:
            end = start + 1
            left.append(text[start])
        start = end
    return "".join(left)


def _is_walk(text: str) -> bool:
    return any(text in walk or text[::-1] in walk for walk in _WALKS)


@cache
def _common_pieces() -> tuple[str, ...]:
    """Return the shipped list, the longest first, so that a phrase goes before its words."""
    pieces = {_letters(line) for line in _COMMON.read_text(encoding="utf-8").splitlines()}
    return tuple(sorted(pieces, key=lambda piece: (-len(piece), piece)))


def _telling(about: Sequence[str]) -> set[str]:
    words = {word for text in about for word in re.split(r"[\W_]+", plain_letters(text))}
    return {word for word in words if len(word) >= _TELLING_CHARACTERS}


def _letters(text: str) -> str:
    return text.translate(_LOOK_ALIKES)
