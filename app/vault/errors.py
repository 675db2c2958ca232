"""What can go wrong in the vault; no message carries a key, a code, a password or a word of one."""

from collections.abc import Sequence
from typing import Literal

WeakPasswordReason = Literal["too_short", "too_long", "common", "about_you"]


class VaultError(Exception):
    """Base of everything that the vault refuses."""


class DamagedError(VaultError):
    """Raised when a blob does not open: wrong key, another place than it was sealed for, or changed bytes."""

    def __init__(self, message: str = "the blob does not open with this key in this place") -> None:
        super().__init__(message)


class UnknownSuiteError(DamagedError):
    """Raised when a blob begins with a suite byte that this version cannot read."""

    def __init__(self) -> None:
        super().__init__("the blob was made by another version of the vault, or its first byte is damaged")


class BusyError(VaultError):
    """Raised when too many wait for the slow hash already."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"too many slow hashes at once; try again in {retry_after_seconds} seconds")
        self.retry_after_seconds = retry_after_seconds


class PepperError(VaultError):
    """Raised when the pepper file may be read by others or is not a pepper; the message names the cure."""


class WordListError(VaultError):
    """Raised when a word list is missing or breaks a rule that reading codes relies on."""


class CodeError(VaultError):
    """Base of the ways in which a typed code can be wrong."""


class CodeLengthError(CodeError):
    """Raised when a text has neither 16 digits nor five words."""

    def __init__(self) -> None:
        super().__init__("a code has 16 digits or five words")


class UnknownWordError(CodeError):
    """Raised when one word is in no list and cannot be repaired with certainty.

    `word_index` counts from 0; `suggestions` holds at most three list words, the nearest first.
    """

    def __init__(self, word_index: int, suggestions: Sequence[str]) -> None:
        super().__init__("a word of the code is in no word list")
        self.word_index = word_index
        self.suggestions = tuple(suggestions)


class WrongCheckError(CodeError):
    """Raised when the check digit shows that a digit or word is wrong or stands in the wrong place."""

    def __init__(self) -> None:
        super().__init__("the code's check digit is wrong: a digit or word is wrong, or two have changed places")


class PaperLengthError(CodeError):
    """Raised when a text has not the 35 characters of a secret on paper."""

    def __init__(self) -> None:
        super().__init__("a code on paper has seven groups of five characters")


class WrongGroupError(CodeError):
    """Raised when one group of a secret on paper is not as it was printed; `group_index` counts from 0."""

    def __init__(self, group_index: int) -> None:
        super().__init__("a group of the code on paper is not as it was printed")
        self.group_index = group_index


class WrongPasswordError(VaultError):
    """Raised when a password does not open a staff key."""

    def __init__(self) -> None:
        super().__init__("the password does not open this key")


class WeakPasswordError(VaultError):
    """Raised when a new password is too easy to guess; `reason` says in which way."""

    def __init__(self, reason: WeakPasswordReason) -> None:
        super().__init__(f"the password is refused: {reason}")
        self.reason = reason
