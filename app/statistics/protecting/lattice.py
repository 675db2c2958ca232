"""Every sum that a table tells or implies, as sums of atoms: region x category x quarter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.statistics.protecting.base import Base, Counts
from app.statistics.protecting.design import TOTAL, Design, periods_until
from app.statistics.protecting.primary import Sums

Flags = NDArray[np.bool_]


@dataclass(frozen=True, order=True)
class Cell:
    """One place of a table; `TOTAL` stands for all regions or all categories."""

    district: str
    category: str
    period: str


@dataclass(frozen=True)
class Equation:
    """Two sets of listed cells, by number, whose sums are equal."""

    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Lattice:
    """All *cells*, told or not, with their *atoms* [cell, atom], their *sums* by school, and more by cell.

    *release* is the number of the quarter with which a cell comes out, -1 for a cell that the table does not list.
    *known* gives the contributions of each school to the atoms [atom, school].
    """

    cells: tuple[Cell, ...]
    atoms: Flags
    sums: Sums
    release: Counts
    known: Counts

    @cached_property
    def values(self) -> Counts:
        """Return the true value of each cell."""
        total: Counts = self.sums.given.sum(axis=1)
        return total

    @cached_property
    def number(self) -> Mapping[Cell, int]:
        """Return the number of each cell."""
        return {cell: at for at, cell in enumerate(self.cells)}


def build(base: Base, design: Design) -> Lattice:
    """Lay out all sums of *base* in *design*."""
    regions = tuple(sorted(set(design.regions.values())))
    axes = (_areas(regions), _categories(base, design), dict(periods_until(len(base.quarters))))
    placed = np.zeros((len(regions), len(base.schools)), dtype=np.int64)
    for at, school in enumerate(base.schools):
        placed[regions.index(design.regions[base.districts[school]]), at] = 1
    known = np.einsum("rs,scq->rcqs", placed, base.counts)
    there = np.einsum("rs,sq->rq", placed, base.takes_part)
    cells, atoms, participants, release = [], [], [], []
    for (area, rows), (category, kinds), (period, quarters) in _product(axes):
        picked = np.zeros(known.shape[:3], dtype=np.bool_)
        picked[np.ix_(rows, kinds, quarters)] = True
        cells.append(Cell(area, category, period))
        atoms.append(picked.reshape(-1))
        participants.append(there[np.ix_(rows, quarters)].sum(axis=0).min())
        release.append(max(quarters) if design.lists(area, category, period) else -1)
    flat = known.reshape(-1, len(base.schools))
    matrix = np.array(atoms)
    sums = Sums(matrix.astype(np.int64) @ flat, np.array(participants))
    return Lattice(tuple(cells), matrix, sums, np.array(release), flat)


Axis = Mapping[str, Sequence[int]]


def _areas(regions: Sequence[str]) -> Axis:
    every = {region: (at,) for at, region in enumerate(regions)}
    return every if len(regions) == 1 and TOTAL in every else {**every, TOTAL: tuple(range(len(regions)))}


def _categories(base: Base, design: Design) -> Axis:
    every: dict[str, Sequence[int]] = {name: (at,) for at, name in enumerate(base.categories)}
    for group, members in design.groups.items():
        every[group] = tuple(base.categories.index(name) for name in members if name in base.categories)
    return {**every, TOTAL: tuple(range(len(base.categories)))}


Item = tuple[str, Sequence[int]]


def _product(axes: tuple[Axis, Axis, Axis]) -> Iterator[tuple[Item, Item, Item]]:
    for period in axes[2].items():
        for area in axes[0].items():
            for category in axes[1].items():
                yield area, category, period


def equations(lattice: Lattice, design: Design) -> tuple[Equation, ...]:
    """Return the equations between listed cells: regions, categories, groups and running totals."""
    listed = {cell for cell, release in zip(lattice.cells, lattice.release, strict=True) if release >= 0}
    found = set()
    for left, right in _sums(listed, design):
        if all(cell in listed for cell in (*left, *right)) and left and right:
            sides = (tuple(lattice.number[cell] for cell in side) for side in (left, right))
            found.add(Equation(*sides))
    return tuple(sorted(found, key=lambda one: (one.left, one.right)))


Sides = tuple[tuple[Cell, ...], tuple[Cell, ...]]


def _sums(listed: set[Cell], design: Design) -> Iterator[Sides]:
    areas = sorted({cell.district for cell in listed} - {TOTAL})
    categories = sorted({cell.category for cell in listed})
    periods = sorted({cell.period for cell in listed})
    for period in periods:
        for category in categories:
            inner = tuple(Cell(area, category, period) for area in areas)
            yield (Cell(TOTAL, category, period),), inner
            members = design.groups.get(category, ())
            yield tuple(Cell(TOTAL, name, period) for name in members), inner
        for area in (*areas, TOTAL):
            there = [name for name in categories if name != TOTAL and Cell(area, name, period) in listed]
            yield (Cell(area, TOTAL, period),), tuple(Cell(area, name, period) for name in there)
    for area in (*areas, TOTAL):
        for category in categories:
            yield from _running(area, category)


def _running(area: str, category: str) -> Iterator[Sides]:
    for last in (2, 3, 4):
        total = (Cell(area, category, f"YTD{last}"),)
        quarters = tuple(Cell(area, category, f"Q{number}") for number in range(1, last + 1))
        yield total, quarters
        for before in range(2, last):
            later = tuple(Cell(area, category, f"Q{number}") for number in range(before + 1, last + 1))
            yield total, (Cell(area, category, f"YTD{before}"), *later)
