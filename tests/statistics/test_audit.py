"""The audit on little tables whose ways in can be worked out by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.statistics.attacking.rules import Distance, Limits, distance, why_unsafe
from app.statistics.attacking.truth import Name, Published, TrueRow
from app.statistics.attacking.world import World
from app.statistics.audit import AuditError, Finding, attack, attack_world, outsider_ranges

LIMITS = Limits()
FAIR = (4, 4, 4, 4)
"""What four schools count when nothing is unsafe."""


def world(given: Mapping[tuple[str, str, str], Sequence[int]], hidden: Sequence[Name] = ()) -> World:
    """A table of all sums over `given`, by (district, category, quarter) what each school there counts."""
    rows = tuple(
        TrueRow(f"{district}{at}", f"board of {district}{at}", district, category, quarter, value)
        for (district, category, quarter), values in given.items()
        for at, value in enumerate(values)
    )
    empty = Published({}, {}, {})
    made = World(replace(empty, table=dict.fromkeys([("TOTAL", "TOTAL", row.quarter) for row in rows])), rows)
    table = {name: sum(made.given(made.pieces_of(name)).values()) for name in made.names()}
    return World(replace(empty, table={**table, **dict.fromkeys(hidden)}), rows)


def kinds(found: Sequence[Finding]) -> set[str]:
    return {finding.kind for finding in found}


def square(one: Sequence[int]) -> dict[tuple[str, str, str], Sequence[int]]:
    return {("A", "x", "Q1"): one, ("A", "y", "Q1"): FAIR, ("B", "x", "Q1"): FAIR, ("B", "y", "Q1"): FAIR}


def test_a_table_in_which_nothing_is_unsafe_gives_no_finding() -> None:
    assert attack_world(world(square(FAIR)), LIMITS) == []


def test_a_cell_of_one_school_that_is_told_is_found() -> None:
    found = attack_world(world(square((7, 0, 0, 0))), LIMITS)

    assert ("told", "A/x/Q1") in {(finding.kind, finding.cell) for finding in found}


def test_a_hidden_cell_that_is_a_margin_less_the_rest_is_found() -> None:
    """A/x = A/TOTAL - A/y: everybody can work it out."""
    found = attack_world(world(square((7, 0, 0, 0)), [("A", "x", "Q1")]), LIMITS)

    assert {"sum", "close"} <= kinds(found)
    assert "outsider" in {finding.attacker for finding in found}


def test_four_hidden_cells_of_a_square_protect_each_other() -> None:
    hidden = [(area, kind, "Q1") for area in "AB" for kind in "xy"]

    assert attack_world(world(square((7, 0, 0, 0)), hidden), LIMITS) == []


def test_each_cell_of_the_square_is_needed() -> None:
    hidden = [(area, kind, "Q1") for area in "AB" for kind in "xy"]

    for spared in hidden:
        left = [name for name in hidden if name != spared]
        assert attack_world(world(square((7, 0, 0, 0)), left), LIMITS)


def test_a_hidden_quarter_is_found_by_subtracting_what_came_out_before_and_after() -> None:
    first, second = {("A", "x", "Q1"): FAIR}, {("A", "x", "Q2"): (6, 0, 0, 0)}
    every = [(area, kind, "Q2") for area in ("A", "TOTAL") for kind in ("x", "TOTAL")]

    found = attack_world(world({**first, **second}, every), LIMITS)

    assert {"sum", "close"} <= kinds(found)


def test_a_school_that_knows_its_own_share_comes_closer_than_an_outsider() -> None:
    """B/x and B/y are all of B0's: he knows that they cannot fall, so A/x cannot rise."""
    given = {**square((7, 0, 0, 0)), ("B", "x", "Q1"): (9, 0, 0, 0)}
    hidden = [(area, kind, "Q1") for area in "AB" for kind in "xy"]

    found = attack_world(world(given, hidden), LIMITS)

    assert "school B0" in {finding.attacker for finding in found}
    assert "outsider" not in {finding.attacker for finding in found}


def test_a_board_comes_closer_than_each_of_its_schools() -> None:
    given = {"a": 6, "b": 5, "c": 5, "d": 5}
    boards = {"a": "1", "b": "2", "c": "2", "d": "2"}

    assert why_unsafe(given, 4, boards, LIMITS) == "a board could estimate a school of another"
    assert why_unsafe(given, 4, boards, replace(LIMITS, boards=False)) == ""


