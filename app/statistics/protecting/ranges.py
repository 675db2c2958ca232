"""How far an attacker is kept from a sum: linear programs over all counts that fit what he sees (highspy)."""

from dataclasses import dataclass

import highspy
import numpy as np

from app.statistics.protecting.lattice import Flags
from app.statistics.protecting.primary import Amounts
from app.statistics.protecting.solver import SolverError, new_solver

FAR = 10_000.0
"""No attacker needs to be kept further from a sum than this; it keeps every program bounded."""
TINY = 1e-7


@dataclass(frozen=True)
class Reach:
    """How far a sum can go: the *distance*, the *move* of the atoms that shows it, and the price of each told cell.

    To hide one cell more is worth at most its price: a set that is to reach further must hide cells worth the rest.
    """

    distance: float
    move: Amounts
    prices: Amounts


class Ranges:
    """One table's program, kept warm: counts may move as long as told cells stay and no atom falls below its floor."""

    def __init__(self, told: Flags, atoms: int) -> None:
        self._rows, self._atoms = len(told), atoms
        self._solver = new_solver()
        self._solver.setOptionValue("presolve", "off")
        empty = np.array([], dtype=np.int32)
        self._all = np.arange(atoms, dtype=np.int32)
        self._solver.addCols(
            atoms, np.zeros(atoms), np.zeros(atoms), np.full(atoms, FAR), 0, empty, empty, np.array([], dtype=float)
        )
        starts = np.concatenate([[0], np.cumsum(told.sum(axis=1))[:-1]]).astype(np.int32)
        index = np.nonzero(told)[1].astype(np.int32)
        far = np.full(self._rows, FAR * atoms)
        self._solver.addRows(self._rows, -far, far, len(index), starts, index, np.ones(len(index)))
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._hidden = np.ones(self._rows, dtype=np.bool_)
        self._floor = np.zeros(atoms)
        self._goal = np.zeros(atoms)

    def hide(self, hidden: Flags) -> None:
        """Let exactly the *hidden* rows move."""
        far = FAR * self._atoms
        for row in np.nonzero(hidden != self._hidden)[0]:
            bound = far if hidden[row] else 0.0
            self._solver.changeRowBounds(int(row), -bound, bound)
        self._hidden = hidden.copy()

    def allow(self, room: Amounts) -> None:
        """Let each atom fall by at most *room*."""
        if not np.array_equal(room, self._floor):
            self._solver.changeColsBounds(self._atoms, self._all, -room, np.full(self._atoms, FAR))
            self._floor = room.copy()

    def reach(self, target: Amounts) -> Reach:
        """Return how far the sum of the *target* atoms (+1, or -1 for downwards) can go.

        Raises: SolverError.
        """
        if not np.array_equal(target, self._goal):
            self._solver.changeColsCost(self._atoms, self._all, target)
            self._goal = target.copy()
        if not self._is_solved():
            self._solver.clearSolver()
            if not self._is_solved():
                raise SolverError("the solver gave no answer twice; do not publish")
        solution = self._solver.getSolution()
        move = np.array(solution.col_value)
        prices = np.array(solution.row_dual)
        prices[np.abs(prices) < TINY] = 0
        return Reach(float(target @ move), move, prices)

    def _is_solved(self) -> bool:
        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)
