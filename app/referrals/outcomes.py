"""What students said a service did for them: counts of the whole city by quarter, told only when finished and large."""

from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, db
from app.referrals.counting import last_quarter, quarter_of, told
from app.referrals.models import HelpAnswer
from app.referrals.stored import entries

Answer = Literal["helped", "no_answer", "not_dared"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)


@dataclass(frozen=True)
class Outcome:
    """How often each answer was given about one service: more often than the number; None when that is not told."""

    service_id: str
    name_nl: str
    helped: int | None
    no_answer: int | None
    not_dared: int | None

    @property
    def is_told(self) -> bool:
        """Whether any of its counts may be told."""
        return (self.helped, self.no_answer, self.not_dared) != (None, None, None)


def count(session: Session, service_id: str, answer: Answer) -> None:
    """Count one answer about a service in the quarter of today."""
    key = {"quarter": quarter_of(clock.today()), "service_id": service_id, "answer": answer}
    insert = db.insert_into(session, HelpAnswer).values(**key, count=1)
    session.execute(insert.on_conflict_do_update(index_elements=list(key), set_={"count": HelpAnswer.count + 1}))


def finished_outcomes(session: Session) -> tuple[str, tuple[Outcome, ...]]:
    """Return the last finished quarter with its counts for every service of the social map.

    Which quarter and which services stand there does not depend on any answer, so a small count leaves no trace.
    """
    quarter = last_quarter(clock.today())
    rows = session.scalars(select(HelpAnswer).where(HelpAnswer.quarter == quarter))
    counts = {(row.service_id, row.answer): told(row.count) for row in rows}
    return quarter, tuple(
        Outcome(entry.id, entry.name_nl, *(counts.get((entry.id, answer)) for answer in ANSWERS))
        for entry in entries(session).values()
    )
