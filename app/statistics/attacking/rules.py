"""When a sum gives a school away, said once more and independently (docs/statistics.md)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil

Given = Mapping[str, int]
"""What each school gave to a sum."""
ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The parameters of the rules; *share* is the secret p."""

    share: float = 0.2
    schools: int = 3
    count: int = 5
    coalition: int = 1
    boards: bool = True

    @property
    def fewest(self) -> int:
        """Return the least number of schools: one more for each further school that tells what it knows."""
        return self.schools + self.coalition - 1

    def near(self, count: int) -> int:
        """Return within how much of *count* an estimate is too close."""
        return max(1, ceil(self.share * count - ROUNDING))


def why_unsafe(given: Given, there: int, board_of: Mapping[str, str], limits: Limits) -> str:
    """Return why a sum may not be told, or an empty text; *there* is how many schools take part in it."""
    sizes = sorted((value for value in given.values() if value), reverse=True)
    if there < limits.fewest:
        return "too few schools take part"
    if not sizes:
        return ""
    reasons = {
        "too few schools count something": len(sizes) < limits.fewest,
        "too few incidents": sum(sizes) < limits.count,
        "the others could estimate the largest": sum(sizes[limits.coalition + 1 :]) < limits.near(sizes[0]),
        "a board could estimate a school of another": limits.boards
        and any(_beside(given, board, board_of, limits) for board in set(board_of.values())),
    }
    return next((reason for reason, is_so in reasons.items() if is_so), "")


def _beside(given: Given, board: str, board_of: Mapping[str, str], limits: Limits) -> bool:
    others = sorted((value for school, value in given.items() if board_of[school] != board and value), reverse=True)
    return bool(others) and sum(others[1:]) < limits.near(others[0])


@dataclass(frozen=True)
class Distance:
    """How far from a sum its attacker must stay: *above* the true value, and the *width* of what he holds possible."""

    above: int
    width: int


def distance(given: Given, own: Collection[str], limits: Limits) -> Distance | None:
    """Return how far the schools *own* must be kept from a sum; None when only their own figures are in it."""
    others = [value for school, value in given.items() if school not in own]
    largest = max(others, default=0)
    if not largest:
        return None
    near = limits.near(largest)
    spread = ceil(limits.share * largest - ROUNDING)
    return Distance(max(1, near - (sum(others) - largest)), max(3, spread))
