"""What is accepted as an answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.answers import MAX_TEXT, AnswerError, accept
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