def test_two_schools_together_make_a_sum_unsafe_that_each_alone_does_not() -> None:
    given = dict.fromkeys("abc", 5)
    boards = {school: school for school in given}

    assert why_unsafe(given, 3, boards, LIMITS) == ""
    assert why_unsafe(given, 3, boards, replace(LIMITS, coalition=2))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((2, 1, 1), "too few incidents"),
        ((9, 9), "too few schools count something"),
        ((20, 2, 1), "the others could estimate the largest"),
        ((0, 0, 0), ""),
        ((5, 4, 3, 3), ""),
    ],
)
def test_the_rules_of_one_sum(given: Sequence[int], why: str) -> None:
    told = {str(at): value for at, value in enumerate(given)}

    assert why_unsafe(told, 3, {school: school for school in told}, LIMITS) == why


def test_a_sum_of_a_region_with_two_schools_is_unsafe_even_when_it_is_zero() -> None:
    assert why_unsafe({"a": 0, "b": 0}, 2, {"a": "a", "b": "b"}, LIMITS) == "too few schools take part"


def test_nobody_is_kept_from_his_own_figures() -> None:
    assert distance({"a": 7, "b": 0}, {"a"}, LIMITS) is None
    assert distance({"a": 10, "b": 1}, (), LIMITS) == Distance(1, 3)


def test_a_figure_that_is_not_true_stops_the_attack() -> None:
    made = world(square(FAIR))
    table = {**made.published.table, ("A", "x", "Q1"): 1}

    found = attack_world(World(replace(made.published, table=table), made.rows), LIMITS)

    assert kinds(found) == {"wrong"}


def test_a_sum_in_no_table_that_an_insider_can_work_out_is_found() -> None:
    """The table lists regions and kinds only as margins of a single kind, so the inner sum follows."""
    made = world({("A", "x", "Q1"): (7, 0, 0), ("A", "y", "Q1"): (0, 0, 0), ("B", "x", "Q1"): FAIR})
    listed = {name: value for name, value in made.published.table.items() if name[1] == "TOTAL"}

    found = attack_world(World(replace(made.published, table=listed), made.rows), LIMITS)

    assert "A/x/Q1" in {finding.cell for finding in found}


def test_the_outsiders_own_ranges_help_nobody() -> None:
    hidden = [(area, kind, "Q1") for area in "AB" for kind in "xy"]
    made = world(square((7, 0, 0, 0)), hidden)

    ranges = outsider_ranges(made)

    assert ranges[("A", "x", "Q1")] == (0, 23)
    assert attack_world(made, LIMITS, ranges) == []


def test_a_range_that_is_too_narrow_is_found_as_knowledge() -> None:
    hidden = [(area, kind, "Q1") for area in "AB" for kind in "xy"]

    found = attack_world(world(square((7, 0, 0, 0)), hidden), LIMITS, {("A", "x", "Q1"): (6, 7)})

    assert {"close"} <= kinds(found)


def files(folder: Path, table: str = "A,x,Q1,16\n", base: str = "s,b,A,x,Q1,16\n") -> tuple[Path, Path]:
    folder.joinpath("table.csv").write_text(f"district,category,period,value\n{table}")
    folder.joinpath("regions.csv").write_text("district,region\nA,A\n")
    folder.joinpath("sums.csv").write_text("kind,sum\nperiod,YTD2=Q1+Q2\n")
    truth = folder / "base.csv"
    truth.write_text(f"school,board,district,category,period,value\n{base}")
    return folder, truth


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("A,x,Q1,16\nA,x,Q1,16\n", "row 3 tells a cell twice"),
        ("A,x,Q1,many\n", "row 2 has no whole number and not the word suppressed"),
    ],
)
def test_a_row_that_nobody_can_read_is_a_finding_with_its_number(tmp_path: Path, table: str, said: str) -> None:
    (finding,) = attack(*files(tmp_path, table))

    assert (finding.kind, finding.cell) == ("wrong", said)


@pytest.mark.parametrize(
    ("table", "base", "said"),
    [
        ("A,x,YTD9,1\nA,x,Q1,1\n", "s,b,A,x,Q1,1\n", "'YTD9' is not known"),
        ("A,x,Q1,1\n", "s,b,A,x,Q1,-1\n", "row 2: value '-1' is no count"),
        ("A,x,Q1,1\n", "", "there are no rows"),
    ],
)
def test_files_that_cannot_be_attacked_say_why(tmp_path: Path, table: str, base: str, said: str) -> None:
    with pytest.raises(AuditError, match=said):
        attack(*files(tmp_path, table, base))


def test_a_missing_file_or_column_says_which(tmp_path: Path) -> None:
    folder, truth = files(tmp_path)
    (folder / "sums.csv").write_text("kind\nperiod\n")
    with pytest.raises(AuditError, match=r"sums\.csv: the header lacks sum"):
        attack(folder, truth)
    (folder / "sums.csv").unlink()
    with pytest.raises(AuditError, match=r"sums\.csv is missing"):
        attack(folder, truth)
