"""The full lattice beside the engine of tau-ARGUS, attacked by our audit.

pip install pytauargus==0.6.0   # in a copy of the development environment; nothing of Vertel needs it
python -m tests.bench.tauargus
"""

import tempfile
import time
from collections.abc import Sequence
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from statistics import mean

from pytauargus import protect as protect_by_argus

from app.statistics.disclosure import Method, protect, shares_shown
from app.statistics.protecting.base import BaseRow, arrange
from app.statistics.protecting.design import TOTAL, full_design
from app.statistics.protecting.lattice import Cell, build
from tests.bench.tables import SEEDS, found
from tests.statistics.instances import DENSITY, rows

RULES = "P(0,0)|P(0,0)|P(20,1)|FREQ(0,0)|FREQ(3,20)"
"""Rules in the slots for holdings: there a respondent is a school, not an incident."""
PERIODS = "YTD3\n@YTD2\n@@Q1\n@@Q2\n@Q3\nQ4\n"
NAMES = ("District", "Category", "Period")


def argus_cells(base: Sequence[BaseRow]) -> dict[Cell, bool]:
    """Return each cell of the whole year, and whether tau-ARGUS shows it."""
    counted = [row for row in base if row.value]
    columns = {
        "District": [row.district.replace(" ", "_") for row in counted],
        "Category": [row.category for row in counted],
        "Period": [row.period for row in counted],
        "School": [row.school for row in counted],
        "Count": [float(row.value) for row in counted],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hierarchy = folder / "periods.hrc"
        hierarchy.write_text(PERIODS, encoding="utf-8")
        options = {"holding_var": "School", "hrc": {"Period": str(hierarchy)}, "hierleadstring": "@", "decimals": 0}
        with chdir(folder):  # the engine leaves logs with figures where it stands
            done = protect_by_argus(columns, list(NAMES), "Count", RULES, "OPT(1)", workdir=name + "/run", **options)
        table = done.tables[0]
        return {
            _cell(*(str(row[column]).strip() for column in NAMES)): shown != "x"
            for row, shown in zip(table.rows, table.safe(), strict=True)
        }


def _cell(district: str, category: str, period: str) -> Cell:
    total = {"Total": TOTAL, "": TOTAL}
    area, kind = total.get(district, district.replace("_", " ")), total.get(category, category)
    return Cell(area, kind, "YTD4" if total.get(period) else period)


def main() -> None:
    for density in DENSITY:
        told = [_measured(rows(seed, density)) for seed in SEEDS]
        columns = [mean(one[at] for one in told) for at in range(6)]
        print(
            f"{density:4}  ours: {columns[0]:.2f} of the cells, {columns[1]:.1f} ways in, {columns[2]:.1f} s;  "
            f"tau-ARGUS: {columns[3]:.2f}, {columns[4]:.1f} ways in, {columns[5]:.1f} s"
        )


def _measured(base_rows: list[BaseRow]) -> tuple[float, ...]:
    base = arrange(base_rows)
    start = time.process_time()
    ours = protect(base, full_design(base), Method())
    first = time.process_time() - start
    start = time.process_time()
    shown = argus_cells(base_rows)
    second = time.process_time() - start
    values = build(base, full_design(base))
    cells = {cell: int(value) if shown[cell] else None for cell, value in zip(values.cells, values.values, strict=True)}
    theirs = replace(ours, cells=cells)
    return (
        shares_shown(base, ours)[0],
        len(found(base_rows, ours)),
        first,
        shares_shown(base, theirs)[0],
        len(found(base_rows, theirs)),
        second,
    )


if __name__ == "__main__":
    main()
