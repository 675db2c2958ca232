"""One release: chooses what to hide of the cells that come out with a quarter, after all that came out before."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.statistics.protecting.base import Base, Counts
from app.statistics.protecting.choosing import Chooser, Cut, cost_of
from app.statistics.protecting.design import TOTAL, Design
from app.statistics.protecting.lattice import Cell, Equation, Flags, build, equations
from app.statistics.protecting.primary import Amounts, Rules, Sums, demands, unsafe
from app.statistics.protecting.search import Search, Target, View


@dataclass(frozen=True)
class Budget:
    """How long a release may look for the cheapest set; afterwards it is completed greedily, safe all the same."""

    seconds: float = 60.0


class Release:
    """The table until one quarter, with what earlier releases told or hid."""

    def __init__(self, base: Base, design: Design, rules: Rules, hidden_before: frozenset[Cell]) -> None:
        self.lattice = build(base, design)
        self._rules = rules
        self.rows: Counts = np.nonzero(self.lattice.release >= 0)[0]
        self._board_of = _numbered([base.boards[school] for school in base.schools])
        self._members = attackers(self._board_of, rules)
        self._unsafe = unsafe(self.lattice.sums, self._board_of, rules)
        release = self.lattice.release[self.rows]
        self._is_old: Flags = release < len(base.quarters) - 1
        before = np.array([self.lattice.cells[row] in hidden_before for row in self.rows])
        self._fixed: Flags = self._is_old | self._unsafe[self.rows]
        self._must: Flags = np.where(self._is_old, before, self._unsafe[self.rows])
        room = self.lattice.known.sum(axis=1)[:, None] - self.lattice.known @ self._members.T.astype(np.int64)
        self._search = Search(View(self.lattice.atoms[self.rows], room.T.astype(float)))
        self._targets = list(self._unsafe_targets())
        self._equations = equations(self.lattice, design)
        self._asked: set[frozenset[int]] = set()

    def hidden(self, budget: Budget) -> frozenset[Cell]:
        """Return the hidden cells of this release and of those before."""
        until = time.monotonic() + budget.seconds
        chooser = Chooser(self._costs(), self._fixed, self._must)
        chosen = self._must
        while cuts := list(self._cuts(chosen)):
            better = None
            if time.monotonic() < until:
                for cut in cuts:
                    chooser.add(cut)
                better = chooser.choose(until - time.monotonic())
            chosen = self._completed(chosen, cuts) if better is None else better
        return frozenset(self.lattice.cells[row] for row in self.rows[chosen])

    def _cuts(self, chosen: Flags) -> Iterator[Cut]:
        found = [cut for target in self._targets if (cut := self._search.failing(target, chosen))]
        if found:
            return iter(found)
        fresh = list(self._sums_known(chosen))
        self._targets += fresh
        return (cut for target in fresh if (cut := self._search.failing(target, chosen)))

    def _completed(self, chosen: Flags, cuts: Sequence[Cut]) -> Flags:
        """Hide for each cut the cell that costs least for what it weighs."""
        costs, more = self._costs(), chosen.copy()
        for cut in cuts:
            weights = np.where(self._fixed, 0, cut.weights)
            if float(weights[more & ~chosen].sum()) < cut.need:
                worth = np.where(weights > 0, costs / np.maximum(weights, 1e-9), np.inf)
                more[int(np.argmin(np.where(more, np.inf, worth)))] = True
        return more

    def _costs(self) -> Amounts:
        cells = [self.lattice.cells[row] for row in self.rows]
        values = self.lattice.values[self.rows]
        totals = [(cell.district == TOTAL) + (cell.category == TOTAL) for cell in cells]
        return np.array([cost_of(many, int(value)) for many, value in zip(totals, values, strict=True)])

    def _unsafe_targets(self) -> Iterator[Target]:
        is_listed = self.lattice.release >= 0
        listed, unlisted = np.nonzero(self._unsafe & is_listed)[0], np.nonzero(self._unsafe & ~is_listed)[0]
        given, atoms = self.lattice.sums.given, self.lattice.atoms
        yield from self._targets_of(given[listed], atoms[listed])
        for target in self._targets_of(given[unlisted], atoms[unlisted]):
            # A sum that the table never lists: outsiders stay as far from it, insiders may not work it out exactly.
            target.above[1:] = 0
            target.width[1:] = np.minimum(target.width[1:], 1)
            yield target

    def _targets_of(self, given: Counts, atoms: Flags) -> Iterator[Target]:
        asked = demands(given, self._members, self._rules)
        for at, row in enumerate(atoms):
            if asked.above[at].any():
                yield Target(row.astype(float), asked.above[at], asked.width[at])

    def _sums_known(self, chosen: Flags) -> Iterator[Target]:
        """Yield hidden cells whose sum everybody can work out, when that sum is unsafe and was not asked for yet."""
        hidden = frozenset(int(row) for row in self.rows[chosen])
        for equation in self._equations:
            cells = known_sum(equation, hidden)
            if cells and cells not in self._asked:
                self._asked.add(cells)
                yield from self._unsafe_sum(sorted(cells))

    def _unsafe_sum(self, cells: list[int]) -> Iterator[Target]:
        sums = self.lattice.sums
        given = sums.given[cells].sum(axis=0, keepdims=True)
        together = Sums(given, sums.participants[cells].min(keepdims=True))
        if unsafe(together, self._board_of, self._rules)[0]:
            atoms: Flags = np.logical_or.reduce(self.lattice.atoms[cells], axis=0, keepdims=True)
            yield from self._targets_of(given, atoms)


def known_sum(equation: Equation, hidden: frozenset[int]) -> frozenset[int]:
    """Return the hidden cells of one side when all of the other side is told; none otherwise."""
    left, right = (hidden & frozenset(side) for side in (equation.left, equation.right))
    return frozenset() if left and right else left or right


def attackers(board_of: Counts, rules: Rules) -> Flags:
    """Return who knows which schools' figures [attacker, school]: the outsider first, schools, pairs, boards."""
    count = len(board_of)
    alone = np.eye(count, dtype=np.bool_)
    found = [np.zeros((1, count), dtype=np.bool_), alone]
    if rules.coalition > 1:
        first, second = np.triu_indices(count, 1)
        found.append(alone[first] | alone[second])
    if rules.with_boards:
        boards = np.array([board_of == board for board in np.unique(board_of)])
        found.append(boards[boards.sum(axis=1) > 1])
    return np.concatenate(found)


def _numbered(names: Sequence[str]) -> Counts:
    order = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names])
