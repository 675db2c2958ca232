"""The lock: what was released is never taken away, and a version can be called back."""

from dataclasses import replace

import pytest

from app.flows.archive import new_flow_set
from app.flows.faults import FlowError
from app.flows.lock import Lock, Released, lock_faults, read_lock, renewed, write_lock
from app.flows.model import Flow, FlowSet, Step

SEEN = Step(id="seen", kind="chips", ask="Zag je het?", chips={"saw": "Ja", "heard": "Gehoord"})
STORY = Step(id="story", kind="text", ask="Wat is er gebeurd?")


def _flows(*steps: Step, retired: tuple[str, ...] = ()) -> FlowSet:
    flow = Flow(id="talk", title="Praten", steps={step.id: step for step in steps}, retired=retired)
    return new_flow_set({"talk": flow})


def _released(flows: FlowSet) -> Lock:
    return read_lock(write_lock(renewed(Lock(), flows)))


def _told(flows: FlowSet, lock: Lock) -> list[str]:
    return [str(fault) for fault in lock_faults(flows, replace(lock, version=flows.hash))]


def test_what_is_written_is_read_back() -> None:
    lock = replace(renewed(Lock(), _flows(SEEN, STORY)), recall={"abc": 'Het nummer was "oud": 112'})

    assert read_lock(write_lock(lock)) == lock
    assert write_lock(read_lock(write_lock(lock))) == write_lock(lock)


def test_a_lock_without_anything_is_read_back_too() -> None:
    assert read_lock(write_lock(Lock())) == Lock()
    assert read_lock("") == Lock()
    assert write_lock(Lock(released={"talk": {}})).endswith("released:\n")


def test_what_was_released_is_in_order() -> None:
    flows = _flows(SEEN, STORY)

    assert lock_faults(flows, _released(flows)) == ()


def test_a_changed_text_is_another_version_that_must_be_released() -> None:
    lock = _released(_flows(SEEN, STORY))
    changed = _flows(replace(SEEN, ask="Heb je het gezien?"), STORY)

    assert [str(fault)[:44] for fault in lock_faults(changed, lock)] == ["flows/flows.lock:2: [E51] the conversations "]
    assert lock_faults(changed, renewed(lock, changed)) == ()


@pytest.mark.parametrize(
    ("flows", "line", "message"),
    [
        (_flows(STORY), 5, '"talk > seen" was released and is gone'),
        (_flows(replace(SEEN, chips={"saw": "Ja"}), STORY), 5, '"heard" of "talk > seen" was released and is gone'),
        (_flows(replace(SEEN, kind="place"), STORY), 5, '"talk > seen" was released as chips and is place now'),
        (new_flow_set({}), 4, 'flow "talk" was released and is gone: bring talk.yaml back'),
    ],
    ids=["step", "code", "kind", "flow"],
)
def test_what_was_released_may_not_go_or_become_something_else(flows: FlowSet, line: int, message: str) -> None:
    told = _told(flows, _released(_flows(SEEN, STORY)))

    assert len(told) == 1
    assert told[0].startswith(f"flows/flows.lock:{line}: [E50] {message}")


def test_a_retired_step_may_be_gone_and_a_retired_code_stays() -> None:
    lock = _released(_flows(SEEN, STORY))
    retired = replace(SEEN, retired=("heard",))

    assert _told(_flows(retired, retired=("story",)), lock) == []


def test_renewing_adds_and_never_removes() -> None:
    lock = _released(_flows(SEEN, STORY))
    later = renewed(lock, _flows(replace(SEEN, chips={"saw": "Ja", "told": "Verteld"})))

    assert later.released["talk"] == {
        "seen": Released("chips", ("saw", "heard", "told")),
        "story": Released("text"),
    }


def test_renewing_does_not_hide_another_kind() -> None:
    changed = _flows(replace(SEEN, kind="place"))

    assert _told(changed, renewed(_released(_flows(SEEN)), changed))


def test_a_recalled_version_may_not_run() -> None:
    flows = _flows(SEEN)
    lock = replace(_released(flows), recall={flows.hash: "wrong number"})

    assert [fault.rule for fault in lock_faults(flows, lock)] == ["E51"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("- a", "flows/flows.lock:1: [E00] the lock takes a map"),
        ("recall: [a]", "flows/flows.lock:1: [E00] the lock takes a map"),
        ("versoin: a", 'flows/flows.lock:1: [E01] unknown key "versoin"'),
        ("released:\n  talk:\n    seen: chips", "flows/flows.lock:3: [E00] the lock takes a map"),
        ("released:\n  talk:\n    seen: {kind: chips, codes: saw}", 'flows/flows.lock:3: [E00] "codes" takes a list'),
    ],
)
def test_a_lock_that_cannot_be_read_is_refused_with_its_line(text: str, start: str) -> None:
    with pytest.raises(FlowError) as refused:
        read_lock(text)

    assert str(refused.value).startswith(start)
