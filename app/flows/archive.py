"""Keeps a version of the conversations as canonical JSON, so that an old report stays readable."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from app.flows.faults import Fault, FlowError
from app.flows.model import Flow, FlowSet

FORMAT = 1


def new_flow_set(flows: Mapping[str, Flow]) -> FlowSet:
    """Return *flows* as one version with its hash."""
    ordered = {name: flows[name] for name in sorted(flows)}
    return FlowSet(ordered, _hash(_dump(ordered)))


def dump_flows(flowset: FlowSet) -> str:
    """Write *flowset* as canonical JSON: keys sorted, no spaces, values left out where they are the default."""
    return _dump(flowset.flows)


def parse_flows(text: str) -> FlowSet:
    """Read what `dump_flows` wrote.

    Raises: FlowError.
    """
    try:
        kept = json.loads(text)
        found = kept["format"]
        flows = {flow["id"]: _read(flow) for flow in kept["flows"]}
    except (KeyError, TypeError, ValueError):
        raise _unreadable("they are damaged: restore them from a backup") from None
    if found != FORMAT:
        raise _unreadable(f"their format is {found}, not {FORMAT}: use the program that wrote them")
    return FlowSet(flows, _hash(text))


def _unreadable(message: str) -> FlowError:
    return FlowError([Fault("kept conversations", 1, "E00", message)])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _dump(flows: Mapping[str, Flow]) -> str:
    data = {"format": FORMAT, "flows": [_written(flow) for flow in flows.values()]}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _written(flow: Flow) -> dict[str, Any]:
    written = _without_defaults(flow)
    # Sorted keys would lose the order of steps and chips, which is part of what they say.
    written["steps"] = [
        {**_without_defaults(step), "chips": [[code, text] for code, text in step.chips.items()]}
        for step in flow.steps.values()
    ]
    for key in ("categories", "urgency", "routes"):
        written[key] = [_without_defaults(rule) for rule in getattr(flow, key)]
    if flow.refer:
        written["refer"] = [_without_defaults(rule) for rule in flow.refer]
    return written


def _without_defaults(value: Any) -> dict[str, Any]:
    """Leave out what is empty, so that a field added later does not change the hash of what has none."""
    fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
    return {name: item for name, item in fields if item}


def _read(kept: dict[str, Any]) -> Flow:
    steps = {step["id"]: {**step, "chips": dict(step["chips"])} for step in kept["steps"]}
    return _FLOW.validate_python({**kept, "steps": steps})


_FLOW = TypeAdapter(Flow)
