"""Faults in flow files: where, which rule, what is wrong and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; prints as `flows/report.yaml:20: [E01] unknown key "mny": did you mean "many"?`."""

    file: str
    line: int
    rule: str
    message: str

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.rule}] {self.message}"


class FlowError(ValueError):
    """Raised when flow files cannot be used; carries every fault of every file, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def cure(name: str, known: Iterable[str], otherwise: str) -> str:
    """Suggest the nearest of the *known* names, or say *otherwise*."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else otherwise
