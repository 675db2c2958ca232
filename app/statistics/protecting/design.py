"""What a table lists: its regions, its groups of categories, and which cells come out when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from app.statistics.protecting.base import QUARTERS, Base

TOTAL = "TOTAL"
REST = "REST"
Kind = Literal["calm", "full"]
SCHOOLS_IN_A_REGION = 5
SCHOOLS_BESIDE_A_BOARD = 2
FREQUENT = 5
"""Categories that stand on their own inside a region; the others stand together."""
HALVES = ("YTD2", "YTD4")


@dataclass(frozen=True)
class Design:
    """A table's shape, fixed before the first release of a school year.

    *regions* by district, *groups* by their name; a *full* table lists every region, category, quarter and
    running total.
    """

    regions: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: Kind = "full"

    def lists(self, area: str, category: str, period: str) -> bool:
        """Return whether the table has this cell."""
        is_group = category in self.groups
        if self.kind == "full":
            return not is_group
        if area == TOTAL:
            return not is_group
        if category == TOTAL:
            return True
        is_grouped = any(category in members for members in self.groups.values())
        return period in HALVES and not is_grouped


def periods_until(count: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the periods of the first *count* quarters with the numbers of their quarters, in order of release."""
    found: list[tuple[str, tuple[int, ...]]] = []
    for last, quarter in enumerate(QUARTERS[:count]):
        found.append((quarter, (last,)))
        if last:
            found.append((f"YTD{last + 1}", tuple(range(last + 1))))
    return tuple(found)


def full_design(base: Base) -> Design:
    """Return the whole lattice of districts, categories and periods, nothing merged."""
    return Design({district: district for district in sorted(set(base.districts.values()))})


def calm_design(base: Base, rare: tuple[str, ...] = ()) -> Design:
    """Return the designed table: regions large enough, *rare* categories together, inner cells by half-year and year.

    Without *rare* all but the most frequent `FREQUENT` categories are.
    """
    rare = rare or _rare(base)
    groups = {REST: tuple(sorted(rare))} if len(rare) > 1 else {}
    return Design(merge_regions(base), groups, "calm")


def _rare(base: Base) -> tuple[str, ...]:
    totals = base.counts.sum(axis=(0, 2))
    by_size = sorted(zip(-totals, base.categories, strict=True))
    return tuple(name for _, name in by_size[FREQUENT:])


def merge_regions(base: Base, districts: Iterable[str] = ()) -> Mapping[str, str]:
    """Return a region for each district: the smallest is merged with the next smallest until all are large enough.

    Large enough: in every quarter five schools that take part, and two outside any one board. More *districts*, where
    no school takes part yet, are merged along.
    """
    parts: list[list[str]] = [[name] for name in sorted({*base.districts.values(), *districts})]
    while len(parts) > 1:
        parts.sort(key=lambda names: (_size(base, names), names))
        small = next((names for names in parts if not _is_large(base, names)), None)
        if small is None:
            break
        parts.remove(small)
        parts[0] = sorted(parts[0] + small)
    return {district: " + ".join(names) for names in parts for district in names}


def _size(base: Base, districts: list[str]) -> int:
    inside = np.array([base.districts[school] in districts for school in base.schools])
    return int(base.takes_part[inside].sum(axis=0).min())


def _is_large(base: Base, districts: list[str]) -> bool:
    if _size(base, districts) < SCHOOLS_IN_A_REGION:
        return False
    for quarter in range(len(base.quarters)):
        there = [
            school
            for at, school in enumerate(base.schools)
            if base.takes_part[at, quarter] and base.districts[school] in districts
        ]
        boards = [base.boards[school] for school in there]
        if len(there) - max(boards.count(board) for board in set(boards)) < SCHOOLS_BESIDE_A_BOARD:
            return False
    return True
