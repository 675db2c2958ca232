"""Attacks a protected table as outsiders, schools, boards and pairs of schools would, before it may go out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.statistics.attacking.believing import EPS, NEVER, Mind, Vector, reach
from app.statistics.attacking.rules import Distance, Limits, distance, why_unsafe
from app.statistics.attacking.sums import known_sums
from app.statistics.attacking.truth import AuditError, Name, read_published, read_truth
from app.statistics.attacking.world import Piece, World

__all__ = ["AuditError", "Finding", "attack", "attack_world", "outsider_ranges"]


@dataclass(frozen=True)
class Finding:
    """One way in: its kind (wrong, told, sum, close, narrow, exact), who has it, to which cell, and why."""

    kind: str
    attacker: str
    cell: str
    message: str


@dataclass(frozen=True)
class Aim:
    """A sum that somebody is after; an *unlisted* one stands in no table."""

    name: str
    pieces: frozenset[Piece]
    is_unlisted: bool = False


def attack(folder: Path, truth: Path, *, share: float = 0.2, coalition: int = 1, boards: bool = True) -> list[Finding]:
    """Attack the files in *folder* (`table.csv`, `regions.csv`, `sums.csv`) with the base rows *truth* at hand.

    Raises: AuditError when the files cannot be read.
    """
    world = World(read_published(folder), read_truth(truth))
    return attack_world(world, Limits(share=share, coalition=coalition, boards=boards))


def attack_world(world: World, limits: Limits, ranges: Mapping[Name, tuple[int, int]] | None = None) -> list[Finding]:
    """Return every way in; *ranges* are what the public is told of hidden cells besides."""
    wrong = [Finding("wrong", "everybody", fault, "the row cannot be read") for fault in world.published.faults]
    wrong += _wrong(world)
    if wrong:
        return wrong
    attackers = _Attack(Mind(world, ranges), limits)
    found = [*_told(world, limits), *_sums(world, limits)]
    return found + [finding for aim in _aims(world, limits) for finding in attackers.on(aim)]


def outsider_ranges(world: World) -> Mapping[Name, tuple[int, int]]:
    """Return between which counts each hidden cell lies for who knows nothing but the table; none without an end."""
    mind = Mind(world)
    nobody = mind.floor_of(())
    found = {}
    for name, value in world.published.table.items():
        if value is None:
            aim = mind.aim(world.pieces_of(name))
            low, high = (float(aim @ mind.extreme(aim, nobody, most=most).counts) for most in (False, True))
            if high < NEVER / 2:
                found[name] = (ceil(low - EPS), floor(high + EPS))
    return found


def _wrong(world: World) -> Iterator[Finding]:
    for name, value in world.published.table.items():
        true = sum(world.given(world.pieces_of(name)).values())
        if value is not None and value != true:
            yield Finding("wrong", "everybody", "/".join(name), "the figure is not the true one")


def _why(world: World, name: Name, limits: Limits) -> str:
    return why_unsafe(world.given(world.pieces_of(name)), world.there(name), world.board_of, limits)


def _told(world: World, limits: Limits) -> Iterator[Finding]:
    for name, value in world.published.table.items():
        if value is not None and (why := _why(world, name, limits)):
            yield Finding("told", "everybody", "/".join(name), why)


def _sums(world: World, limits: Limits) -> Iterator[Finding]:
    for cells in sorted(known_sums(world.published), key=sorted):
        pieces = frozenset[Piece]().union(*(world.pieces_of(name) for name in cells))
        there = min(world.there(name) for name in cells)
        why = why_unsafe(world.given(pieces), there, world.board_of, limits)
        if why and any(world.given(pieces).values()):
            yield Finding("sum", "everybody", " + ".join("/".join(name) for name in sorted(cells)), why)


def _aims(world: World, limits: Limits) -> Iterator[Aim]:
    for name in world.names():
        is_listed = name in world.published.table
        if (not is_listed or world.published.table[name] is None) and _why(world, name, limits):
            yield Aim("/".join(name), world.pieces_of(name), not is_listed)


class _Attack:
    """All attackers on one table."""

    def __init__(self, mind: Mind, limits: Limits) -> None:
        self._mind, self._limits = mind, limits
        self._who = dict(_attackers(mind.world, limits))
        self._floors: NDArray[np.float64] = np.array([mind.floor_of(own) for own in self._who.values()])

    def on(self, aim: Aim) -> list[Finding]:
        """Return who comes too close to one sum."""
        vector, given = self._mind.aim(aim.pieces), self._mind.world.given(aim.pieces)
        asked = {
            at: self._asked(needed, aim, at)
            for at, own in enumerate(self._who.values())
            if (needed := distance(given, own, self._limits))
        }
        pursuit = _Pursuit(self._mind, vector, self._floors)
        found = []
        groups = [[at] for at in asked if at == 0] + [[at for at in asked if at]]
        while groups:
            group = [at for at in groups.pop(0) if not pursuit.is_kept_off(at, asked[at])]
            if group:
                finding = pursuit.ask(group, asked)
                left = [at for at in group if not pursuit.is_kept_off(at, asked[at])]
                if len(group) > 1:
                    groups += [left[::2], left[1::2]]
                elif finding:
                    found.append(Finding(finding, list(self._who)[group[0]], aim.name, str(asked[group[0]])))
        return found

    def _asked(self, asked: Distance, aim: Aim, at: int) -> Distance:
        # Of a sum in no table an insider may get an idea, as long as he cannot work it out exactly.
        return Distance(0, 1) if aim.is_unlisted and at else asked


class _Pursuit:
    """One sum and the possible worlds that were found around it."""

    def __init__(self, mind: Mind, aim: Vector, floors: NDArray[np.float64]) -> None:
        self._mind, self._aim, self._floors = mind, aim, floors
        self._up, self._down = np.zeros(len(floors)), np.zeros(len(floors))

    def is_kept_off(self, at: int, asked: Distance) -> bool:
        """Return whether a possible world was found that keeps this attacker far enough."""
        up, down = float(self._up[at]), float(self._down[at])
        return up >= asked.above - EPS and up + down >= asked.width - EPS

    def ask(self, group: Sequence[int], asked: Mapping[int, Distance]) -> str:
        """Look for possible worlds for who knows all that *group* knows; return the kind of breach, if it is one."""
        floor_of_all = self._floors[group].max(axis=0)
        above, width = max(asked[at].above for at in group), max(asked[at].width for at in group)
        up = self._look(floor_of_all, most=True)
        if up < above - EPS:
            return "close"
        if up >= width - EPS:
            return ""
        spread = up + self._look(floor_of_all, most=False)
        if spread >= width - EPS:
            return ""
        return "exact" if spread < EPS else "narrow"

    def _look(self, own: Vector, *, most: bool) -> float:
        case = self._mind.extreme(self._aim, own, most=most)
        gained = np.abs(reach(case, self._aim, self._mind.true, self._floors))
        best = self._up if most else self._down
        np.maximum(best, gained, out=best)
        return abs(float(self._aim @ (case.counts - self._mind.true)))


def _attackers(world: World, limits: Limits) -> Iterator[tuple[str, frozenset[str]]]:
    schools = sorted(world.board_of)
    yield "outsider", frozenset()
    for school in schools:
        yield f"school {school}", frozenset({school})
    if limits.coalition > 1:
        for one, other in combinations(schools, 2):
            yield f"schools {one}, {other}", frozenset({one, other})
    if limits.boards:
        for board in sorted(set(world.board_of.values())):
            yield f"board {board}", frozenset(school for school in schools if world.board_of[school] == board)
