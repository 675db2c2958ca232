"""A protected table as it goes out."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.statistics.protecting.design import Design
from app.statistics.protecting.lattice import Cell


@dataclass(frozen=True)
class Protected:
    """Every listed cell in order of release; None is a hidden one."""

    cells: Mapping[Cell, int | None]
    design: Design
