"""The three-valued logic of conditions."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.conditions import holds, truth

STEPS = st.sampled_from(["a", "b", "c"])
CODES = st.sampled_from(["x", "y", "_skip"])
KNOWN = st.dictionaries(STEPS, st.lists(CODES, min_size=1, max_size=2).map(tuple))
LEAVES = st.one_of(
    st.dictionaries(
        STEPS, st.one_of(CODES, st.lists(CODES, min_size=1), st.fixed_dictionaries({"all": st.lists(CODES)}))
    ),
    st.fixed_dictionaries({"answered": STEPS}),
)
CONDITIONS: st.SearchStrategy[dict[str, Any]] = st.recursive(
    LEAVES,
    lambda parts: st.dictionaries(st.sampled_from(["all", "any", "none"]), st.lists(parts, min_size=1, max_size=3)),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"a": "x"}, True),
        ({"a": "z"}, False),
        ({"a": ["z", "y"]}, True),
        ({"a": {"all": ["x", "y"]}}, True),
        ({"a": {"all": ["x", "z"]}}, False),
        ({"a": "x", "b": "x"}, False),
        ({"b": "_skip"}, True),
        ({"any": [{"c": "x"}, {"a": "x"}]}, True),
        ({"any": [{"c": "x"}, {"a": "z"}]}, False),
        ({"all": [{"a": "x"}, {"c": "x"}]}, False),
        ({"none": [{"a": "z"}, {"b": "x"}]}, True),
        ({"none": [{"a": "x"}]}, False),
        ({"none": [{"c": "x"}]}, False),
        ({"none": [{"none": [{"c": "x"}]}]}, False),
        ({"answered": "a"}, True),
        ({"answered": ["a", "c"]}, False),
        ({"none": [{"answered": "c"}]}, True),
        ({"day": {"within_days": 2}}, True),
        ({"day": {"within_days": 1}}, False),
        ({"week": {"within_days": 7}}, True),
        ({"week": {"within_days": 6}}, False),
        ({"long": {"within_days": 366}}, False),
        ({"b": {"within_days": 366}}, False),
        ({"c": {"within_days": 366}}, False),
        ({"none": [{"c": {"within_days": 366}}]}, False),
        ({"none": [{"long": {"within_days": 366}}]}, True),
        ({"long": "_longer_ago"}, True),
        ({"watch": "life"}, True),
        ({"watch": "home"}, False),
        ({"watch": ["home", "life"]}, True),
        ({"none": [{"watch": "home"}]}, True),
    ],
)
def test_a_condition_means_what_it_says(condition: dict[str, Any], expected: bool) -> None:
    known = {
        "a": ("x", "y"),
        "b": ("_skip",),
        "day": ("2026-11-20", "2026-11-22"),
        "week": ("2026-W46", "2026-11-22"),
        "long": ("_longer_ago", "2026-11-22"),
        "watch": ("life",),
    }

    assert holds(condition, known) is expected


@given(CODES, st.sampled_from(["all", "any", "none"]))
def test_an_unanswered_question_makes_nothing_true(code: str, group: str) -> None:
    assert not holds({"a": code}, {})
    assert not holds({group: [{"a": code}]}, {})
    assert not holds({group: [{"a": {"within_days": 1}}]}, {})
    assert not holds({group: [{"watch": code}]}, {})


@settings(deadline=None)
@given(CONDITIONS, CONDITIONS, KNOWN)
def test_none_is_the_opposite_of_any_and_unknown_stays_unknown(
    one: dict[str, Any], other: dict[str, Any], known: dict[str, tuple[str, ...]]
) -> None:
    either = truth({"any": [one, other]}, known)

    assert truth({"none": [one, other]}, known) is (None if either is None else not either)


@settings(deadline=None)
@given(CONDITIONS, CONDITIONS, KNOWN)
def test_all_and_any_take_their_parts_in_any_order_and_follow_de_morgan(
    one: dict[str, Any], other: dict[str, Any], known: dict[str, tuple[str, ...]]
) -> None:
    both = truth({"all": [one, other]}, known)

    assert both is truth({"all": [other, one]}, known)
    assert truth({"any": [one, other]}, known) is truth({"any": [other, one]}, known)
    assert truth({"none": [{"all": [one, other]}]}, known) is truth(
        {"any": [{"none": [one]}, {"none": [other]}]}, known
    )


@settings(deadline=None)
@given(CONDITIONS, KNOWN, STEPS, CODES)
def test_another_answer_never_turns_what_is_certain_unless_answered_asks(
    condition: dict[str, Any], known: dict[str, tuple[str, ...]], step: str, code: str
) -> None:
    before = truth(condition, known)

    if before is not None and step not in known and "answered" not in str(condition):
        assert truth(condition, {**known, step: (code,)}) is before
