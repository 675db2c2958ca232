"""Proofs about what a student can meet, checked against talks that were tried one by one."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.archive import new_flow_set
from app.flows.engine import Answers, Path, replay
from app.flows.mentions import behind
from app.flows.model import Condition, Flow, FlowSet, Route, Rule, Step
from app.flows.reachability import Verdict, before, outcomes, verdict, witness
from tests.flows.talks import flow_set, talk_on

CODES = ("a", "b", "c")


def verdicts(flow: Flow) -> dict[str, Verdict]:
    return {step.id: verdict(before(flow, step.id), step.only_if or {}) for step in flow.steps.values()}


def _flow(*steps: Step, **more: Any) -> Flow:
    return Flow(id="talk", title="Talk", steps={step.id: step for step in steps}, **more)


def _chips(step_id: str, **more: Any) -> Step:
    return Step(id=step_id, kind="chips", ask="?", chips=dict.fromkeys(CODES, "text"), **more)


def _say(step_id: str, only_if: Condition) -> Step:
    return Step(id=step_id, say="text", only_if=only_if)


def _verdict(condition: Condition, *steps: Step) -> str:
    return verdicts(_flow(*steps, _say("end", condition)))["end"]


ONE = _chips("one")
MANY = _chips("one", many=True)
MUST = _chips("one", required=True)


@pytest.mark.parametrize(
    ("step", "condition", "found"),
    [
        (ONE, {}, "always"),
        (ONE, {"one": "a"}, "sometimes"),
        (ONE, {"answered": "one"}, "always"),
        (ONE, {"one": ["a", "b", "c"]}, "sometimes"),
        (MUST, {"one": ["a", "b", "c"]}, "always"),
        (ONE, {"one": ["a", "b", "c", "_skip"]}, "always"),
        (ONE, {"none": [{"one": "_skip"}]}, "sometimes"),
        (ONE, {"one": "a", "all": [{"one": "b"}]}, "never"),
        (MANY, {"one": "a", "all": [{"one": "b"}]}, "sometimes"),
        (ONE, {"one": {"all": ["a", "b"]}}, "never"),
        (MANY, {"one": {"all": ["a", "b", "c"]}}, "sometimes"),
        (MUST, {"none": [{"one": ["a", "b", "c"]}]}, "never"),
        (_chips("one", required=True, unsure=True), {"none": [{"one": ["a", "b", "c"]}]}, "sometimes"),
        (_chips("one", retired=("a",)), {"one": "a"}, "never"),
        (Step(id="one", kind="place", ask="?", required=True), {"one": "_elsewhere"}, "sometimes"),
        (Step(id="one", kind="person", ask="?", many=True), {"none": [{"one": ["_nobody", "_skip"]}]}, "sometimes"),
        (Step(id="one", kind="text", ask="?", required=True), {"answered": "one"}, "always"),
        (Step(id="one", kind="text", ask="?"), {"one": "_skip"}, "sometimes"),
        (Step(id="one", kind="date", ask="?"), {"one": {"within_days": 7}}, "sometimes"),
        (Step(id="one", kind="date", ask="?", required=True), {"one": {"within_days": 7}}, "sometimes"),
        (
            Step(id="one", kind="date", ask="?"),
            {"one": {"within_days": 7}, "none": [{"one": {"within_days": 30}}]},
            "never",
        ),
        (
            Step(id="one", kind="date", ask="?"),
            {"one": {"within_days": 30}, "none": [{"one": {"within_days": 7}}]},
            "sometimes",
        ),
        (Step(id="one", kind="text", ask="?", watch=("life", "home")), {"watch": "life"}, "sometimes"),
        (Step(id="one", kind="text", ask="?", watch=("life",)), {"none": [{"watch": "life"}]}, "sometimes"),
        (Step(id="one", kind="text", ask="?", watch=("home",)), {"none": [{"watch": "life"}]}, "always"),
    ],
)
def test_a_condition_can_hold_never_sometimes_or_always(step: Step, condition: Condition, found: str) -> None:
    assert _verdict(condition, step) == found


def test_a_condition_rests_on_what_its_steps_rest_on() -> None:
    steps = (ONE, _chips("two", only_if={"one": "a"}))

    assert _verdict({"two": "b", "one": "c"}, *steps) == "never"
    assert _verdict({"any": [{"answered": "two"}, {"none": [{"one": "a"}]}]}, *steps) == "always"


def test_a_text_that_comes_later_finds_nothing_yet() -> None:
    early, late = (Step(id=name, kind="text", ask="?", watch=("life",)) for name in ("early", "late"))
    later = {"watch": "life", "none": [{"late": "_skip"}]}
    flow = _flow(
        early, _say("then", {"watch": "life", "early": "_skip"}), late, _say("end", {**later, "early": "_skip"})
    )

    assert verdicts(flow)["then"] == "never"
    assert witness(new_flow_set({"talk": flow}), "talk", "end") == {
        "early": ("_skip",),
        "late": ("...",),
        "late._watch": ("life",),
    }
    assert before(flow, "then").steps.keys() == {"early"}
    assert behind(flow, [{"watch": "home"}]).keys() == {"early", "late"}


def test_a_condition_inside_a_section_is_weighed_in_its_talks_only() -> None:
    flow = _flow(ONE)

    assert verdict(flow, {"one": ["a", "b"]}, {"one": "a"}) == "always"
    assert verdict(flow, {"one": "b"}, {"one": "a"}) == "never"
    assert verdict(flow, {"one": "b"}, {"one": ["a", "b"]}) == "sometimes"


def test_too_many_combinations_are_not_proven() -> None:
    many = [Step(id=f"q{n}", kind="chips", ask="?", many=True, chips=dict.fromkeys("abcdefghi", "x")) for n in (1, 2)]
    never = {"all": [{"q1": {"all": list("abcdefghi")}}, {"q2": {"all": list("abcdefghi")}}, {"none": [{"q1": "a"}]}]}
    sixteen = Step(id="q", kind="chips", ask="?", many=True, chips=dict.fromkeys("abcdefghijklmnop", "x"))

    assert _verdict(never, *many) == "not proven"
    assert _verdict({"q": {"all": list("abcdefghijklmnop")}}, sixteen) == "not proven"
    flows = new_flow_set({"talk": _flow(sixteen, _say("end", {"q": {"all": list("abcdefghijklmnop")}}))})
    assert witness(flows, "talk", "end") is None


def test_facts_rest_on_the_rules_that_give_them() -> None:
    rules = (Rule(value="x", when={"one": "a"}), Rule(value="y", when={"two": "a"}), Rule(value="z"))
    flow = _flow(
        ONE, _chips("two"), categories=rules, urgency=(Rule(value="now", when={"category": "x"}), Rule(value="soon"))
    )

    assert behind(flow, [{"category": "x"}]) == {"one": {"a"}}
    assert behind(flow, [{"category": "z"}]) == {"one": {"a"}, "two": {"a"}}
    assert behind(flow, [{"urgency": "now"}]) == {"one": {"a"}}


def test_the_outcomes_of_a_few_answers_are_those_of_whole_talks() -> None:
    routes = (Route(to=("internal",), else_to=(), when={"one": "a"}), Route(to=("external",), else_to=()))
    flow = _flow(_chips("zero", required=True), ONE, routes=routes)

    found = [(path.answers["one"], outcome.to) for path, outcome in outcomes(flow, [{"one": "a"}])]

    assert found == [(("_skip",), ("external",)), (("a",), ("internal",))]


@pytest.mark.parametrize("name", ["branches", "rules", "real"])
def test_every_step_has_answers_that_lead_to_it(name: str) -> None:
    flows = flow_set(name)
    for flow in flows.flows.values():
        for step in flow.steps:
            answers = witness(flows, flow.id, step)
            assert answers is not None, step
            assert replay(flows, flow.id, answers).find(step), step


def test_a_step_in_a_detour_is_reached_through_each_detour_on_the_way() -> None:
    flows = flow_set("branches")

    assert witness(flows, "talk", "help.next") == {"danger": ("now_",)}
    assert witness(flows, "talk", "deeper.breathe") == {"danger": ("now_",), "help.next": ("again",)}


def test_a_step_in_a_detour_may_be_opened_by_a_word_or_by_being_unsure() -> None:
    story = Step(id="story", kind="text", ask="?", required=True, unsure=True, watch=("life",))
    opening = _flow(ONE, Step(**{**vars(story), "detour": {"life": "help", "_unsure": "more"}}))
    help_ = Flow(id="help", title="H", steps={"one": ONE, "end": _say("end", {"one": "a"})})
    more = Flow(id="more", title="M", steps={"end": _say("end", {})})
    flows = new_flow_set({"talk": opening, "help": help_, "more": more})

    assert witness(flows, "talk", "help.end") == {
        "one": ("_skip",),
        "story": ("...",),
        "story._watch": ("life",),
        "help.one": ("a",),
    }
    assert witness(flows, "talk", "more.end") == {"one": ("_skip",), "story": ("_unsure",)}


def test_the_answers_on_the_way_open_as_little_as_they_can() -> None:
    must = Step(id="must", kind="chips", ask="?", required=True, chips={"a": "A", "b": "B"}, detour={"a": "help"})
    date = Step(id="day", kind="date", ask="?", required=True)
    forced = Step(id="forced", kind="chips", ask="?", required=True, chips={"a": "A"}, detour={"a": "help"})
    flow = _flow(must, date, forced, _say("end", {}))
    flows = new_flow_set({"talk": flow, "help": Flow(id="help", title="H", steps={"one": MUST})})

    assert witness(flows, "talk", "end") == {
        "must": ("b",),
        "day": ("_longer_ago", "2026-01-30"),
        "forced": ("a",),
        "help.one": ("a",),
    }


@pytest.mark.parametrize("step_id", ["nowhere", "help.nowhere", "nowhere.call", "main.what"])
def test_what_is_not_there_has_no_answers_that_lead_to_it(step_id: str) -> None:
    assert witness(flow_set("branches"), "talk", step_id) is None


def test_what_nobody_can_meet_has_no_answers_that_lead_to_it() -> None:
    flow = _flow(ONE, _say("end", {"one": {"all": ["a", "b"]}}))
    lonely = Flow(id="lonely", title="L", steps={"one": ONE})

    assert witness(new_flow_set({"talk": flow}), "talk", "end") is None
    assert witness(new_flow_set({"talk": flow, "lonely": lonely}), "talk", "lonely.one") is None


def _subsets(many: bool) -> list[tuple[str, ...]]:
    return [each for size in range(1, len(CODES) + 1 if many else 2) for each in combinations(CODES, size)]


def _every_talk(flows: FlowSet, answers: Answers) -> Iterator[Path]:
    path = replay(flows, "talk", answers)
    if path.current is None:
        yield path
        return
    step = path.current.step
    for values in [*_subsets(step.many), *((code,) for code in step.constants)]:
        yield from _every_talk(flows, {**answers, path.current.id: values})


@st.composite
def _conditions(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> Condition:
    kinds = ["is", "of", "all", "answered", *(["any", "group", "none"] if depth else [])]
    kind = draw(st.sampled_from(kinds))
    codes = st.sampled_from((*CODES, "_skip"))
    name = draw(st.sampled_from(names))
    if kind in ("any", "group", "none"):
        parts = draw(st.lists(_conditions(names, depth - 1), min_size=1, max_size=2))
        return {"all" if kind == "group" else kind: parts}
    values: Mapping[str, Condition] = {
        "is": {name: draw(codes)},
        "of": {name: draw(st.lists(codes, min_size=1, max_size=3, unique=True))},
        "all": {name: {"all": draw(st.lists(codes, min_size=1, max_size=3, unique=True))}},
        "answered": {"answered": name},
    }
    return values[kind]


@st.composite
def _flows(draw: st.DrawFn) -> Flow:
    names = ("q1", "q2", "q3")
    steps: list[Step] = []
    for index, name in enumerate(names):
        only_if = draw(st.none() | _conditions(names[:index])) if index else None
        steps.append(_chips(name, many=draw(st.booleans()), required=draw(st.booleans()), only_if=only_if))
    return _flow(*steps, _say("end", draw(_conditions(names))))


@settings(max_examples=80, deadline=None)
@given(_flows())
def test_a_verdict_is_what_trying_every_answer_finds(flow: Flow) -> None:
    flows = new_flow_set({"talk": flow})
    talks = list(_every_talk(flows, {}))

    for step_id, found in verdicts(flow).items():
        met = {path.find(step_id) is not None for path in talks}
        assert found == {(True,): "always", (False,): "never"}.get(tuple(met), "sometimes")
        answers = witness(flows, "talk", step_id)
        assert (answers is not None) == (True in met)
        if answers is not None:
            assert replay(flows, "talk", answers).find(step_id)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_talk_meets_a_step_that_is_proven_hidden(data: st.DataObject) -> None:
    flows = flow_set("real")
    path = talk_on(data.draw, flows, "report", {})
    found = verdicts(flows.flows["report"])
    met = {each.id for each in path.steps}

    assert not any(found[step_id] == "never" for step_id in met if step_id in found)
    assert {step_id for step_id, kind in found.items() if kind == "always"} <= met


def test_every_combination_of_two_questions_is_tried_once() -> None:
    paths = [path.answers for path, _ in outcomes(_flow(ONE, _chips("two")), [{"one": "a", "two": ["b", "c"]}])]

    assert paths == [
        {"one": one, "two": two} for one, two in product([("_skip",), ("a",)], [("_skip",), ("b",), ("c",)])
    ]
