"""What can be wrong with a rule pack: where, what, and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, order=True)
class PackFault:
    """One fault; prints as `recognition/nl.yaml:20: unknown kind "nam": did you mean "name"?`."""

    file: str
    line: int
    message: str

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class RecognitionError(ValueError):
    """Raised when rule packs cannot be used; carries every fault of every file, in reading order."""

    def __init__(self, faults: Iterable[PackFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class PatternError(ValueError):
    """Raised when a pattern may not be used; its message says why and what to write instead."""


def cure(name: str, known: Iterable[str]) -> str:
    """Suggest the nearest of the *known* names, or name them all."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f'did you mean "{near[0]}"?' if near else f"known are {', '.join(names)}"
