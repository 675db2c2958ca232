"""Old versions stay readable."""

import json
from pathlib import Path

import pytest

from app.flows.archive import dump_flows, parse_flows
from app.flows.engine import replay, watch_key
from app.flows.loader import FlowError, load_flows
from app.settings import ROOT
from tests.flows.talks import DATA, flow_set


@pytest.mark.parametrize("name", ["branches", "rules", "whole", "real"])
def test_a_kept_version_comes_back_whole_and_in_order(name: str) -> None:
    flows = flow_set(name)

    again = parse_flows(dump_flows(flows))

    assert again == flows
    assert dump_flows(again) == dump_flows(flows)
    for flow_id, flow in flows.flows.items():
        assert list(again.flows[flow_id].steps) == list(flow.steps)
        assert replay(again, flow_id, {}) == replay(flows, flow_id, {})


def test_the_order_of_chips_is_kept() -> None:
    again = parse_flows(dump_flows(flow_set("real"))).flows["report"].steps["what"].chips

    assert list(again) == list(flow_set("real").flows["report"].steps["what"].chips)


def test_comments_and_notes_do_not_make_a_new_version_but_a_word_does(tmp_path: Path) -> None:
    text = (DATA / "rules" / "main.yaml").read_text()

    def hash_of(changed: str) -> str:
        (tmp_path / "main.yaml").write_text(changed)
        return load_flows(tmp_path).hash

    assert hash_of(text.replace("title: Main", "title: Main  # why\nnote: For translators.")) == hash_of(text)
    assert hash_of(text.replace("Hit", "Hits")) != hash_of(text)
    assert hash_of(text.replace("{hit: Hit, mean: Mean,", "{mean: Mean, hit: Hit,")) != hash_of(text)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":1,"flows":[{}]}', "null", '{"format":2,"flows":[]}', "\ud800"]
)
def test_a_damaged_version_is_refused(text: str) -> None:
    with pytest.raises(FlowError, match="kept conversations"):
        parse_flows(text)


def test_the_archive_is_plain_json_without_spaces() -> None:
    text = dump_flows(load_flows(ROOT / "flows"))

    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("branches", "eff245a265ef97a9fe36c26659543a7eb29e53066b3d1dbccdbba66ea8b8dd55"),
        ("rules", "ebdb0d2765155e8841bd2bef446e4eca8712e713dafea30c4574453c54dc1d28"),
    ],
)
def test_what_the_language_learned_since_leaves_the_version_of_others_alone(name: str, known: str) -> None:
    assert flow_set(name).hash == known


def test_the_first_version_that_was_ever_kept_is_still_read_and_written_the_same() -> None:
    text = (DATA / "kept" / "first-report.json").read_text()
    flows = parse_flows(text)

    assert flows.hash == "a242a9629318af7c43935f9acd6de8272672c251f8d99d524c60159fd4cfebfc"
    assert dump_flows(flows) == text
    assert replay(flows, "report", {"danger": ("not_now",), "what": ("_skip",)}).current
    assert flows.flows["report"].steps["what"].offered == flows.flows["report"].steps["what"].chips


def test_detours_open_in_the_same_order_from_the_archive() -> None:
    flows = flow_set("whole")
    answers = {
        "danger": ("past",),
        "story": ("words",),
        watch_key("story"): ("home", "life"),
        "crisis.next": ("_skip",),
    }

    again = parse_flows(dump_flows(flows))

    assert list(again.flows["main"].steps["story"].detour) != list(flows.flows["main"].steps["story"].detour)
    assert replay(again, "main", answers) == replay(flows, "main", answers)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pinned: true}", "pinned: false}"),
        ("place: true, switch: true}", "place: true}"),
        ("retired: [sometimes]", "retired: []"),
        ("retired: [once, long_ago]", "retired: [once]"),
        ("context: How often it was", "context: Of a habit"),
        ("within_days: 7}", "within_days: 8}"),
        ("- {to: [kindertelefoon]}", '- {to: ["112"]}'),
        ("question: wish}", "question: where}"),
        ("why: To weigh it", "why: To see it"),
        ("listen: ear}", "listen: eye}"),
    ],
)
def test_everything_that_is_written_counts_for_the_version(tmp_path: Path, old: str, new: str) -> None:
    for file in (DATA / "whole").iterdir():
        (tmp_path / file.name).write_text(file.read_text().replace(old, new))

    changed = load_flows(tmp_path)

    assert changed.hash != flow_set("whole").hash
    assert parse_flows(dump_flows(changed)) == changed
