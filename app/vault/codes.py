"""The code with which a student comes back: one number, spelled as 16 digits or as five words."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.vault import kdf
from app.vault.errors import CodeLengthError, UnknownWordError, WrongCheckError
from app.vault.keys import KeyPair, key_pair_of
from app.vault.pepper import Pepper
from app.vault.sealing import derive_key
from app.vault.words import WORDS_IN_LIST, WordList, beginnings, plain_letters, word_list, word_lists

DIGITS_IN_CODE = 16
WORDS_IN_CODE = 5
_GROUP = 4
_MAX_CHARACTERS = 400
_SALT_BYTES = 16
_NUMBERS = 10 ** (DIGITS_IN_CODE - 1)
_LOOKUP_BYTES = 16

# A totally anti-symmetric quasigroup of order 10: H. M. Damm, "Total anti-symmetrische Quasigruppen", thesis, Marburg
# 2004; read 2026-11-22. It catches every wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


@dataclass(frozen=True)
class Code:
    """A number of 16 digits whose last is a check digit; its `repr` shows nothing.

    Raises: WrongCheckError when the number is too large or its check digit is wrong.
    """

    number: int = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.number < 10**DIGITS_IN_CODE or damm(f"{self.number:0{DIGITS_IN_CODE}}") != 0:
            raise WrongCheckError

    @property
    def digits(self) -> str:
        """Return the 16 digits in groups of four."""
        plain = f"{self.number:0{DIGITS_IN_CODE}}"
        return " ".join(plain[i : i + _GROUP] for i in range(0, DIGITS_IN_CODE, _GROUP))

    def words(self, tag: str) -> tuple[str, ...]:
        """Return the five words in the list of the language *tag*, in the Dutch list when it has none."""
        return word_list(tag).spelled(self.number, WORDS_IN_CODE)


@dataclass(frozen=True)
class StudentKeys:
    """What a code opens: the id (16 bytes) under which the database knows it, and its key pair."""

    lookup: bytes
    pair: KeyPair


def new_code() -> Code:
    """Return a random code: 15 random digits (49.8 bits) and their check digit."""
    while True:
        code = _checked(secrets.randbelow(_NUMBERS))
        if reads_back(code):
            return code


def code_of(secret: bytes) -> Code:
    """Return the code that *secret* (32 random bytes) makes, the same each time; it tells nothing of the secret."""
    drawn = derive_key(secret, "code")
    while not reads_back(code := _checked(int.from_bytes(drawn) % _NUMBERS)):
        drawn = derive_key(drawn, "code")
    return code


def _checked(number: int) -> Code:
    return Code(number * 10 + damm(f"{number:0{DIGITS_IN_CODE - 1}}"))


def reads_back(code: Code) -> bool:
    """Return whether no list's words, nor their beginnings, read as another code; hardly any does."""
    spelled = [source.spelled(code.number, WORDS_IN_CODE) for source in word_lists()]
    return all(_from_words(words) == code and _from_words(beginnings(words)) == code for words in spelled)


def damm(digits: str) -> int:
    """Return the check digit of *digits* (0-9); digits that end in their own check digit give 0."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state


def parse_code(text: str) -> Code:
    """Read a code as people type it: digits of any script, or words of any list, whole, begun or with one slip.

    Numbers between words are taken for a list's numbering and skipped.

    Raises: CodeLengthError, UnknownWordError, WrongCheckError.
    """
    if len(text) > _MAX_CHARACTERS:
        raise CodeLengthError
    digits, words = _parts(text)
    if len(digits) == DIGITS_IN_CODE:
        return Code(int(digits))
    if len(words) != WORDS_IN_CODE:
        raise CodeLengthError
    return _from_words(words)


def derive(code: Code, pepper: Pepper, school_id: str) -> StudentKeys:
    """Turn *code* into the keys that it has at one school; one slow hash.

    Raises: BusyError.
    """
    salt = pepper.mac("receipt", school_id)[:_SALT_BYTES]
    stretched = kdf.stretch(code.number.to_bytes(8, "big"), salt, 32)
    lookup = derive_key(stretched, "lookup", length=_LOOKUP_BYTES)
    return StudentKeys(lookup, key_pair_of(derive_key(stretched, "x25519")))


def _parts(text: str) -> tuple[str, list[str]]:
    """Return all digits of *text* in one string, and its words without case and accents."""
    plain = plain_letters(text)
    digits = "".join(str(unicodedata.decimal(c)) for c in plain if c.isdecimal())
    words = "".join(c if c.isalpha() else " " for c in plain).split()
    return digits, words


@dataclass(frozen=True)
class _Reading:
    """Five typed words as one list reads them; None where it knows no word."""

    source: WordList
    numbers: tuple[int | None, ...]
    doubt: int

    @property
    def unread(self) -> int:
        return self.numbers.count(None)

    def code(self) -> Code:
        value = 0
        for number in self.numbers:
            value = value * WORDS_IN_LIST + (number or 0)
        return Code(value)


def _from_words(words: Sequence[str]) -> Code:
    readings = sorted((_read(source, words) for source in word_lists()), key=lambda r: (r.unread, r.doubt))
    best = readings[0]
    if best.unread:
        index = best.numbers.index(None)
        raise UnknownWordError(index, best.source.near(words[index]))
    for reading in readings:
        if not reading.unread:
            try:
                return reading.code()
            except WrongCheckError:
                continue
    raise WrongCheckError


def _read(source: WordList, words: Sequence[str]) -> _Reading:
    matches = [source.match(word) for word in words]
    return _Reading(source, tuple(match.number for match in matches), sum(match.doubt for match in matches))
