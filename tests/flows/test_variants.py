"""The conversations as one school runs them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.archive import dump_flows, parse_flows
from app.flows.engine import outcome, replay, skip_rest
from app.flows.loader import FlowError
from app.flows.model import Flow, FlowSet, Route, Rule, Step
from app.flows.variants import SchoolParts, part_faults, switchable, with_parts
from tests.flows.talks import flow_set, talk_on

CHIPS = {"yes_": "Ja", "no_": "Nee"}
PARTS = SchoolParts(intro="Welkom.", ask="Was het na schooltijd?", chips=CHIPS, off=frozenset({"details"}))


def _faults(**parts: Any) -> list[str]:
    found = part_faults(flow_set("whole"), "main", SchoolParts(**parts))
    return [f"{fault.file}:{fault.line}: [{fault.rule}] {fault.message}" for fault in found]


def test_a_school_that_adds_nothing_runs_the_very_same_conversations() -> None:
    flows = flow_set("whole")

    assert with_parts(flows, "main", SchoolParts()) is flows


def test_a_school_says_and_asks_its_own_and_leaves_a_part_out() -> None:
    flows = flow_set("whole")
    changed = with_parts(flows, "main", PARTS)
    steps = changed.flows["main"].steps

    assert list(steps)[:3] == ["hello", "school_intro", "danger"]
    assert list(steps)[-3:] == ["where", "school_question", "wish"]
    assert {*flows.flows["main"].steps} - {*steps} == {"often", "seen"}
    assert steps["school_intro"] == Step(id="school_intro", say="Welkom.")
    question = steps["school_question"]
    assert (question.kind, question.ask, question.label, question.required) == ("chips", PARTS.ask, PARTS.ask, False)
    assert list(question.offered) == ["yes_", "no_"]


def test_the_conversations_of_a_school_are_a_version_of_their_own() -> None:
    flows = flow_set("whole")
    changed = with_parts(flows, "main", PARTS)

    assert changed.hash not in {flows.hash, with_parts(flows, "main", SchoolParts(intro="Welkom.")).hash}
    assert changed.hash == with_parts(flows, "main", PARTS).hash
    assert changed.flows["help"] is flows.flows["help"]
    again = parse_flows(dump_flows(changed))
    assert again == changed
    assert list(again.flows["main"].steps) == list(changed.flows["main"].steps)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from([PARTS, SchoolParts(intro="Hoi."), SchoolParts(off=frozenset({"where", "details"}))]))
def test_every_talk_of_a_school_ends_and_comes_to_a_reader(data: st.DataObject, parts: SchoolParts) -> None:
    answers: dict[str, tuple[str, ...]] = {}
    flows = with_parts(flow_set("whole"), "main", parts)
    path = talk_on(data.draw, flows, "main", answers)

    assert path.answers == answers
    assert replay(parse_flows(dump_flows(flows)), "main", answers) == path
    assert outcome(flows, "main", answers).to == ("internal",)
    assert skip_rest(flows, "main", answers) == answers


def test_a_slot_in_a_part_that_is_left_out_still_takes_the_question() -> None:
    step = Step(id="where", kind="place", ask="?", part="where")
    flow = Flow(id="t", title="T", steps={"where": step}, slots={"intro": "where", "question": "where"})
    parts = SchoolParts(intro="Hoi.", ask="Na school?", chips=CHIPS, off=frozenset({"where"}))

    changed = with_parts(FlowSet({"t": flow}, ""), "t", parts)

    assert list(changed.flows["t"].steps) == ["school_question", "school_intro"]


def test_faulty_parts_are_refused_with_every_fault() -> None:
    parts = SchoolParts(intro="Dit blijft geheim.", off=frozenset({"danger"}))

    with pytest.raises(FlowError) as refused:
        with_parts(flow_set("whole"), "main", parts)

    assert [fault.rule for fault in refused.value.faults] == ["E61", "E60"]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"off": frozenset({"detail"})}, 'off:1: [E60] unknown part "detail": did you mean "details"?'),
        ({"off": frozenset({"danger"})}, 'off:1: [E60] unknown part "danger": known are details, where'),
        ({"intro": "Bel 070-123 45 67."}, 'intro:1: [E61] "say" has a number like'),
        ({"intro": "Wij zijn 100 % anoniem."}, 'intro:1: [E61] "say" promises too much'),
        ({"intro": "x" * 241}, "intro:1: [E61] it has 241 characters: write at most 240"),
        ({"intro": "Hoi\4daar"}, "intro:1: [E61] it has a sign that nobody sees: type it again"),
        ({"intro": " Hoi"}, "intro:1: [E61] "),
        ({"ask": "x" * 161, "chips": CHIPS}, "ask:1: [E61] it has 161 characters: write at most 160"),
        ({"ask": "Na\nschool?", "chips": CHIPS}, "ask:1: [E61] it has a sign that nobody sees"),
        ({"ask": "Hoe heet je?", "chips": CHIPS}, 'ask:1: [E62] the question asks for "'),
        ({"ask": "Na school?"}, "chips:1: [E61] a question has 2 to 7 answers, not 0"),
        ({"ask": "Na school?", "chips": {"a": "A"}}, "chips:1: [E61] a question has 2 to 7 answers, not 1"),
        (
            {"ask": "A?", "chips": {f"c{n}": "C" for n in range(8)}},
            "chips:1: [E61] a question has 2 to 7 answers, not 8",
        ),
        ({"chips": CHIPS}, "ask:1: [E61] there are answers but no question"),
        ({"ask": "A?", "chips": {"a": "A", "b": "x" * 61}}, "chips:2: [E61] it has 61 characters: write at most 60"),
        ({"ask": "A?", "chips": {"a": "A", "b": ""}}, "chips:2: [E61] "),
        ({"ask": "A?", "chips": {"_a": "A", "b": "B"}}, 'chips:1: [E61] "_a" cannot be a code: use a-z, 0-9 and _'),
        ({"ask": "A?", "chips": {"a": "A", "no": "B"}}, 'chips:2: [E61] "no" cannot be a code'),
        ({"ask": "A?", "chips": {"a": "A", "any": "B"}}, 'chips:2: [E61] "any" cannot be a code'),
    ],
)
def test_what_no_student_should_read_is_named_by_its_field(parts: dict[str, Any], fault: str) -> None:
    (found,) = _faults(**parts)

    assert found.startswith(fault)


def test_as_much_as_may_be_is_taken() -> None:
    chips = {f"c{number}": "x" * 60 for number in range(7)}

    assert _faults(intro="Hoi.\n" + "x" * 235, ask="x" * 160, chips=chips, off=frozenset({"where", "details"})) == []


def test_a_conversation_without_slots_takes_nothing_of_a_school() -> None:
    found = part_faults(flow_set("rules"), "main", SchoolParts(intro="Hoi.", ask="Na school?", chips=CHIPS))

    assert [(fault.file, fault.rule) for fault in found] == [("intro", "E60"), ("ask", "E60")]


def _flow(*steps: Step, urgency: tuple[Rule, ...] = (), routes: tuple[Route, ...] = ()) -> Flow:
    return Flow(id="t", title="T", steps={step.id: step for step in steps}, urgency=urgency, routes=routes)


ASKED = Step(id="who", kind="chips", ask="?", chips={"staff": "S"}, part="part")


@pytest.mark.parametrize(
    "flow",
    [
        _flow(Step(id="a", kind="chips", ask="?", chips={"x": "X"}, detour={"x": "b"}, part="part")),
        _flow(Step(id="a", kind="text", ask="?", watch=("life",), part="part")),
        _flow(Step(id="a", say="A", help=("112",), part="part")),
        _flow(Step(id="a", kind="place", ask="?", required=True, part="part")),
        _flow(Step(id="a", kind="person", ask="?", part="part")),
        _flow(ASKED, Step(id="a", kind="person", ask="?", only_if={"who": "staff"})),
        _flow(
            ASKED,
            Step(id="b", kind="place", ask="?", only_if={"who": "staff"}),
            Step(id="a", say="A", help=("112",), only_if={"answered": "b"}),
        ),
        _flow(ASKED, urgency=(Rule(value="now", when={"any": [{"who": "staff"}]}), Rule(value="soon"))),
        _flow(ASKED, routes=(Route(to=("external",), else_to=("internal",), when={"none": [{"who": "staff"}]}),)),
    ],
    ids=["detour", "watch", "help", "required", "person", "before", "far before", "urgency", "routes"],
)
def test_a_part_that_safety_rests_on_stays(flow: Flow) -> None:
    (fault,) = part_faults(FlowSet({"t": flow}, ""), "t", SchoolParts(off=frozenset({"part"})))

    assert switchable(flow) == ()
    assert (fault.file, fault.rule) == ("off", "E60")
    assert fault.message.startswith('"part" keeps a student safe, or who reads it and when rests on it: keep it on')
