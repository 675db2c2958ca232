"""Which texts a version of the talks has, and what they are in a language now."""

from collections.abc import Iterator

from app.flows.model import Flow, FlowSet, Step
from app.i18n import catalogues


def texts_in(flows: FlowSet) -> tuple[str, ...]:
    """Return every text of *flows* once, in the order of the talks."""
    return tuple(dict.fromkeys(text for flow in flows.flows.values() for text in _of_flow(flow) if text))


def translated(flows: FlowSet, tag: str) -> dict[str, str]:
    """Return the texts of *flows* that have a translation into the language called *tag*."""
    known = catalogues.compiled(tag)
    found = {text: known.gettext(text) for text in texts_in(flows)} if known else {}
    return {text: translation for text, translation in found.items() if translation}


def _of_flow(flow: Flow) -> Iterator[str]:
    yield flow.title
    for step in flow.steps.values():
        yield from _of_step(step)
    yield flow.end


def _of_step(step: Step) -> Iterator[str]:
    yield from (step.say, step.ask, step.hint, step.label, step.caution, step.why)
    yield from step.chips.values()
