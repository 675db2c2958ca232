"""Protects the city's table: pure functions from base rows to cells that may be told.

Optimal cell suppression on a designed table, linked over the releases of a school year, against the outsider and every
school and board as insider (docs/statistics.md; Fischetti and Salazar, Management Science 47(7), 2001).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.statistics.protecting.base import Base
from app.statistics.protecting.design import Design
from app.statistics.protecting.lattice import Cell, build
from app.statistics.protecting.primary import Rules
from app.statistics.protecting.table import Protected
from app.statistics.protecting.task import Budget, Release


@dataclass(frozen=True)
class Method:
    """By which rules a table is protected, and how long each release may take to hide as little as possible."""

    rules: Rules = field(default_factory=Rules)
    budget: Budget = field(default_factory=Budget)


def protect(base: Base, design: Design, method: Method, before: Protected | None = None) -> Protected:
    """Return the table of all quarters of *base*; what came out *before* keeps its cells told or hidden.

    Released quarters are fixed one after another, so that a later figure never changes what an earlier one showed.
    """
    hidden: frozenset[Cell] = frozenset()
    done = 0
    if before is not None:
        hidden = frozenset(cell for cell, value in before.cells.items() if value is None)
        done = len({cell.period for cell in before.cells if cell.period.startswith("Q")})
    for quarter in base.quarters[done:]:
        hidden = Release(base.until(quarter), design, method.rules, hidden).hidden(method.budget)
    return Protected(_table(base, design, hidden), design)


def _table(base: Base, design: Design, hidden: frozenset[Cell]) -> Mapping[Cell, int | None]:
    lattice = build(base, design)
    return {
        cell: None if cell in hidden else int(value)
        for cell, value, release in zip(lattice.cells, lattice.values, lattice.release, strict=True)
        if release >= 0
    }


def shares_shown(base: Base, table: Protected) -> tuple[float, float]:
    """Return which share of the listed cells is told, and which share of the incidents in them."""
    lattice = build(base, table.design)
    told = {cell: int(value) for cell, value in zip(lattice.cells, lattice.values, strict=True) if cell in table.cells}
    shown = [value for cell, value in told.items() if table.cells[cell] is not None]
    return len(shown) / len(told), sum(shown) / max(1, sum(told.values()))
