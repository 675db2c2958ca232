"""Invented school years: 58 locations in eight districts, three densities; no figure is a real school's."""

import csv
from dataclasses import astuple
from pathlib import Path

import numpy as np

from app.statistics.protecting.base import COLUMNS, QUARTERS, Base, BaseRow, arrange

LOCATIONS = {
    "Centrum": 11,
    "Haagse Hout": 10,
    "Loosduinen": 9,
    "Leidschenveen-Ypenburg": 7,
    "Segbroek": 7,
    "Escamp": 6,
    "Scheveningen": 5,
    "Laak": 3,
}
MIX = (0.26, 0.2, 0.15, 0.12, 0.1, 0.06, 0.05, 0.04, 0.02)
DENSITY = {"low": 7.0, "mid": 18.0, "high": 54.0}
"""Incidents per school and year."""
BOARDS = 11


def rows(seed: int, density: str = "mid", quarters: int = 4) -> list[BaseRow]:
    """Return the base rows of an invented year: schools differ in size, sorts of incident in frequency."""
    draw = np.random.default_rng(seed)
    found = []
    number = 0
    for district, count in LOCATIONS.items():
        for _ in range(count):
            number += 1
            size = draw.lognormal(-0.2, 0.65)
            board = f"B{int(draw.integers(BOARDS)) + 1}"
            leaning = draw.dirichlet(np.array(MIX) * 12)
            for quarter in QUARTERS[:quarters]:
                counts = draw.poisson(DENSITY[density] / 4 * size * leaning)
                for at, value in enumerate(counts):
                    found.append(BaseRow(f"S{number:02}", board, district, f"C{at + 1}", quarter, int(value)))
    return found


def year(seed: int, density: str = "mid", quarters: int = 4) -> Base:
    return arrange(rows(seed, density, quarters))


def write_rows(path: Path, found: list[BaseRow]) -> None:
    """Write base rows as the file that `flask statistics protect` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(row) for row in found)
