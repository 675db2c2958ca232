"""Old versions stay readable."""

import json
from pathlib import Path

import pytest

from app.flows.archive import dump_flows, parse_flows
from app.flows.engine import replay
from app.flows.loader import FlowError, load_flows
from app.settings import ROOT
from tests.flows.talks import DATA, flow_set


@pytest.mark.parametrize("name", ["branches", "rules", "real"])
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
