"""Protected tables, attacked by the audit that knows nothing of how they were made."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.statistics.audit import attack
from app.statistics.disclosure import Method, protect, shares_shown
from app.statistics.protecting.base import Base, BaseError, BaseRow, arrange, read_base
from app.statistics.protecting.design import Design, calm_design, full_design, merge_regions
from app.statistics.protecting.files import write_table
from app.statistics.protecting.lattice import Cell
from app.statistics.protecting.primary import Rules
from app.statistics.protecting.table import Protected
from app.statistics.protecting.task import Budget
from tests.statistics.instances import rows, write_rows, year

QUICK = Method(budget=Budget(20))
GREEDY = Method(budget=Budget(0))


def findings(folder: Path, base: list[BaseRow], table: Protected, **rules: float) -> list[str]:
    write_table(folder, table)
    truth = folder / "truth.csv"
    write_rows(truth, base)
    return [str(finding) for finding in attack(folder, truth, **rules)]  # type: ignore[arg-type]


def small(seed: int) -> list[BaseRow]:
    """A town of four districts, three kinds of incident and two quarters."""
    draw = np.random.default_rng(seed)
    found = []
    for school in range(int(draw.integers(9, 16))):
        district, board = f"D{draw.integers(4)}", f"B{draw.integers(4)}"
        for category in ("x", "y", "z"):
            for quarter in ("Q1", "Q2"):
                value = int(draw.poisson(draw.choice([0.3, 2, 9])))
                found.append(BaseRow(f"S{school}", board, district, category, quarter, value))
    return found


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["calm", "full"])
def test_no_attacker_comes_too_close_to_a_small_random_table(tmp_path: Path, seed: int, kind: str) -> None:
    base = arrange(small(seed))
    design = calm_design(base, ("y", "z")) if kind == "calm" else full_design(base)

    table = protect(base, design, QUICK)

    assert findings(tmp_path, small(seed), table) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_table_completed_in_haste_is_as_safe(tmp_path: Path, seed: int) -> None:
    base = arrange(small(seed))

    assert findings(tmp_path, small(seed), protect(base, full_design(base), GREEDY)) == []


@pytest.mark.parametrize("seed", range(4))
def test_no_pair_of_schools_comes_too_close_when_pairs_count(tmp_path: Path, seed: int) -> None:
    base = arrange(small(seed))
    method = replace(QUICK, rules=Rules(coalition=2))

    table = protect(base, calm_design(base, ("y", "z")), method)

    assert findings(tmp_path, small(seed), table, coalition=2) == []


@pytest.mark.parametrize("seed", range(2))
def test_without_boards_schools_and_outsiders_are_still_kept_off(tmp_path: Path, seed: int) -> None:
    base = arrange(small(seed))

    table = protect(base, full_design(base), replace(QUICK, rules=Rules(with_boards=False)))

    assert findings(tmp_path, small(seed), table, boards=False) == []


@pytest.mark.parametrize(("density", "least"), [("mid", 0.8), ("high", 0.9)])
def test_a_citys_year_stays_safe_and_most_of_it_is_shown(tmp_path: Path, density: str, least: float) -> None:
    base = year(2, density)

    table = protect(base, calm_design(base), QUICK)

    assert findings(tmp_path, rows(2, density), table) == []
    assert shares_shown(base, table)[0] >= least


def test_telling_one_hidden_cell_more_is_found_by_the_audit(tmp_path: Path) -> None:
    base = arrange(small(3))
    table = protect(base, full_design(base), QUICK)
    hidden = [cell for cell, value in table.cells.items() if value is None]
    truth = protect(base, full_design(base), replace(QUICK, rules=Rules(least_schools=0, least_count=0, share=0)))

    found = [
        bool(findings(tmp_path, small(3), replace(table, cells={**table.cells, cell: truth.cells[cell]})))
        for cell in hidden[:12]
        if truth.cells[cell] is not None
    ]

    assert found
    assert all(found)


def test_a_later_quarter_never_changes_what_an_earlier_release_showed() -> None:
    base = year(1, "mid", quarters=2)
    design = calm_design(base)

    first = protect(base.until("Q1"), design, QUICK)
    both = protect(base, design, QUICK, first)

    assert {cell: both.cells[cell] for cell in first.cells} == first.cells
    assert {cell.period for cell in both.cells} == {"Q1", "Q2", "YTD2"}


def test_regions_have_five_schools_and_two_beside_any_board() -> None:
    base = year(4)

    regions = merge_regions(base)

    for region in set(regions.values()):
        inside = [school for school in base.schools if regions[base.districts[school]] == region]
        boards = [base.boards[school] for school in inside]
        assert len(inside) >= 5
        assert len(inside) - max(boards.count(board) for board in boards) >= 2


def test_a_town_too_small_for_two_regions_has_one() -> None:
    base = arrange([BaseRow(f"S{at}", f"B{at}", f"D{at % 2}", "x", "Q1", 3) for at in range(6)])

    assert len(set(merge_regions(base).values())) == 1


def test_the_designed_table_lists_inner_cells_by_half_year_and_year_only() -> None:
    design = Design({"A": "A"}, {"REST": ("y", "z")}, "calm")

    assert design.lists("A", "x", "YTD2")
    assert design.lists("A", "REST", "YTD4")
    assert design.lists("TOTAL", "y", "Q1")
    assert not design.lists("A", "x", "Q1")
    assert not design.lists("A", "y", "YTD2")
    assert not design.lists("TOTAL", "REST", "Q1")


def test_zeros_are_told_where_enough_schools_take_part() -> None:
    base = arrange(
        [BaseRow(f"S{at}", f"B{at}", "D", kind, "Q1", 3 * (kind == "x")) for at in range(6) for kind in "xy"]
    )

    table = protect(base, full_design(base), QUICK)

    assert table.cells[Cell("D", "y", "Q1")] == 0


HEADER = "school,board,district,category,period,value\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s,b,A,x,Q1,-1\n", "row 2: value '-1' is no count"),
        ("s,b,A,x,Q1,1e9\n", "row 2: value '1e9' is no count"),
        ("s,b,A,x,Q1,100001\n", "row 2: value '100001' is no count"),
        ("s,b,A,x,Q5,1\n", "row 2: period 'Q5' is no quarter"),
        ("s,b,,x,Q1,1\n", "row 2: district is empty; fill it in, every school lies in a district"),
        ("s,b,A,x,Q1,1\ns,b,B,x,Q2,1\n", "school 's' has 2 districts"),
        ("s,b,A,x,Q1,1\ns,b,A,x,Q1,1\n", "stands twice; two schools need two names"),
        ("s,b,A,x,Q2,1\n", "quarters follow each other from Q1"),
        ("s,b,A,TOTAL,Q1,1\n", "are taken; rename it"),
        ("", "there are no rows"),
    ],
)
def test_base_rows_that_cannot_be_protected_say_which_row_and_why(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "base.csv"
    file.write_text(HEADER + text)

    with pytest.raises(BaseError) as error:
        read_base(file)

    assert said in str(error.value)


def test_a_header_that_lacks_a_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "base.csv"
    file.write_text("school,district\n")

    with pytest.raises(BaseError, match="lacks board, category, period, value"):
        read_base(file)


def test_a_school_without_a_board_is_its_own_board(tmp_path: Path) -> None:
    file = tmp_path / "base.csv"
    file.write_text(f"{HEADER}s,,A,x,Q1,1\n")

    base: Base = read_base(file)

    assert base.boards == {"s": "s"}
