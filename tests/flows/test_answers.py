"""What is accepted as an answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.answers import MAX_TEXT, AnswerError, Choices, accept, is_answer
from app.flows.model import Step
from tests.flows.talks import CHOICES

CHIPS = {"one": "One", "two": "Two"}


def _step(kind: Any, **more: Any) -> Step:
    return Step(id="step", kind=kind, ask="?", chips=CHIPS if kind == "chips" else {}, **more)


@pytest.mark.parametrize(
    ("step", "values", "expected"),
    [
        (_step("chips"), ["one"], ("one",)),
        (_step("chips"), [], ("_skip",)),
        (_step("chips", many=True), ["two", "one", "two"], ("one", "two")),
        (_step("chips", many=True), ["two", "_skip"], ("_skip",)),
        (_step("chips", many=True, unsure=True), ["two", "_unsure"], ("_unsure",)),
        (_step("place"), ["_elsewhere"], ("_elsewhere",)),
        (_step("place"), ["gym"], ("gym",)),
        (_step("person", many=True), ["_nobody", "anna"], ("anna", "_nobody")),
        (_step("text"), [" kept \r\n as typed "], (" kept \r\n as typed ",)),
        (_step("text"), [" \n"], ("_skip",)),
        (_step("text"), ["typed", "_skip"], ("_skip",)),
        (_step("text", required=True), ["_unsure"], ("_unsure",)),
        (_step("text"), ["x" * MAX_TEXT], ("x" * MAX_TEXT,)),
        (Step(id="said", say="Hi"), [], ()),
        (_step("date"), ["_today"], ("2026-11-22", "2026-11-22")),
        (_step("date"), ["2026-11-01", ""], ("2026-11-01", "2026-11-22")),
        (_step("date"), ["", "_last_week"], ("2026-W46", "2026-11-22")),
        (_step("date"), ["_yesterday", "2026-11-01"], ("2026-11-21", "2026-11-22")),
        (_step("date", unsure=True), ["_unsure", "2026-11-01"], ("_unsure",)),
        (_step("date"), ["_longer_ago"], ("_longer_ago", "2026-11-22")),
        (_step("date"), [""], ("_skip",)),
        (_step("date"), ["_skip", ""], ("_skip",)),
    ],
)
def test_an_answer_is_taken_in_the_order_of_the_list(step: Step, values: list[str], expected: tuple[str, ...]) -> None:
    assert accept(step, values, CHOICES) == expected


@pytest.mark.parametrize(
    ("step", "values", "reason"),
    [
        (_step("chips", required=True), [], "required"),
        (_step("chips", required=True), ["_skip"], "required"),
        (_step("text", required=True), ["_skip"], "required"),
        (_step("text", required=True), [""], "required"),
        (_step("chips"), ["three"], "foreign"),
        (_step("chips"), ["_unsure"], "foreign"),
        (_step("chips"), ["_elsewhere"], "foreign"),
        (_step("place"), ["attic"], "foreign"),
        (_step("person"), ["anna", "stranger"], "foreign"),
        (Step(id="said", say="Hi"), ["_skip"], "foreign"),
        (_step("chips"), ["one", "two"], "too_many"),
        (_step("chips"), ["one", "one"], "too_many"),
        (_step("date", required=True), [""], "required"),
        (_step("date"), ["2026-11-23"], "foreign"),
        (_step("date"), ["_unsure"], "foreign"),
        (_step("date"), ["vandaag"], "foreign"),
        (_step("date"), ["_today", "_yesterday"], "too_many"),
        (_step("date"), ["2026-11-01", "2026-11-02"], "too_many"),
        (_step("chips", retired=("two",)), ["two"], "foreign"),
        (_step("text"), ["a", "b"], "too_many"),
        (_step("text"), ["x" * (MAX_TEXT + 1)], "too_long"),
        (_step("text"), ["a\0b"], "unstorable"),
        (_step("text"), ["a\ud800b"], "unstorable"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(step: Step, values: list[str], reason: str) -> None:
    with pytest.raises(AnswerError) as refused:
        accept(step, values, CHOICES)

    assert refused.value.reason == reason


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])).filter(str.strip))
def test_a_text_is_kept_to_the_byte(text: str) -> None:
    assert accept(_step("text"), [text], CHOICES) == (text,)


def test_no_day_can_be_told_without_a_day_to_count_from() -> None:
    with pytest.raises(AnswerError, match="foreign"):
        accept(_step("date"), ["_today"], Choices())


def test_a_retired_chip_is_not_offered_and_stays_an_answer() -> None:
    step = _step("chips", many=True, retired=("two",))

    assert step.offered == {"one": "One"}
    assert is_answer(step, ("two",))
    assert is_answer(step, ("one", "two"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("2026-11-22", "2026-11-22"), True),
        (("_skip",), True),
        (("_unsure",), False),
        (("_today",), False),
        (("2026-11-22",), False),
        ((), False),
    ],
)
def test_a_kept_day_is_an_answer_only_with_the_day_of_telling(values: tuple[str, ...], expected: bool) -> None:
    assert is_answer(_step("date"), values) is expected
