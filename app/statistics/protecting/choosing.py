"""Which cells to hide: the cheapest set that meets every demand found so far (an integer program, highspy)."""

from dataclasses import dataclass

import highspy
import numpy as np

from app.statistics.protecting.base import Counts
from app.statistics.protecting.lattice import Flags
from app.statistics.protecting.primary import Amounts
from app.statistics.protecting.solver import new_solver

INNER, MARGIN, CITY, ZERO = 10.0, 60.0, 600.0, 6.0
"""What it costs to hide a cell: of a region and category, of a region or a category, the city's total, or a zero."""
PER_ROOT = 2.0


def cost_of(totals: int, value: int) -> float:
    """Return the cost of hiding a cell that stands for *totals* (0, 1 or 2) whole dimensions."""
    if value == 0:
        return ZERO
    if totals == 2:  # noqa: PLR2004 -- the city's total has both dimensions
        return CITY
    return (MARGIN if totals else INNER) + PER_ROOT * float(np.sqrt(value))


@dataclass(frozen=True)
class Cut:
    """Hidden cells must together weigh at least *need*; *weights* by row of the table."""

    weights: Amounts
    need: float


class Chooser:
    """Holds the cuts of one release; cells that are *fixed* keep the state that *hidden* gives them."""

    def __init__(self, costs: Amounts, fixed: Flags, hidden: Flags) -> None:
        self._solver = new_solver()
        self._solver.setOptionValue("mip_rel_gap", 1e-6)
        count = len(costs)
        low, high = np.where(fixed, hidden, 0).astype(float), np.where(fixed, hidden, 1).astype(float)
        none = np.array([], dtype=np.int32)
        self._solver.addCols(count, costs, low, high, 0, none, none, np.array([], dtype=float))
        self._columns: Counts = np.arange(count)
        self._solver.changeColsIntegrality(
            count, self._columns.astype(np.int32), np.full(count, highspy.HighsVarType.kInteger)
        )
        self._fixed, self._hidden = fixed, hidden

    def add(self, cut: Cut) -> None:
        """Let every later choice meet *cut*."""
        need = cut.need - float(cut.weights[self._fixed & self._hidden].sum())
        free = np.nonzero((cut.weights > 0) & ~self._fixed)[0].astype(np.int32)
        weights = np.minimum(cut.weights[free], need) / need
        self._solver.addRow(1.0, highspy.kHighsInf, len(free), free, weights)

    def choose(self, seconds: float) -> Flags | None:
        """Return the cheapest hidden set, or None when none was found in *seconds*."""
        # HiGHS counts the time of all runs of one solver together.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.1))
        self._solver.run()
        solution = self._solver.getSolution()
        if not solution.value_valid:
            return None
        return np.array(solution.col_value) > 0.5  # noqa: PLR2004 -- a solver's one and zero
