"""A whole talk as a table: what each step says, when it is shown, what can be answered and what that leads to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.flows.mentions import named
from app.flows.model import Condition, Flow, FlowSet, Route, Step
from app.i18n.formats import format_list
from app.i18n.translate import gettext as _
from app.talks.preview import Piece, Tongue
from app.talks.preview_conditions import Rule, rules_of
from app.talks.queries import MAIN
from app.talks.wording import CONSTANTS, KINDS, code_label, either, fact_labels, quoted, role_labels, step_name


@dataclass(frozen=True)
class Answer:
    """Something that can be answered; *code* is empty where the answer has none."""

    code: str
    piece: Piece
    pictogram: str = ""
    """Name of the drawing beside it, where there is one."""


@dataclass(frozen=True)
class Lead:
    """What an answer leads to, with the steps or talks that it is about as (address within the page, name)."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One step."""

    flow_id: str
    step_id: str
    name: str
    texts: tuple[Piece, ...]
    label: Piece | None
    """Its short name on the review and for the adviser."""
    why: Piece | None
    shown_when: tuple[Rule, ...]
    answers: tuple[Answer, ...]
    leads_to: tuple[Lead, ...]
    help_ids: tuple[str, ...]
    is_question: bool
    is_required: bool
    may_be_off: bool
    is_pinned: bool

    @property
    def anchor(self) -> str:
        """Return the id of the row within the page."""
        return f"{self.flow_id}.{self.step_id}"


@dataclass(frozen=True)
class Table:
    """One flow."""

    id: str
    title: Piece
    rows: tuple[Row, ...]
    end: Piece | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return every text of the flow."""
        texts = (
            text for row in self.rows for text in (*row.texts, row.label, row.why, *(one.piece for one in row.answers))
        )
        return tuple(text for text in (self.title, *texts, self.end) if text)


@dataclass(frozen=True)
class Decision:
    """A rule of the talk: what comes when which sentences hold."""

    what: str
    when: tuple[Rule, ...]


def tables_of(flows: FlowSet, tongue: Tongue) -> tuple[Table, ...]:
    """Return every flow, the one that a student begins with first."""
    ordered = sorted(flows.flows.values(), key=lambda flow: flow.id != MAIN)
    return tuple(_table_of(flow, flows, tongue) for flow in ordered)


def _table_of(flow: Flow, flows: FlowSet, tongue: Tongue) -> Table:
    rows = tuple(row_of(flow, step, flows, tongue) for step in flow.steps.values())
    return Table(flow.id, tongue.say(flow.title), rows, tongue.say(flow.end) if flow.end else None)


def row_of(flow: Flow, step: Step, flows: FlowSet, tongue: Tongue) -> Row:
    """Return one step of *flow*."""
    return Row(
        flow_id=flow.id,
        step_id=step.id,
        name=step_name(step),
        texts=tuple(tongue.say(text, step.id) for text in (step.say, step.ask, step.hint, step.caution) if text),
        label=tongue.say(step.label, step.id) if step.label else None,
        why=tongue.say(step.why, step.id) if step.why else None,
        shown_when=rules_of(step.only_if, flow.steps),
        answers=tuple(_answers(step, tongue)),
        leads_to=tuple(_leads(flow, step, flows)),
        help_ids=step.help,
        is_question=step.is_question,
        is_required=step.required,
        may_be_off=bool(step.part),
        is_pinned=step.pinned,
    )


def _answers(step: Step, tongue: Tongue) -> Iterator[Answer]:
    for code, text in step.offered.items():
        yield Answer(code, tongue.say(text, step.id), step.pictograms.get(code, ""))
    if step.kind in KINDS:
        yield Answer("", tongue.say(KINDS[step.kind][:]))
    yield from (Answer(code, tongue.say(CONSTANTS[code][:])) for code in step.constants if step.is_question)


def _leads(flow: Flow, step: Step, flows: FlowSet) -> Iterator[Lead]:
    for target in dict.fromkeys(step.detour.values()):
        codes = [code for code, leads_to in step.detour.items() if leads_to == target]
        yield Lead(_detour_text(step, codes), ((target, _(flows.flows[target].title)),))
    asked = {step.id, *(["watch"] if step.watch else [])}
    followers = [other for other in flow.steps.values() if asked & _named_in([other.only_if])]
    if followers:
        links = tuple((f"{flow.id}.{other.id}", step_name(other)) for other in followers)
        yield Lead(_("Bepaalt mee of dit komt:"), links)
    if counts := list(_counts_for(flow, step, asked)):
        yield Lead(_("Telt mee voor: %(what)s", what=format_list(counts)))


def _detour_text(step: Step, codes: Iterable[str]) -> str:
    labels = either(quoted(code_label(step, code) for code in codes))
    if step.kind == "text":
        return _("Klinkt hierin %(topics)s, dan eerst:", topics=labels)
    return _("Na %(answers)s eerst:", answers=labels)


def _counts_for(flow: Flow, step: Step, asked: set[str]) -> Iterator[str]:
    rules: Mapping[str, Iterable[Condition]] = {
        _("het onderwerp"): [rule.when for rule in flow.categories],
        _("de spoed"): [rule.when for rule in flow.urgency],
        _("wie het leest"): [rule.when for rule in flow.routes],
        _("de hulp aan het eind"): [rule.when for rule in flow.refer],
    }
    for what, conditions in rules.items():
        if asked & _named_in(conditions):
            yield what
    if step.kind == "person":
        yield _("wie het niet leest")


def _named_in(conditions: Iterable[Condition | None]) -> frozenset[str]:
    return frozenset(name for condition in conditions for name, _codes in named(condition or {}))


def _route_text(route: Route) -> str:
    readers, others = format_list(role_labels(route.to)), format_list(role_labels(route.else_to))
    return _("%(readers)s. Is daar niemand over: %(others)s", readers=readers, others=others)


def decisions_of(flow: Flow) -> Mapping[str, tuple[Decision, ...]]:
    """Return what follows from the answers, under a heading for each kind of rule."""

    def listed(rules: Iterable[tuple[str, Condition]]) -> tuple[Decision, ...]:
        return tuple(Decision(what, rules_of(when, flow.steps)) for what, when in rules)

    return {
        _("Onderwerp: elke regel die klopt"): listed(
            (fact_labels("category", rule.value)[0], rule.when) for rule in flow.categories
        ),
        _("Spoed: de eerste regel die klopt"): listed(
            (fact_labels("urgency", rule.value)[0], rule.when) for rule in flow.urgency
        ),
        _("Wie het leest: de eerste regel die klopt"): listed((_route_text(rule), rule.when) for rule in flow.routes),
        _("Hulp aan het eind: elke regel die klopt"): listed((format_list(rule.to), rule.when) for rule in flow.refer),
    }
