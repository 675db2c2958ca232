"""About how long a talk is: what was asked, and what would still be asked if nothing more followed from it."""

from app.flows.engine import Answers, Path, replay, skip_rest
from app.flows.model import FlowSet
from app.intake.rules import FLOW


def progress_of(flows: FlowSet, answers: Answers, path: Path, shown_id: str) -> tuple[int, int]:
    """Return which question *shown_id* is and about how many there are; the second is never below the first."""
    asked = [place.id for place in path.questions]
    number = asked.index(shown_id) + 1
    return number, max(number, len(asked), _usual_length(flows, answers, path))


def _usual_length(flows: FlowSet, answers: Answers, path: Path) -> int:
    """Return how many questions are met when the rest is skipped; a required one takes whatever leads there soonest."""
    current = path.current
    codes = tuple(current.step.offered) if current and current.step.required else ()
    tries = [{**answers, current.id: (code,)} for code in codes if current] or [dict(answers)]
    skipped = (skip_rest(flows, FLOW, given) for given in tries)
    lengths = [len(replay(flows, FLOW, given).questions) for given in skipped if given is not None]
    return min(lengths, default=0)
