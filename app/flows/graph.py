"""A conversation as a drawing (Mermaid, DOT) or a table, each as plain text."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.flows.conditions import as_list
from app.flows.mentions import named
from app.flows.model import Condition, Flow, Step
from app.flows.sentences import chip_text, plain, sentence, words

END = "_end"


@dataclass(frozen=True)
class Row:
    """One step as a table tells it."""

    step: str
    text: str
    shown_when: str
    answers: tuple[str, ...]
    leads_to: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """From one step to one that may come right after it, or to a flow that opens in between."""

    start: str
    end: str
    words: str = ""
    is_detour: bool = False


@dataclass(frozen=True)
class Section:
    """Steps in a row that share a condition; one step alone is no section."""

    words: str
    steps: tuple[str, ...]


def rows(flow: Flow) -> tuple[Row, ...]:
    """Return *flow* as a table: what is said or asked, when, which answers there are and where each leads."""
    return tuple(
        Row(
            step=step.id,
            text=plain(step.ask or step.say),
            shown_when=sentence(step.only_if, flow),
            answers=_answers(step),
            leads_to=tuple(_leads(flow, step)),
        )
        for step in flow.steps.values()
    )


def table(flow: Flow) -> str:
    """Write `rows` as a Markdown table."""
    lines = [("stap", "tekst", "te zien", "antwoorden", "leidt naar"), ("---",) * 5]
    lines += [
        (each.step, each.text, each.shown_when, "; ".join(each.answers), "; ".join(each.leads_to))
        for each in rows(flow)
    ]
    written = (" | ".join(re.sub(r"([|\\])", r"\\\1", cell) for cell in line) for line in lines)
    return f"# {plain(flow.title)}\n\n" + "".join(f"| {line} |\n" for line in written)


def mermaid(flow: Flow) -> str:
    """Write *flow* as a Mermaid flowchart: sections as subgraphs, conditions on the edges, detours dotted."""
    lines = ["flowchart TD"]
    for number, section in enumerate(sections(flow)):
        lines += [f'  subgraph part_{number}["{_mermaid(section.words)}"]'] if section.words else []
        lines += [f"    {_mermaid_node(flow.steps[step])}" for step in section.steps]
        lines += ["  end"] if section.words else []
    ending = _mermaid(plain(flow.end) or "einde")
    lines += [f'  {END}(["{ending}"])']
    lines += [f'  flow_{target}[["{target}"]]' for target in dict.fromkeys(_targets(flow))]
    lines += [f"  {_mermaid_edge(edge)}" for edge in edges(flow)]
    return "\n".join(lines) + "\n"


def dot(flow: Flow) -> str:
    """Write *flow* in the DOT language of Graphviz, drawn as `mermaid` draws it."""
    lines = [f"digraph {_dot(flow.id)} {{"]
    for number, section in enumerate(sections(flow)):
        lines += [f"  subgraph cluster_{number} {{ label={_dot(section.words)};"] if section.words else []
        lines += [f"    {_dot(step)} [label={_dot(_label(flow.steps[step]))} shape=box];" for step in section.steps]
        lines += ["  }"] if section.words else []
    lines += [f"  {_dot(END)} [label={_dot(plain(flow.end) or 'einde')} shape=oval];"]
    lines += [f"  {_dot(f'flow {target}')} [label={_dot(target)}];" for target in dict.fromkeys(_targets(flow))]
    lines += [f"  {_dot_edge(edge)}" for edge in edges(flow)]
    return "\n".join([*lines, "}"]) + "\n"


def sections(flow: Flow) -> tuple[Section, ...]:
    """Return all steps in order, those in a row that share their outermost condition together."""
    found: list[tuple[Condition | None, list[str]]] = []
    for step in flow.steps.values():
        outer = _outermost(step)
        if found and outer and found[-1][0] == outer:
            found[-1][1].append(step.id)
        else:
            found.append((outer, [step.id]))
    return tuple(
        Section(sentence(outer, flow) if outer and len(steps) > 1 else "", tuple(steps)) for outer, steps in found
    )


def edges(flow: Flow) -> tuple[Edge, ...]:
    """Return what follows what: a step with a condition leaves the line of those without, and comes back to it."""
    found: list[Edge] = []
    ends: list[str] = []
    for section in sections(flow):
        steps = [flow.steps[step] for step in section.steps]
        if steps[0].only_if:
            inside, left = _branch(flow, steps, ends[0])
            found += inside
            ends += left
        else:
            found += [Edge(end, steps[0].id) for end in ends]
            ends = [steps[0].id]
    detours = (Edge(step.id, to, said, is_detour=True) for step in flow.steps.values() for said, to in _detours(step))
    return (*found, *(Edge(end, END) for end in ends), *detours)


def _branch(flow: Flow, steps: list[Step], spine: str) -> tuple[list[Edge], list[str]]:
    """Return the edges into and inside a section that comes after *spine*, and the steps after which it may be over."""
    outer = _outermost(steps[0]) or {}
    found: list[Edge] = []
    ends: list[str] = []
    is_inside = False
    for step in steps:
        inner = _inner(step, outer)
        if condition := inner if is_inside else step.only_if:
            # Around several steps the section says it already.
            said = words(condition, flow) if inner or len(steps) == 1 else ""
            found.append(Edge(_source(flow, step, condition, spine), step.id, said))
        if not inner:
            found += [Edge(end, step.id) for end in ends]
            ends, spine, is_inside = [], step.id, True
        ends.append(step.id)
    return found, ends


def _inner(step: Step, outer: Condition) -> Condition:
    """Return the condition that *step* has inside the section whose condition is *outer*."""
    condition, inside = step.only_if or {}, []
    while condition != outer:
        condition, last = condition["all"]
        inside.append(last)
    return {"all": inside[::-1]} if len(inside) > 1 else inside[0] if inside else {}


def _source(flow: Flow, step: Step, condition: Condition, spine: str) -> str:
    """Return the last question before *step* that *condition* asks about, or *spine* when that comes later."""
    names = {spine, *(name for name, _ in named(condition))}
    earlier = itertools.takewhile(lambda each: each.id != step.id, flow.steps.values())
    return [each.id for each in earlier if each.id in names or (each.watch and "watch" in names)][-1]


def _answers(step: Step) -> tuple[str, ...]:
    if step.kind == "chips":
        return (*(plain(text) for text in step.offered.values()), *(chip_text(step, it) for it in step.constants))
    kinds = {"text": "eigen woorden", "place": "een plek", "person": "iemand die meeleest", "date": "een dag"}
    return (kinds[step.kind], *(chip_text(step, code) for code in step.constants)) if step.is_question else ()


def _leads(flow: Flow, step: Step) -> Iterator[str]:
    for said, target in _detours(step):
        yield f"{said} > {target}"
    for later in flow.steps.values():
        for code in _mentioned(later.only_if or {}, step.id):
            yield f"{chip_text(step, code)} > {later.id}"


def _detours(step: Step) -> Iterator[tuple[str, str]]:
    for code, target in step.detour.items():
        yield chip_text(step, code), target


def _targets(flow: Flow) -> Iterator[str]:
    for step in flow.steps.values():
        yield from step.detour.values()


def _mentioned(condition: Condition, step_id: str) -> Iterator[str]:
    """Yield the codes of *step_id* that open a step with *condition*; what closes it is left to the sentence."""
    for key, value in condition.items():
        if key in ("all", "any"):
            for part in value:
                yield from _mentioned(part, step_id)
        elif key == step_id:
            yield from (value.get("all", ()) if isinstance(value, dict) else as_list(value))


def _outermost(step: Step) -> Condition | None:
    """Return the condition of the section around *step*, which stands first in what was folded, or its own."""
    condition = step.only_if
    while condition and list(condition) == ["all"] and len(condition["all"]) == 2:  # noqa: PLR2004 -- outer and inner
        condition = condition["all"][0]
    return condition


def _label(step: Step) -> str:
    return plain(step.ask or step.say)


def _mermaid(text: str) -> str:
    return " ".join(text.replace("#", "#35;").replace('"', "#quot;").split())


def _mermaid_node(step: Step) -> str:
    left, right = ("{{", "}}") if step.is_question else ("(", ")")
    return f'{step.id}_{left}"{_mermaid(_label(step))}"{right}'


def _mermaid_edge(edge: Edge) -> str:
    said = f'|"{_mermaid(edge.words)}"|' if edge.words else ""
    end = f"flow_{edge.end}" if edge.is_detour else edge.end if edge.end == END else f"{edge.end}_"
    return f"{edge.start}_ {'-.->' if edge.is_detour else '-->'}{said} {end}"


def _dot(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dot_edge(edge: Edge) -> str:
    given = [f"label={_dot(edge.words)}"] if edge.words else []
    given += ["style=dotted"] if edge.is_detour else []
    end = f"flow {edge.end}" if edge.is_detour else edge.end
    return f"{_dot(edge.start)} -> {_dot(end)} [{' '.join(given)}];"
