"""The conversations as one school runs them: with its own bubble and question, without what it leaves out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.flows.archive import new_flow_set
from app.flows.building import NAME
from app.flows.checking_people import identifying
from app.flows.checking_texts import check_texts
from app.flows.conditions import RESERVED
from app.flows.faults import Fault, FlowError, cure
from app.flows.mentions import behind
from app.flows.model import SCHOOL_INTRO, SCHOOL_QUESTION, Flow, FlowSet, Step
from app.flows.reading import AMBIGUOUS, UNSEEN, Document

MOST_INTRO = 240
MOST_ASK = 160
MOST_CHIP = 60
"""Characters (code points)."""
CHIPS = range(2, 8)
"""How many answers a school's own question may have."""


@dataclass(frozen=True)
class SchoolParts:
    """What a school adds and leaves out: *chips* is code to text in order, *off* the ids of parts."""

    intro: str = ""
    ask: str = ""
    chips: Mapping[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()


def switchable(flow: Flow) -> tuple[str, ...]:
    """Return the ids of the parts that a school may switch off, in order.

    A part stays when it keeps a student safe, or when that, the readers or the urgency rest on an answer in it.
    """
    staying = [step for step in flow.steps.values() if _keeps_safe(step)]
    rules = [*(rule.when for rule in flow.urgency), *(route.when for route in flow.routes)]
    needed = {*behind(flow, [*rules, *(step.only_if or {} for step in staying)]), *(step.id for step in staying)}
    kept = {flow.steps[name].part for name in needed}
    return tuple(dict.fromkeys(step.part for step in flow.steps.values() if step.part and step.part not in kept))


def with_parts(flows: FlowSet, flow_id: str, parts: SchoolParts) -> FlowSet:
    """Return *flows* with the parts of a school in flow *flow_id*, as a version of its own; *flows* without any.

    Raises: FlowError, with what `part_faults` finds; KeyError when there is no such flow.
    """
    if parts == SchoolParts():
        return flows
    if faults := part_faults(flows, flow_id, parts):
        raise FlowError(faults)
    flow = flows.flows[flow_id]
    steps = {step.id: step for step in _steps(flow, parts)}
    return new_flow_set({**flows.flows, flow_id: replace(flow, steps=steps)})


def part_faults(flows: FlowSet, flow_id: str, parts: SchoolParts) -> tuple[Fault, ...]:
    """Return what is wrong with *parts*; a fault's `file` is the name of the field, its line counts chips from 1.

    Raises: KeyError when there is no such flow.
    """
    flow = flows.flows[flow_id]
    return (*_off_faults(flow, parts), *_slot_faults(flow, parts), *_text_faults(parts), *_question_faults(parts))


def _keeps_safe(step: Step) -> bool:
    return bool(step.detour or step.watch or step.help or step.required or step.kind == "person")


def _steps(flow: Flow, parts: SchoolParts) -> Iterator[Step]:
    intro = Step(id=SCHOOL_INTRO, say=parts.intro)
    question = Step(id=SCHOOL_QUESTION, kind="chips", ask=parts.ask, label=parts.ask, chips=parts.chips)
    for step in flow.steps.values():
        if parts.ask and step.id == flow.slots["question"]:
            yield question
        if step.part not in parts.off:
            yield step
        if parts.intro and step.id == flow.slots["intro"]:
            yield intro


def _off_faults(flow: Flow, parts: SchoolParts) -> Iterator[Fault]:
    may_go = switchable(flow)
    known = {step.part for step in flow.steps.values() if step.part}
    for name in sorted(parts.off.difference(may_go)):
        if name in known:
            message = f'"{name}" keeps a student safe, or who reads it and when rests on it: keep it on'
        else:
            ending = cure(name, may_go, f"known are {', '.join(may_go) or 'none'}")
            message = f'unknown part "{name}": {ending}'
        yield Fault("off", 1, "E60", message)


def _slot_faults(flow: Flow, parts: SchoolParts) -> Iterator[Fault]:
    for name, slot, text in (("intro", "intro", parts.intro), ("ask", "question", parts.ask)):
        if text and slot not in flow.slots:
            yield Fault(name, 1, "E60", f'"{flow.id}" has no place for it: add {slot} to the slots of the conversation')


def _text_faults(parts: SchoolParts) -> Iterator[Fault]:
    lines = [(("intro", 1, MOST_INTRO), parts.intro), (("ask", 1, MOST_ASK), parts.ask)]
    chips = [(("chips", number, MOST_CHIP), text) for number, text in enumerate(parts.chips.values(), start=1)]
    for (name, number, most), text in (*(line for line in lines if line[1]), *chips):
        document = Document(name, {"say": text}, {("say",): number})
        check_texts(document)
        yield from (replace(fault, rule="E61") for fault in document.faults if fault.severity == "error")
        if len(text) > most:
            yield Fault(name, number, "E61", f"it has {len(text)} characters: write at most {most}")
        if UNSEEN.search(text if name == "intro" else text.replace("\n", "\r")):
            yield Fault(name, number, "E61", "it has a sign that nobody sees: type it again")


def _question_faults(parts: SchoolParts) -> Iterator[Fault]:
    if (parts.ask or parts.chips) and len(parts.chips) not in CHIPS:
        message = f"a question has {CHIPS[0]} to {CHIPS[-1]} answers, not {len(parts.chips)}: add some or remove some"
        yield Fault("chips", 1, "E61", message)
    if parts.chips and not parts.ask:
        yield Fault("ask", 1, "E61", "there are answers but no question: write one or remove the answers")
    for number, code in enumerate(parts.chips, start=1):
        if code in RESERVED or not NAME.fullmatch(code) or AMBIGUOUS.fullmatch(code):
            yield Fault("chips", number, "E61", f'"{code}" cannot be a code: use a-z, 0-9 and _, a letter first')
    if word := identifying(parts.ask):
        message = f'the question asks for "{word}", which may tell who somebody is: ask less or leave it out'
        yield Fault("ask", 1, "E62", message)
