"""Days as a student tells them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.dates import MOST_DAYS_BACK, date_chip, days_ago, is_told, told
from app.flows.model import DAYS, LAST_WEEK, LONGER_AGO
from tests.flows.talks import TODAY

ANY_DAY = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("value", "what", "ago"),
    [
        ("_today", "2026-11-22", 0),
        ("_yesterday", "2026-11-21", 1),
        ("_last_week", "2026-W46", 7),
        ("_longer_ago", "_longer_ago", None),
        ("2026-11-01", "2026-11-01", 21),
        ("2026-11-22", "2026-11-22", 0),
        ("2024-11-21", "2024-11-21", 731),
    ],
)
def test_a_day_is_kept_with_the_day_on_which_it_was_told(value: str, what: str, ago: int | None) -> None:
    kept = told(value, TODAY)

    assert kept == (what, "2026-11-22")
    assert days_ago(kept) == ago


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-23",
        "2024-11-20",
        "2026-02-30",
        "20261122",
        "2026-W46",
        "2026-W46-1",
        "22-11-2026",
        "_skip",
        "",
        "٢٠٢٦-11-22",
    ],
)
def test_what_is_no_day_or_not_yet_or_too_long_ago_is_no_day_to_tell(value: str) -> None:
    assert told(value, TODAY) is None


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("2026-11-22",),
        ("2026-11-22", "2026-11-22", "2026-11-22"),
        ("2026-11-23", "2026-11-22"),
        ("2026-W47", "2026-11-21"),
        ("2026-W60", "2026-11-22"),
        ("_today", "2026-11-22"),
        ("_longer_ago", "today"),
        ("_longer_ago", "2026-W46"),
        ("2026-11-22", "2026-13-01"),
    ],
)
def test_what_was_never_kept_as_a_day_is_no_answer(values: tuple[str, ...]) -> None:
    assert not is_told(values)


def test_last_week_may_have_ended_yesterday_or_a_week_ago() -> None:
    monday = date(2026, 11, 16)

    assert [days_ago(told(LAST_WEEK, monday + timedelta(days=day)) or ()) for day in range(7)] == [1, 2, 3, 4, 5, 6, 7]


@given(ANY_DAY, st.sampled_from(DAYS))
def test_what_was_chosen_can_be_shown_again(today: date, code: str) -> None:
    kept = told(code, today)

    assert kept is not None
    assert is_told(kept)
    assert date_chip(kept) == code


@given(ANY_DAY, st.integers(2, MOST_DAYS_BACK))
def test_an_exact_day_is_shown_again_as_it_was_typed(today: date, back: int) -> None:
    day = (today - timedelta(days=back)).isoformat()
    kept = told(day, today)

    assert kept is not None
    assert is_told(kept)
    assert date_chip(kept) == day
    assert days_ago(kept) == back


def test_a_skipped_day_is_shown_as_skipped() -> None:
    assert date_chip(("_skip",)) == "_skip"
    assert date_chip((LONGER_AGO, "2026-11-22")) == LONGER_AGO
