"""Estimates about how many people could be meant; coarse, rounded down, and no promise of safety."""

from typing import Literal

from app.recognition.model import Surroundings

Crowd = Literal["one", "few", "class", "year"]
_YEARS = 6
_FEW = 2
_STEPS = ((10, 1), (50, 5), (200, 10))
_LARGE_STEP = 50


def crowd_of(crowd: str, surroundings: Surroundings) -> int | None:
    """Return the number of people for what a rule calls *crowd*, None when nobody knows."""
    numbers = {
        "one": 1,
        "few": _FEW,
        "class": coarse(surroundings.class_size),
        "year": coarse(surroundings.pupils // _YEARS),
    }
    return numbers.get(crowd) or None


def coarse(number: int) -> int:
    """Round *number* down: whole below 10, by fives below 50, by tens below 200, by fifties from there."""
    step = next((step for limit, step in _STEPS if number < limit), _LARGE_STEP)
    return max(number, 0) // step * step
