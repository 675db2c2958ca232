"""Which sums give a school away by themselves, and how far a hidden one must stay from every attacker.

Rules: least number of schools, least count, and the p % rule in which the contributions of a board count as one
(ESSnet SDC, Handbook on Statistical Disclosure Control, 2nd ed. 2024, ch. 4; read 2026-11).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.statistics.protecting.base import Counts

Amounts = NDArray[np.float64]
SHARE = 0.2
"""Default of the secret p: an estimate of a school's own count within this share of it is too close."""
NARROWEST = 3


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What makes a sum unsafe; *coalition* is how many schools may put their own figures together."""

    share: float = SHARE
    least_schools: int = 3
    least_count: int = 5
    coalition: int = 1
    with_boards: bool = True

    @property
    def fewest(self) -> int:
        """Return how many schools must have something to count: one more than usual for each school in a coalition."""
        return self.least_schools + self.coalition - 1


@dataclass(frozen=True)
class Sums:
    """Sums of counts by school: *given* [sum, school], and the least number of schools that *take part* in each."""

    given: Counts
    participants: Counts


def margin(largest: NDArray[np.int64], share: float) -> Counts:
    """Return how far an estimate of *largest* must stay from it: the share p, and at least one incident."""
    near: Counts = np.maximum(1, np.ceil(share * largest - 1e-9)).astype(np.int64)
    return near


def unsafe(sums: Sums, board_of: Counts, rules: Rules) -> NDArray[np.bool_]:
    """Return which *sums* may not be told; *board_of* gives the board's number of each school."""
    total = sums.given.sum(axis=1)
    ordered = -np.sort(-sums.given, axis=1)
    largest = ordered[:, 0]
    rest = total - ordered[:, : rules.coalition + 1].sum(axis=1)
    found = (sums.given > 0).sum(axis=1) < rules.fewest
    found |= total < rules.least_count
    found |= rest < margin(largest, rules.share)
    if rules.with_boards:
        found |= _unsafe_beside_a_board(sums.given, board_of, rules)
    is_unsafe: NDArray[np.bool_] = (found & (total > 0)) | (sums.participants < rules.fewest)
    return is_unsafe


def _unsafe_beside_a_board(given: Counts, board_of: Counts, rules: Rules) -> NDArray[np.bool_]:
    found = np.zeros(len(given), dtype=np.bool_)
    for board in np.unique(board_of):
        others = given[:, board_of != board]
        if others.shape[1] == 0:
            continue
        largest = others.max(axis=1)
        found |= (largest > 0) & (others.sum(axis=1) - largest < margin(largest, rules.share))
    return found


@dataclass(frozen=True)
class Demands:
    """How far to keep each attacker from each sum: *above* its value, and the *width* of his range [sum, attacker]."""

    above: Counts
    width: Counts


def demands(given: Counts, members: NDArray[np.bool_], rules: Rules) -> Demands:
    """Return what must be kept from each attacker; *members* [attacker, school] tells whose figures he knows.

    Where nothing is left but his own figures nothing is demanded.
    """
    above = np.zeros((len(given), len(members)), dtype=np.int64)
    width = np.zeros_like(above)
    for attacker, own in enumerate(members):
        others = np.where(own, 0, given)
        largest = others.max(axis=1)
        near = margin(largest, rules.share)
        slack = others.sum(axis=1) - largest
        is_asked = largest > 0
        above[:, attacker] = np.where(is_asked, np.maximum(1, near - slack), 0)
        spread = np.ceil(rules.share * largest - 1e-9).astype(np.int64)
        width[:, attacker] = np.where(is_asked, np.maximum(NARROWEST, spread), 0)
    return Demands(above, width)
