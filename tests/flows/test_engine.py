"""Paths and outcomes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.engine import Answers, Path, outcome, replay, skip_rest, watch_key
from app.flows.model import Flow, FlowSet, Step
from tests.flows.talks import CONSTANTS, answers_to, flow_set, talk_on

TALKS = st.sampled_from([("branches", "talk"), ("rules", "main"), ("whole", "main"), ("real", "report")])
TOLD: Answers = {"danger": ("past",), "story": ("words",)}


def _path(answers: Answers) -> list[str]:
    return [each.id for each in replay(flow_set("branches"), "talk", answers).steps]


def _whole(answers: Answers) -> Path:
    return replay(flow_set("whole"), "main", answers)


def _ids(path: Path) -> list[str]:
    return [each.id for each in path.steps]


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
    assert set(path.answers) <= {*on_path, *map(watch_key, on_path)}
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


def test_a_topic_found_in_a_text_opens_its_detour_once_in_the_order_of_the_topics() -> None:
    path = _whole({**TOLD, watch_key("story"): ("home", "life")})

    assert _ids(path) == ["hello", "danger", "story", "crisis.call", "crisis.next"]
    path = _whole({**TOLD, watch_key("story"): ("home", "life"), "crisis.next": ("_skip",)})
    assert _ids(path)[-2:] == ["help.call", "help.own"]
    answers = {**path.answers, "help.own": ("more",), watch_key("help.own"): ("life",)}
    assert _ids(_whole(answers))[-2:] == ["help.own", "help.next"]


def test_words_that_look_like_a_topic_open_nothing() -> None:
    assert _ids(_whole({"danger": ("past",), "story": ("life",)}))[3:] == ["calm", "when"]


def test_a_condition_on_a_topic_holds_from_the_text_on_that_was_looked_at() -> None:
    found = {**TOLD, watch_key("story"): ("home",), "help.own": ("_skip",), "help.next": ("_skip",)}

    assert _ids(_whole({**TOLD, "more": ("words",)}))[3:] == ["calm", "when"]
    assert _ids(_whole(found))[-1] == "more"
    assert _ids(_whole({**found, "more": ("_skip",)}))[-2:] == ["calm", "when"]
    assert "calm" not in _ids(_whole({"danger": ("past",)}))


def test_topics_count_only_beside_a_text_on_the_path_that_watches_for_them() -> None:
    kept = {
        **TOLD,
        watch_key("story"): ("life", "weather"),
        watch_key("more"): ("home",),
        watch_key("danger"): ("life",),
    }
    path = _whole(kept)

    assert path.watch == {"life"}
    assert path.answers == {**TOLD, "story._watch": ("life",)}
    assert _whole({**kept, "story": ("_skip",)}).watch == frozenset()
    assert watch_key("story") not in _whole({**kept, "story": ("_skip",)}).answers


def test_an_unsure_text_opens_the_detour_of_being_unsure() -> None:
    doubt = Step(id="tell", kind="text", ask="?", unsure=True, watch=("life",), detour={"_unsure": "b", "life": "a"})
    flows = FlowSet({"t": Flow(id="t", title="T", steps={"tell": doubt}), **_said("a"), **_said("b")}, "")

    assert _ids(replay(flows, "t", {"tell": ("_unsure",), watch_key("tell"): ("life",)})) == ["tell", "b.said"]
    assert _ids(replay(flows, "t", {"tell": ("words",), watch_key("tell"): ("life",)})) == ["tell", "a.said"]


def _said(name: str) -> dict[str, Flow]:
    return {name: Flow(id=name, title=name, steps={"said": Step(id="said", say=name)})}


def test_a_retired_chip_still_answers_and_opens_what_it_opened() -> None:
    path = _whole({**TOLD, "when": ("_skip",), "often": ("sometimes",)})

    assert "seen" not in _ids(path)
    path = _whole({**TOLD, "when": ("2026-11-20", "2026-11-22"), "often": ("sometimes",)})
    assert _ids(path)[-4:] == ["fresh", "often", "seen", "where"]


def test_help_goes_along_by_every_rule_that_holds_each_card_once() -> None:
    rest = {"crisis.next": ("_skip",), "when": ("2026-11-20", "2026-11-22")}
    found = outcome(flow_set("whole"), "main", {**TOLD, **rest, watch_key("story"): ("life",)})

    assert found.help_ids == ("113", "kindertelefoon", "112")
    assert (found.urgency, found.watch, found.flags) == ("now", {"life"}, {"crisis"})
    assert outcome(flow_set("whole"), "main", TOLD).help_ids == ("kindertelefoon",)
    assert outcome(flow_set("rules"), "main", {}).help_ids == ()


def test_the_rest_can_be_skipped_once_nothing_open_must_be_answered() -> None:
    flows = flow_set("whole")

    assert skip_rest(flows, "main", {}) is None
    assert skip_rest(flows, "main", {"danger": ("past",)}) == {
        "danger": ("past",),
        **dict.fromkeys(("story", "when", "where", "wish"), ("_skip",)),
    }
    assert skip_rest(flow_set("branches"), "talk", {"danger": ("past",), "what": ("mean",)}) is None


@settings(max_examples=60, deadline=None)
@given(st.data(), TALKS, st.integers(0, 12))
def test_what_is_skipped_ends_the_talk_and_keeps_each_answer(
    data: st.DataObject, talk: tuple[str, str], taken: int
) -> None:
    whole: dict[str, tuple[str, ...]] = {}
    flows = flow_set(talk[0])
    talk_on(data.draw, flows, talk[1], whole)
    kept = dict(list(whole.items())[:taken])
    skipped = skip_rest(flows, talk[1], kept)

    if skipped is None:
        assert any(step.required for flow in flows.flows.values() for step in flow.steps.values())
        return
    assert replay(flows, talk[1], skipped).current is None
    assert skipped.items() >= kept.items()
    assert all(values == ("_skip",) for step, values in skipped.items() if step not in kept)
