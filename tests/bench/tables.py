"""Protected tables measured: what is shown, what attackers find, and how long it takes.

python -m tests.bench.tables shares      # designed table, beside threshold-only suppression
python -m tests.bench.tables lattice     # the same cells without a design, with and without boards as attackers
python -m tests.bench.tables random 200  # random instances, attacked by outsider, every school and board
python -m tests.bench.tables cities 340  # that many municipalities, two at a time
python -m tests.bench.tables pairs       # coalitions of two schools
"""

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import mean

from app.statistics.audit import attack
from app.statistics.disclosure import Method, protect, shares_shown
from app.statistics.protecting.base import Base, BaseRow, arrange
from app.statistics.protecting.design import Design, calm_design, full_design
from app.statistics.protecting.files import write_table
from app.statistics.protecting.lattice import build
from app.statistics.protecting.primary import Rules
from app.statistics.protecting.table import Protected
from tests.statistics.instances import DENSITY, rows, write_rows
from tests.statistics.test_disclosure import small

SEEDS = range(1, 6)


def found(base: list[BaseRow], table: Protected, rules: Rules | None = None) -> list[str]:
    rules = rules or Rules()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_table(folder, table)
        write_rows(folder / "truth.csv", base)
        return [
            finding.kind
            for finding in attack(folder, folder / "truth.csv", coalition=rules.coalition, boards=rules.with_boards)
        ]


def threshold_only(base: Base, table: Protected) -> Protected:
    """Hide counts below five and nothing else, as most publications do."""
    lattice = build(base, table.design)
    cells = {
        cell: (None if 0 < value < 5 else int(value))
        for cell, value, release in zip(lattice.cells, lattice.values, lattice.release, strict=True)
        if release >= 0
    }
    return replace(table, cells=cells)


def shares() -> None:
    _print_measured("designed", calm_design, Rules())
    for density in DENSITY:
        ways = []
        for seed in SEEDS:
            base = arrange(rows(seed, density))
            naive = threshold_only(base, Protected({}, calm_design(base)))
            ways.append(len(found(rows(seed, density), naive)))
        print(f"threshold only, {density}: {mean(ways):.0f} ways in")


def lattice() -> None:
    _print_measured("full lattice, no boards", full_design, Rules(with_boards=False))
    _print_measured("full lattice", full_design, Rules())


def _print_measured(kind: str, design: Callable[[Base], Design], rules: Rules) -> None:
    for density in DENSITY:
        told = [_measured(rows(seed, density), design, rules) for seed in SEEDS]
        cells, incidents, ways, protecting, auditing = (mean(column) for column in zip(*told, strict=True))
        print(
            f"{kind}, {density}: cells shown {cells:.2f}, incidents {incidents:.2f}, ways in {ways:.1f}, "
            f"protect {protecting:.1f} s, audit {auditing:.1f} s"
        )


def _measured(base_rows: list[BaseRow], design: Callable[[Base], Design], rules: Rules) -> tuple[float, ...]:
    base = arrange(base_rows)
    start = time.process_time()
    table = protect(base, design(base), Method(rules))
    protecting = time.process_time() - start
    start = time.process_time()
    ways = len(found(base_rows, table, rules))
    auditing = time.process_time() - start
    return (*shares_shown(base, table), ways, protecting, auditing)


def one_random(seed: int) -> int:
    base_rows = small(seed)
    base = arrange(base_rows)
    design = full_design(base) if seed % 2 else calm_design(base, ("y", "z"))
    return len(found(base_rows, protect(base, design, Method())))


def one_city(seed: int) -> tuple[int, float]:
    start = time.process_time()
    base_rows = rows(seed, ("low", "mid", "high")[seed % 3])
    base = arrange(base_rows)
    ways = len(found(base_rows, protect(base, calm_design(base), Method())))
    return ways, time.process_time() - start


def spread(what: str, count: int) -> None:
    start = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        if what == "random":
            print(f"{count} random instances: {sum(pool.map(one_random, range(1_000, 1_000 + count)))} ways in")
        else:
            told = list(pool.map(one_city, range(count)))
            worst = max(seconds for _, seconds in told)
            print(f"{count} municipalities: {sum(ways for ways, _ in told)} ways in, worst {worst:.0f} CPU s")
    print(f"{time.perf_counter() - start:.0f} s in all, two at a time")


def pairs() -> None:
    for density in ("mid", "high"):
        base_rows = rows(1, density)
        base = arrange(base_rows)
        start = time.process_time()
        table = protect(base, calm_design(base), Method(Rules(coalition=2)))
        seconds = time.process_time() - start
        ways = len(found(base_rows, table, Rules(coalition=2)))
        print(
            f"pairs, {density}: cells shown {shares_shown(base, table)[0]:.2f}, {ways} ways in, protect {seconds:.0f} s"
        )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        spread(sys.argv[1], int(sys.argv[2]))
    else:
        {"shares": shares, "lattice": lattice, "pairs": pairs}[sys.argv[1]]()
