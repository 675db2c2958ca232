"""About how long a talk is: what was asked, and what would still be asked if nothing more followed from it."""

from app.flows.engine import Answers, replay, skip_rest
from app.intake.running import Running


def progress_of(running: Running, shown_id: str, rest: Answers | None) -> tuple[int, int]:
    """Return which question *shown_id* is and about how many there are; the second is never below the first.

    *rest* is the talk with all that is left skipped, as `skip_rest` gives it.
    """
    asked = [place.id for place in running.path.questions]
    number = asked.index(shown_id) + 1
    return number, max(number, len(asked), _usual_length(running, rest))


def _usual_length(running: Running, rest: Answers | None) -> int:
    """Return how many questions are met when the rest is skipped; a required one takes whatever leads there soonest."""
    current = running.path.current
    if rest is not None or current is None or not current.step.required:
        skipped = [rest]
    else:
        tries = ({**running.talk.answers, current.id: (code,)} for code in current.step.offered)
        skipped = [skip_rest(running.flows, running.talk.flow_id, given) for given in tries]
    walked = (replay(running.flows, running.talk.flow_id, given) for given in skipped if given is not None)
    return min((len(path.questions) for path in walked), default=0)
