"""Parts of the protecting side by themselves, on cases worked out by hand."""

import numpy as np
import pytest

from app.statistics.protecting.choosing import CITY, ZERO, Chooser, Cut, cost_of
from app.statistics.protecting.primary import Rules, Sums, demands, margin, unsafe
from app.statistics.protecting.ranges import Ranges
from app.statistics.protecting.solver import SolverError

BOARDS = np.array([0, 0, 1, 2])


def is_unsafe(*given: int, boards: bool = True, there: int = 4) -> bool:
    sums = Sums(np.array([given]), np.array([there]))
    return bool(unsafe(sums, BOARDS, Rules(with_boards=boards))[0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((3, 3, 3, 3), False),
        ((0, 0, 0, 0), False),
        ((9, 9, 0, 0), True),
        ((1, 1, 2, 0), True),
        # The second can take 10 from 61 and knows the first within one; the third's 1 is less than 20 % of 50.
        ((50, 10, 1, 0), True),
        ((50, 10, 5, 5), False),
    ],
)
def test_a_sum_is_unsafe_by_few_schools_small_counts_or_one_large_school(
    given: tuple[int, ...], expected: bool
) -> None:
    assert is_unsafe(*given) is expected


def test_a_sum_in_which_too_few_take_part_is_unsafe_even_when_it_is_zero() -> None:
    assert is_unsafe(0, 0, 0, 0, there=2)


def test_a_board_that_takes_off_its_own_schools_finds_a_lone_one() -> None:
    # Boards 0 and 1 hold 20 of 26; what is left of board 0's view is 6 by one school and none beside it.
    assert is_unsafe(10, 10, 6, 0)
    assert not is_unsafe(10, 10, 6, 0, boards=False)


def test_a_board_that_holds_every_school_makes_nothing_unsafe() -> None:
    assert not unsafe(Sums(np.array([[4, 4, 4]]), np.array([3])), np.array([0, 0, 0]), Rules())[0]


def test_nothing_is_demanded_from_who_knows_all_there_is() -> None:
    members = np.array([[False, False], [True, False], [True, True]])

    asked = demands(np.array([[10, 1]]), members, Rules())

    assert asked.above.tolist() == [[1, 1, 0]]
    assert asked.width.tolist() == [[3, 3, 0]]


def test_an_estimate_stays_one_incident_away_at_least() -> None:
    assert margin(np.array([0, 5, 6, 50]), 0.2).tolist() == [1, 1, 2, 10]


def test_hiding_the_citys_total_costs_most_and_a_zero_least() -> None:
    assert cost_of(2, 900) == CITY
    assert ZERO == cost_of(0, 0) < cost_of(0, 4) < cost_of(1, 4) < CITY


def test_the_cheapest_cells_that_meet_a_cut_are_chosen() -> None:
    none = np.zeros(3, dtype=np.bool_)
    chooser = Chooser(np.array([5.0, 1.0, 3.0]), none, none)
    chooser.add(Cut(np.array([1.0, 1.0, 1.0]), 2.0))

    chosen = chooser.choose(10)

    assert chosen is not None
    assert chosen.tolist() == [False, True, True]


def test_cuts_that_no_choice_can_meet_give_no_choice() -> None:
    fixed, hidden = np.array([True, False]), np.zeros(2, dtype=np.bool_)
    chooser = Chooser(np.ones(2), fixed, hidden)
    chooser.add(Cut(np.array([1.0, 0.5]), 1.0))
    chooser.add(Cut(np.array([1.0, 0.0]), 1.0))

    assert chooser.choose(10) is None


def test_how_far_a_hidden_cell_can_move_is_what_the_told_ones_leave() -> None:
    # Two rows of two atoms, and the columns: with one row told, nothing of it moves without the other.
    told = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0]], dtype=np.bool_)
    ranges = Ranges(told, 4)
    ranges.hide(np.array([False, False, True]))
    ranges.allow(np.array([3.0, 2.0, 4.0, 1.0]))

    assert ranges.reach(np.array([1.0, 0, 1.0, 0])).distance == pytest.approx(3.0)


def test_a_solver_without_an_answer_stops_everything() -> None:
    ranges = Ranges(np.ones((1, 2), dtype=np.bool_), 2)
    ranges.hide(np.array([False]))
    ranges.allow(np.array([3.0, 2.0]))
    ranges._solver.setOptionValue("simplex_iteration_limit", 0)

    with pytest.raises(SolverError, match="do not publish"):
        ranges.reach(np.array([1.0, 0.0]))
