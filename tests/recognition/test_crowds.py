import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.crowds import coarse, crowd_of
from app.recognition.model import Surroundings


@pytest.mark.parametrize(
    ("number", "said"),
    [(-3, 0), (0, 0), (1, 1), (9, 9), (13, 10), (28, 25), (54, 50), (199, 190), (240, 200), (999, 950)],
)
def test_a_number_is_rounded_down_more_the_larger_it_is(number: int, said: int) -> None:
    assert coarse(number) == said


@given(st.integers(0, 5000))
def test_a_crowd_is_never_said_larger_than_it_is(number: int) -> None:
    assert 0 <= coarse(number) <= number


def test_a_year_is_a_sixth_of_the_pupils_and_nothing_is_unknown() -> None:
    assert crowd_of("year", Surroundings(pupils=900)) == 150
    assert crowd_of("class", Surroundings(class_size=28)) == 25
    assert crowd_of("year", Surroundings(pupils=5)) is None
    assert crowd_of("", Surroundings(pupils=900)) is None
