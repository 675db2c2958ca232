"""The pure rules: in which lane a report comes in (ADR 0014)."""

import pytest

from app.intake.lanes import CALM_HOUR, LONG_CHARACTERS, MOST_A_DAY, MOST_ALIKE, Budget, Signals, asks_shorter, lane_of

FLOODED = Budget(hour=500)
ALIKE = Signals(alike=26)
FAST = Signals(is_fast=True)
EMPTY_BURST = Signals(is_bursting=True, has_words=False)
ALIKE_BURST = Signals(is_bursting=True, alike=1)
SUSPICIOUS = (ALIKE, FAST, EMPTY_BURST, ALIKE_BURST)
VOUCHERS = ("has_ticket", "has_word", "is_follow_up", "is_urgent")


def with_signal(signals: Signals, name: str) -> Signals:
    return Signals(**{**vars(signals), name: True})


@pytest.mark.parametrize("signals", SUSPICIOUS)
def test_in_a_calm_hour_everything_is_normal(signals: Signals) -> None:
    assert lane_of(signals, Budget(hour=CALM_HOUR - 1)) == "normal"


@pytest.mark.parametrize("signals", SUSPICIOUS)
def test_above_the_calm_hour_what_is_suspicious_is_folded(signals: Signals) -> None:
    assert lane_of(signals, Budget(hour=CALM_HOUR)) == "folded"


@pytest.mark.parametrize("signals", SUSPICIOUS)
def test_a_busy_school_is_measured_by_its_own_usual_hour(signals: Signals) -> None:
    assert lane_of(signals, Budget(hour=29, usual_hour=10)) == "normal"
    assert lane_of(signals, Budget(hour=30, usual_hour=10)) == "folded"


def test_a_story_of_its_own_is_normal_in_any_flood() -> None:
    assert lane_of(Signals(), FLOODED) == "normal"


def test_a_class_behind_the_address_of_a_flood_is_normal_while_it_says_something_of_its_own() -> None:
    assert lane_of(Signals(is_bursting=True), FLOODED) == "normal"


def test_a_few_that_say_the_same_are_no_flood() -> None:
    assert lane_of(Signals(alike=MOST_ALIKE - 1), FLOODED) == "normal"


@pytest.mark.parametrize("voucher", VOUCHERS)
@pytest.mark.parametrize("signals", [FAST, EMPTY_BURST, ALIKE_BURST])
def test_work_the_poster_a_code_and_urgency_lift_what_only_came_in_haste(signals: Signals, voucher: str) -> None:
    assert lane_of(with_signal(signals, voucher), FLOODED) == "normal"


@pytest.mark.parametrize("voucher", VOUCHERS)
def test_nothing_lifts_what_says_the_same_as_the_flood(voucher: str) -> None:
    assert lane_of(with_signal(ALIKE, voucher), FLOODED) == "folded"


def test_with_the_brake_on_a_report_without_work_is_folded_even_in_a_calm_hour() -> None:
    assert lane_of(Signals(), Budget(hour=0, asks_ticket=True)) == "folded"


@pytest.mark.parametrize("voucher", VOUCHERS)
def test_with_the_brake_on_work_or_what_stands_for_it_keeps_a_report_normal(voucher: str) -> None:
    assert lane_of(with_signal(Signals(), voucher), Budget(hour=500, asks_ticket=True)) == "normal"


def test_the_card_tells_only_what_means_something() -> None:
    assert Signals(alike=MOST_ALIKE - 1).sealed == {}
    assert ALIKE.sealed == {"alike": 26}
    assert Signals(alike=26, is_fast=True).sealed == {"alike": 26, "fast": 1}
    assert FAST.sealed == {"fast": 1}


@pytest.mark.parametrize(
    ("characters", "sent_today", "asked"),
    [
        (LONG_CHARACTERS + 1, MOST_A_DAY, True),
        (LONG_CHARACTERS, MOST_A_DAY, False),
        (LONG_CHARACTERS + 1, MOST_A_DAY - 1, False),
    ],
)
def test_only_a_long_text_on_a_flooded_day_is_asked_to_be_shorter(
    characters: int, sent_today: int, *, asked: bool
) -> None:
    assert asks_shorter(characters, sent_today) is asked
