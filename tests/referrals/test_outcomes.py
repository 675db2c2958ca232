"""What students said of services, as the city sees it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.referrals.counting import last_quarter, quarter_of, year_before
from app.referrals.outcomes import count, finished_outcomes

IN_AUTUMN = datetime(2026, 11, 20, 12, tzinfo=UTC)
IN_WINTER = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "quarter", "before"),
    [
        (date(2026, 1, 1), "2026-Q1", "2025-Q4"),
        (date(2026, 3, 31), "2026-Q1", "2025-Q4"),
        (date(2026, 5, 31), "2026-Q2", "2026-Q1"),
        (date(2026, 12, 31), "2026-Q4", "2026-Q3"),
    ],
)
def test_a_day_has_its_quarter_and_the_one_before(day: date, quarter: str, before: str) -> None:
    assert (quarter_of(day), last_quarter(day)) == (quarter, before)


def test_a_year_before_keeps_the_span() -> None:
    assert (year_before("2026-Q4"), year_before("2026-02")) == ("2025-Q4", "2025-02")


def test_a_running_quarter_is_never_told(imported: Session) -> None:
    with clock.at(IN_AUTUMN):
        for _ in range(20):
            count(imported, "kindertelefoon", "helped")
        quarter, outcomes = finished_outcomes(imported)

    assert quarter == "2026-Q3"
    assert {(one.helped, one.no_answer, one.not_dared) for one in outcomes} == {(None, None, None)}


def test_a_finished_quarter_tells_round_numbers_above_ten_only(imported: Session) -> None:
    with clock.at(IN_AUTUMN):
        for _ in range(17):
            count(imported, "kindertelefoon", "helped")
        for _ in range(10):
            count(imported, "kindertelefoon", "not_dared")
    with clock.at(IN_WINTER):
        quarter, outcomes = finished_outcomes(imported)

    told = {one.service_id: one for one in outcomes}["kindertelefoon"]
    assert quarter == "2026-Q4"
    assert (told.helped, told.no_answer, told.not_dared) == (15, None, None)


def test_a_small_count_leaves_no_trace_on_what_the_city_sees(imported: Session) -> None:
    with clock.at(IN_WINTER):
        before = finished_outcomes(imported)
    with clock.at(IN_AUTUMN):
        for _ in range(10):
            count(imported, "kindertelefoon", "no_answer")
    with clock.at(IN_WINTER):
        assert finished_outcomes(imported) == before
