"""Paths and outcomes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.engine import Answers, outcome, replay
from tests.flows.talks import CONSTANTS, answers_to, flow_set, talk_on

TALKS = st.sampled_from([("branches", "talk"), ("rules", "main"), ("real", "report")])


def _path(answers: Answers) -> list[str]:
    return [each.id for each in replay(flow_set("branches"), "talk", answers).steps]


def test_a_path_stops_at_the_first_open_question() -> None:
    path = replay(flow_set("branches"), "talk", {"what": ("mean",)})

    assert [each.id for each in path.steps] == ["hello", "danger"]
    assert path.current is path.find("danger")
    assert path.answers == {}


def test_a_section_opens_with_its_own_condition_and_each_one_around_it() -> None:
    base = {"danger": ("past",), "what": ("weapon",)}

    assert _path({**base, "seen": ("saw",)})[3:] == ["seen", "spot"]
    assert _path({**base, "seen": ("heard",)})[3:] == ["seen", "who"]
    assert _path({**base, "seen": ("saw",), "spot": ("_elsewhere",)})[3:] == ["seen", "spot", "no_spot", "who"]


def test_an_answer_off_the_path_opens_nothing() -> None:
    kept = {"danger": ("past",), "what": ("mean",), "seen": ("saw",), "spot": ("gym",)}

    assert _path(kept) == ["hello", "danger", "what", "who"]
    assert "spot" not in replay(flow_set("branches"), "talk", kept).answers
    assert _path({**kept, "who": ("student",)})[-1] == "who"


def test_a_detour_opens_after_its_step_and_comes_back() -> None:
    assert _path({"danger": ("now_",)}) == ["hello", "danger", "help.call", "help.next"]
    inside = {"danger": ("now_",), "help.next": ("again",)}
    assert _path(inside)[-1] == "deeper.breathe"
    assert _path({**inside, "deeper.breathe": ("_skip",)})[-1] == "what"


def test_back_finds_the_question_before_and_passes_over_what_is_only_said() -> None:
    path = replay(flow_set("branches"), "talk", {"danger": ("now_",)})

    assert path.before("danger") is None
    assert path.before("nowhere") is None
    assert path.before("help.next") is path.find("danger")


@pytest.mark.parametrize(
    "values", [(), ("gone",), ("_skip",), ("now_", "past"), ("_unsure",), ("past", "_skip")], ids=str
)
def test_an_answer_that_no_longer_fits_is_asked_again(values: tuple[str, ...]) -> None:
    assert _path({"danger": values})[-1] == "danger"


@settings(max_examples=60, deadline=None)
@given(st.data(), TALKS)
def test_every_talk_ends_and_only_the_path_counts(data: st.DataObject, talk: tuple[str, str]) -> None:
    answers: dict[str, tuple[str, ...]] = {}
    path = talk_on(data.draw, flow_set(talk[0]), talk[1], answers)

    assert path.answers == answers
    assert outcome(flow_set(talk[0]), talk[1], answers).to


@settings(max_examples=60, deadline=None)
@given(st.data(), TALKS)
def test_back_and_the_same_answer_again_restore_the_path(data: st.DataObject, talk: tuple[str, str]) -> None:
    answers: dict[str, tuple[str, ...]] = {}
    flows = flow_set(talk[0])
    path = talk_on(data.draw, flows, talk[1], answers)
    last = data.draw(st.sampled_from(path.questions))
    while (earlier := path.before(last.id)) is not None:
        without = {step: values for step, values in answers.items() if step != earlier.id}
        assert replay(flows, talk[1], without).current == replay(flows, talk[1], without).find(earlier.id)
        last = earlier

    assert replay(flows, talk[1], dict(answers)) == path


@settings(max_examples=60, deadline=None)
@given(st.data(), TALKS)
def test_a_change_of_mind_leaves_no_answer_off_the_path(data: st.DataObject, talk: tuple[str, str]) -> None:
    kept: dict[str, tuple[str, ...]] = {}
    flows = flow_set(talk[0])
    first = talk_on(data.draw, flows, talk[1], kept)
    changed = data.draw(st.sampled_from(first.questions))
    before = dict(kept)
    kept[changed.id] = data.draw(answers_to(changed.step))
    path = talk_on(data.draw, flows, talk[1], kept)

    on_path = {each.id for each in path.steps}
    assert set(path.answers) <= on_path
    assert replay(flows, talk[1], path.answers) == path
    assert outcome(flows, talk[1], kept) == outcome(flows, talk[1], path.answers)
    kept[changed.id] = before[changed.id]
    assert replay(flows, talk[1], kept).answers == before
    assert not any(code in outcome(flows, talk[1], kept).excluded for code in CONSTANTS)


def test_categories_come_in_order_once_each_and_a_rule_without_when_only_if_none_held() -> None:
    flows = flow_set("rules")

    assert outcome(flows, "main", {"what": ("hit", "mean", "knife")}).categories == ("weapon", "violence")
    assert outcome(flows, "main", {"what": ("_skip",)}).categories == ("other",)


def test_routes_see_urgency_and_urgency_sees_categories() -> None:
    found = outcome(flow_set("rules"), "main", {"what": ("knife",), "who": ("anna", "_nobody")})

    assert (found.urgency, found.to, found.else_to, found.but_not) == (
        "now",
        ("external",),
        ("external",),
        ("internal",),
    )
    assert found.excluded == {"anna"}


def test_a_conversation_without_rules_goes_nowhere() -> None:
    found = outcome(flow_set("branches"), "help", {})

    assert (found.categories, found.urgency, found.to, found.else_to) == ((), "soon", (), ())


def test_the_outcome_tells_which_detours_were_opened() -> None:
    assert outcome(flow_set("branches"), "talk", {"danger": ("now_",), "help.next": ("again",)}).flags == {
        "help",
        "deeper",
    }
