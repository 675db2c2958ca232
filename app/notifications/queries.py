"""How much work waits."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.notifications.models import Outbox


@dataclass(frozen=True)
class Backlog:
    """Jobs that wait for their time or a worker, and jobs that were put aside after too many attempts."""

    waiting: int
    dead: int


def backlog(session: Session) -> Backlog:
    """Return how many jobs wait and how many were put aside."""
    counts = {row[0]: row[1] for row in session.execute(select(Outbox.is_dead, func.count()).group_by(Outbox.is_dead))}
    return Backlog(waiting=counts.get(False, 0), dead=counts.get(True, 0))
