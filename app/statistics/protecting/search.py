"""Finds which demand a hidden set fails, with as few linear programs as it can.

A move of the counts that keeps one attacker far enough from a sum, made smaller, often keeps others far too: moves are
kept as witnesses. Attackers that none satisfies are asked together, as one who knows what any of them knows, and
apart only when that one would come too close.
"""

from dataclasses import dataclass, field

import numpy as np

from app.statistics.protecting.base import Counts
from app.statistics.protecting.choosing import Cut
from app.statistics.protecting.lattice import Flags
from app.statistics.protecting.primary import Amounts
from app.statistics.protecting.ranges import FAR, TINY, Ranges, Reach

ALMOST = 1e-5


@dataclass(frozen=True)
class Witness:
    """A move's reach for each attacker, in one direction, and the rows of the table that it touches."""

    reach: Amounts
    touches: Flags


@dataclass
class Target:
    """A sum that must stay uncertain: its *atoms*, how far *above* and how *wide* by attacker, and its witnesses."""

    atoms: Amounts
    above: Counts
    width: Counts
    up: list[Witness] = field(default_factory=list)
    down: list[Witness] = field(default_factory=list)


@dataclass(frozen=True)
class View:
    """What attackers see: *told* [row, atom], and the *room* [attacker, atom] that each leaves the counts to fall."""

    told: Flags
    room: Amounts


class Search:
    """Looks for failing demands in one table."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._ranges = Ranges(view.told, view.told.shape[1])
        self._weights = view.told.astype(float)
        self._hidden = np.ones(len(view.told), dtype=np.bool_)

    def failing(self, target: Target, hidden: Flags) -> Cut | None:
        """Return what the hidden set lacks for *target*, or None when every attacker is kept far enough."""
        self._hidden = hidden
        self._ranges.hide(hidden)
        open_to = self._near(target)
        if not len(open_to):
            return None
        if open_to[0] == 0:
            cut = self._ask(target, open_to[:1])
            if cut is not None:
                return cut
            open_to = self._near(target)
        return self._settle(target, open_to)

    def _settle(self, target: Target, attackers: Counts) -> Cut | None:
        if not len(attackers):
            return None
        cut = self._ask(target, attackers)
        left = np.intersect1d(attackers, self._near(target))
        if not len(left):
            return None
        if len(attackers) == 1:
            return cut
        half = (len(left) + 1) // 2
        return self._settle(target, left[:half]) or self._settle(target, left[half:])

    def _near(self, target: Target) -> Counts:
        """Return the attackers that no witness keeps far enough."""
        up, down = (self._best(witnesses, len(target.above)) for witnesses in (target.up, target.down))
        is_far = (up >= target.above - ALMOST) & (up + down >= target.width - ALMOST)
        return np.nonzero(~is_far)[0]

    def _best(self, witnesses: list[Witness], attackers: int) -> Amounts:
        found = np.zeros(attackers)
        for witness in witnesses:
            if not (witness.touches & ~self._hidden).any():
                np.maximum(found, witness.reach, out=found)
        return found

    def _ask(self, target: Target, attackers: Counts) -> Cut | None:
        """Ask who knows all that *attackers* know; return the cut when he comes too close."""
        room = self._view.room[attackers].min(axis=0)
        above, width = target.above[attackers].max(), target.width[attackers].max()
        self._ranges.allow(room)
        up = self._ranges.reach(target.atoms)
        self._keep(target.up, up)
        if up.distance < above - ALMOST:
            return self._cut([up], float(above), room)
        if up.distance >= width - ALMOST:
            return None
        down = self._ranges.reach(-target.atoms)
        self._keep(target.down, down)
        if up.distance + down.distance >= width - ALMOST:
            return None
        return self._cut([up, down], float(width), room)

    def _keep(self, witnesses: list[Witness], reach: Reach) -> None:
        if reach.distance <= TINY:
            return
        falling = np.nonzero(reach.move < -TINY)[0]
        scale = np.full(len(self._view.room), FAR)
        if len(falling):
            scale = (self._view.room[:, falling] / -reach.move[falling]).min(axis=1)
        touches = np.abs(self._weights @ reach.move) > TINY
        witnesses.append(Witness(scale * reach.distance, touches))

    def _cut(self, reaches: list[Reach], need: float, room: Amounts) -> Cut:
        lacking = need - sum(reach.distance for reach in reaches)
        weights = np.zeros(len(self._view.told))
        fall = self._weights @ room
        for reach in reaches:
            weights += np.where(reach.prices > 0, reach.prices * FAR, -reach.prices * fall)
        weights[self._hidden] = 0
        return Cut(np.minimum(weights, lacking), lacking)
