"""What was released once: ids and codes that old reports name, never taken away and never used for something else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.flows.faults import Fault, FlowError
from app.flows.model import Flow, FlowSet, Step
from app.flows.reading import Document, Location, read

FILE = "flows/flows.lock"
CURE = "run `flask flows lock`"
_KEYS = ("version", "recall", "released")


@dataclass(frozen=True)
class Released:
    """What a step was when it was released."""

    kind: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lock:
    """The version that is released, those that are recalled with the reason, and every step that ever was released."""

    version: str = ""
    recall: Mapping[str, str] = field(default_factory=dict)
    released: Mapping[str, Mapping[str, Released]] = field(default_factory=dict)
    file: str = field(default=FILE, compare=False)
    lines: Mapping[Location, int] = field(default_factory=dict, compare=False)


def read_lock(text: str, file: str = FILE) -> Lock:
    """Read what `write_lock` wrote, or what a person changed in it.

    Raises: FlowError.
    """
    document = read(file, text.encode())
    data = _part(document, document.data or {}, ())
    for key in sorted(data.keys() - set(_KEYS)):
        document.fault((key,), "E01", f'unknown key "{key}": known here are {", ".join(_KEYS)}')
    lock = Lock(
        version=str(data.get("version", "")),
        recall={name: str(reason) for name, reason in _part(document, data.get("recall", {}), ("recall",)).items()},
        released=_released(document, data.get("released", {})),
        file=file,
        lines=document.lines,
    )
    if document.faults:
        raise FlowError(document.faults)
    return lock


def _released(document: Document, data: Any) -> dict[str, dict[str, Released]]:
    place: Location = ("released",)
    return {
        flow_id: {
            step_id: _one(document, kept, (*place, flow_id, step_id))
            for step_id, kept in _part(document, steps, (*place, flow_id)).items()
        }
        for flow_id, steps in _part(document, data, place).items()
    }


def _one(document: Document, kept: Any, place: Location) -> Released:
    data = _part(document, kept, place)
    codes = data.get("codes", [])
    if not isinstance(codes, list):
        document.fault((*place, "codes"), "E00", f'"codes" takes a list: {CURE}')
        codes = []
    return Released(str(data.get("kind", "")), tuple(map(str, codes)))


def _part(document: Document, data: Any, place: Location) -> dict[str, Any]:
    if isinstance(data, dict):
        return data
    document.fault(place, "E00", f"the lock takes a map of names and values here: {CURE}")
    return {}


def write_lock(lock: Lock) -> str:
    """Write *lock* as a file that `read_lock` reads back, always in the same way."""
    lines = ["# What was released: written by `flask flows lock`. Never remove a line; add to recall by hand."]
    lines += [f"version: {json.dumps(lock.version)}"]
    lines += ["recall:"] if lock.recall else []
    lines += [f"  {json.dumps(name)}: {json.dumps(reason, ensure_ascii=False)}" for name, reason in lock.recall.items()]
    lines += ["released:"] if lock.released else []
    for flow_id, steps in lock.released.items():
        lines += [f"  {flow_id}:"] if steps else []
        lines += [f"    {step_id}: {_written(kept)}" for step_id, kept in steps.items()]
    return "\n".join(lines) + "\n"


def _written(kept: Released) -> str:
    codes = f", codes: [{', '.join(kept.codes)}]" if kept.codes else ""
    return f"{{kind: {kept.kind}{codes}}}"


def lock_faults(flows: FlowSet, lock: Lock) -> tuple[Fault, ...]:
    """Return a fault for each thing that *lock* holds and *flows* have lost (E50), and for a lock that is old (E51)."""
    faults = [Fault(lock.file, _line(lock, place), "E50", message) for place, message in _lost(flows, lock)]
    if lock.version != flows.hash:
        message = f"the conversations are version {flows.hash[:12]}, not the one that was released: {CURE}"
        faults.append(Fault(lock.file, _line(lock, ("version",)), "E51", message))
    if flows.hash in lock.recall:
        message = "the version that runs is recalled: change what was wrong in it, or remove it from recall"
        faults.append(Fault(lock.file, _line(lock, ("recall", flows.hash)), "E51", message))
    return tuple(sorted(faults))


def renewed(lock: Lock, flows: FlowSet) -> Lock:
    """Return *lock* with *flows* as the version that is released; it adds what is new and never removes anything."""
    released = {name: dict(steps) for name, steps in lock.released.items()}
    for flow in flows.flows.values():
        steps = released.setdefault(flow.id, {})
        for step in flow.steps.values():
            known = steps.get(step.id, Released(step.kind))
            steps[step.id] = Released(known.kind, tuple(dict.fromkeys([*known.codes, *step.chips])))
    return Lock(flows.hash, lock.recall, released, lock.file)


def _line(lock: Lock, place: Location) -> int:
    return Document(lock.file, lines=dict(lock.lines)).line(place)


def _lost(flows: FlowSet, lock: Lock) -> Iterator[tuple[Location, str]]:
    for flow_id, steps in lock.released.items():
        place: Location = ("released", flow_id)
        flow = flows.flows.get(flow_id)
        if flow is None:
            yield place, f'flow "{flow_id}" was released and is gone: bring {flow_id}.yaml back'
            continue
        for step_id, kept in steps.items():
            yield from (((*place, step_id), message) for message in _lost_of(flow, step_id, kept))


def _lost_of(flow: Flow, step_id: str, kept: Released) -> Iterator[str]:
    name = f"{flow.id} > {step_id}"
    step = flow.steps.get(step_id)
    if step is None:
        if step_id not in flow.retired:
            yield f'"{name}" was released and is gone: bring it back, or name it under retired of the file'
    elif step.kind != kept.kind:
        yield f'"{name}" was released as {kept.kind} and is {step.kind} now: give the new step another id'
    else:
        yield from _lost_codes(name, step, kept)


def _lost_codes(name: str, step: Step, kept: Released) -> Iterator[str]:
    for code in kept.codes:
        if code not in step.chips:
            yield f'"{code}" of "{name}" was released and is gone: bring it back, and name it under retired of the step'
