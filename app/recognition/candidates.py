"""What may be found before it is settled which of two things in the same place counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.recognition.model import Kind

FULL_STAFF_NAME, OF_A_KIND, GIVEN_NAME, BARE_STAFF_NAME = "staff", "kind", "given", "bare"
"""How sure a candidate is to be what it is taken for."""
_ORDER = (
    (FULL_STAFF_NAME, "staff_name"),
    (OF_A_KIND, "email"),
    (OF_A_KIND, "handle"),
    (OF_A_KIND, "phone"),
    (OF_A_KIND, None),
    (OF_A_KIND, "own_name"),
    (OF_A_KIND, "sibling"),
    (OF_A_KIND, "role"),
    (OF_A_KIND, "class"),
    (OF_A_KIND, "clock_time"),
    (OF_A_KIND, "date"),
    (GIVEN_NAME, "name"),
    (BARE_STAFF_NAME, "staff_name"),
    (OF_A_KIND, "name"),
    (OF_A_KIND, "only_i"),
)
_RANKS = {sure: rank for rank, sure in enumerate(_ORDER)}


@dataclass(frozen=True)
class Candidate:
    """A place in the text and what it may be, None when nothing may be found there; `language` 0 is the text's."""

    start: int
    end: int
    kind: Kind | None
    blurred: str | None = None
    crowd: str = ""
    language: int = 0
    sure: str = OF_A_KIND

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Return what sorts the candidate that counts before those in its way."""
        return (_RANKS[self.sure, self.kind], self.start - self.end, self.start, self.language)


def settled(candidates: Iterable[Candidate], characters: int) -> list[Candidate]:
    """Return those that count in a text of so many *characters*, in reading order; none overlaps another."""
    taken = bytearray(characters)
    kept = []
    for candidate in sorted(candidates, key=lambda candidate: candidate.order):
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.start)
