"""What an attacker can believe about a sum: the least and the most that fits all he knows (scipy, HiGHS)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from app.statistics.attacking.truth import Name
from app.statistics.attacking.world import Piece, World

Vector = NDArray[np.float64]
NEVER = 1e6
"""More than any sum: stands for no bound."""
EPS = 1e-6


@dataclass(frozen=True)
class Case:
    """One possible world: how many there would be of each piece."""

    counts: Vector


class Mind:
    """Everything that follows from the published table, and from ranges when the public gets them too."""

    def __init__(self, world: World, ranges: Mapping[Name, tuple[int, int]] | None = None) -> None:
        self.world = world
        self.place = {piece: at for at, piece in enumerate(world.pieces)}
        self.true = np.array([sum(world.by_piece[piece].values()) for piece in world.pieces], dtype=float)
        told = {name: value for name, value in world.published.table.items() if value is not None}
        self._equal, self._values = self._lines(list(told)), np.array(list(told.values()), dtype=float)
        between = ranges or {}
        rows = self._lines(list(between))
        edges = np.array(list(between.values()), dtype=float).reshape(-1, 2)
        self._limits = csr_array(np.vstack([rows.toarray(), -rows.toarray()])) if between else None
        self._edges = np.concatenate([edges[:, 1], -edges[:, 0]])

    def _lines(self, names: Sequence[Name]) -> csr_array:
        rows, places = [], []
        for at, name in enumerate(names):
            for piece in self.world.pieces_of(name):
                rows.append(at)
                places.append(self.place[piece])
        return csr_array((np.ones(len(rows)), (rows, places)), shape=(len(names), len(self.place)))

    def floor_of(self, schools: Collection[str]) -> Vector:
        """Return how much of each piece the figures of *schools* make up."""
        given = self.world.by_piece
        return np.array(
            [sum(given[piece].get(school, 0) for school in schools) for piece in self.world.pieces], dtype=float
        )

    def aim(self, pieces: Collection[Piece]) -> Vector:
        """Return the vector that adds up *pieces*."""
        vector = np.zeros(len(self.place))
        vector[[self.place[piece] for piece in pieces]] = 1
        return vector

    def extreme(self, aim: Vector, floor: Vector, *, most: bool) -> Case:
        """Return the possible world with the most, or the least, of *aim*.

        Raises: RuntimeError when the solver gives up; the audit then fails, and nothing is released.
        """
        result = linprog(  # type: ignore[call-overload]  # the stubs know no sparse A_ub beside b_ub of None
            -aim if most else aim,
            A_ub=self._limits,
            b_ub=self._edges if self._limits is not None else None,
            A_eq=self._equal,
            b_eq=self._values,
            bounds=[(float(low), NEVER) for low in floor],
            method="highs",
        )
        if result.status != 0:
            raise RuntimeError(f"the solver gave up with status {result.status}; do not publish")
        return Case(np.asarray(result.x))


def reach(case: Case, aim: Vector, true: Vector, floors: NDArray[np.float64]) -> Vector:
    """Return how far the sum moves in *case* for attackers with other *floors* [attacker, piece].

    Between the truth and a possible world everything is possible: go there until the first piece meets the floor.
    """
    move = case.counts - true
    falling = np.nonzero(move < -EPS)[0]
    part = np.ones(len(floors))
    if len(falling):
        part = np.minimum(1, ((true - floors)[:, falling] / -move[falling]).min(axis=1))
    return part * float(aim @ move)
