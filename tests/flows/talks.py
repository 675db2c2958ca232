"""Small conversations and random talks for the tests of the engine."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from app.flows.dates import MOST_DAYS_BACK
from app.flows.engine import Choices, accept, replay, watch_key
from app.flows.engine import Path as TalkPath
from app.flows.loader import load_flows
from app.flows.model import DAYS, SKIP, UNSURE, FlowSet, Step
from app.settings import ROOT

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 22)
CHOICES = Choices(places=("gym", "yard"), people=("anna", "bram"), today=TODAY)
CONSTANTS = ("_skip", "_unsure", "_elsewhere", "_nobody")


@cache
def flow_set(name: str) -> FlowSet:
    """Load one of the small sets, or the project's own conversations for "real"."""
    return load_flows(ROOT / "flows" if name == "real" else DATA / name)


def answers_to(step: Step) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw an acceptable answer to *step*."""
    offered = {"chips": tuple(step.offered), "place": CHOICES.places, "person": CHOICES.people}.get(step.kind)
    plain = st.text(min_size=1).filter(lambda text: "\0" not in text and text.strip()).map(lambda text: (text,))
    if offered:
        most = len(offered) if step.many else 1
        plain = st.lists(st.sampled_from(offered), min_size=1, max_size=most, unique=True).map(tuple)
    elif step.kind == "date":
        days = st.dates(TODAY - timedelta(days=MOST_DAYS_BACK), TODAY).map(str)
        plain = st.one_of(days, st.sampled_from(DAYS)).map(lambda day: (day,))
    constants = [st.just((code,)) for code in step.constants]
    return st.one_of(plain, *constants).map(lambda values: accept(step, values, CHOICES))


def talk_on(draw: st.DrawFn, flows: FlowSet, flow_id: str, answers: dict[str, tuple[str, ...]]) -> TalkPath:
    """Answer every open question, adding to *answers*; fails when the talk does not end."""
    for _ in range(60):
        path = replay(flows, flow_id, answers)
        if path.current is None:
            return path
        met = path.current
        answers[met.id] = draw(answers_to(met.step))
        if met.step.watch and answers[met.id] not in [(SKIP,), (UNSURE,)]:
            found = [topic for topic in met.step.watch if draw(st.booleans())]
            answers.update({watch_key(met.id): tuple(found)} if found else {})
    raise AssertionError("the talk does not end")
