"""Small conversations and random talks for the tests of the engine."""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from app.flows.engine import Choices, accept, replay
from app.flows.engine import Path as TalkPath
from app.flows.loader import load_flows
from app.flows.model import FlowSet, Step
from app.settings import ROOT

DATA = Path(__file__).parent / "data"
CHOICES = Choices(places=("gym", "yard"), people=("anna", "bram"))
CONSTANTS = ("_skip", "_unsure", "_elsewhere", "_nobody")


@cache
def flow_set(name: str) -> FlowSet:
    """Load one of the small sets, or the project's own conversations for "real"."""
    return load_flows(ROOT / "flows" if name == "real" else DATA / name)


def answers_to(step: Step) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw an acceptable answer to *step*."""
    offered = {"chips": tuple(step.chips), "place": CHOICES.places, "person": CHOICES.people}.get(step.kind)
    plain = st.text(min_size=1).filter(lambda text: "\0" not in text and text.strip()).map(lambda text: (text,))
    if offered:
        most = len(offered) if step.many else 1
        plain = st.lists(st.sampled_from(offered), min_size=1, max_size=most, unique=True).map(tuple)
    constants = [st.just((code,)) for code in step.constants]
    return st.one_of(plain, *constants).map(lambda values: accept(step, values, CHOICES))


def talk_on(draw: st.DrawFn, flows: FlowSet, flow_id: str, answers: dict[str, tuple[str, ...]]) -> TalkPath:
    """Answer every open question, adding to *answers*; fails when the talk does not end."""
    for _ in range(40):
        path = replay(flows, flow_id, answers)
        if path.current is None:
            return path
        answers[path.current.id] = draw(answers_to(path.current.step))
    raise AssertionError("the talk does not end")
