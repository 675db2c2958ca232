"""Makes a promise of an answer, and counts whether it was kept: once each, and never so that a count tells of a case.

Only cases that every adviser of the school can read count, told by a student outside the fold, at a school that exists.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.presence import promised
from app.cases.models import Case, CaseReader, PromiseTally
from app.cases.promises import HalfYear, finished_halves, half_of, share_in_tens
from app.cases.rules import FOLDED
from app.schools.queries import is_training


def promise_anew(session: Session, case: Case) -> None:
    """Promise an answer from today on, by when one of those who see *case* is there."""
    seeing = select(CaseReader.person_id).where(
        CaseReader.school_id == case.school_id, CaseReader.case_id == case.id, CaseReader.stage <= case.escalation
    )
    people = session.scalars(seeing).all()
    case.awaits_answer, case.is_promise_counted = True, False
    case.promised_on = promised(session, case.school_id, people, clock.today(), urgent=case.urgent)


def count_answer(session: Session, case: Case) -> None:
    """Count the promise of *case* at an answer to it, before that ends it; one that is counted already stays so."""
    if case.awaits_answer:
        count_promise(session, case, is_kept=clock.today() <= case.promised_on)


def count_promise(session: Session, case: Case, *, is_kept: bool) -> None:
    """Count the present promise of *case* as kept or broken, if it was not counted yet and may be."""
    if case.is_promise_counted:
        return
    case.is_promise_counted = True
    is_counted = case.is_for_all and case.origin == "student" and case.lane != FOLDED
    if not is_counted or is_training(session, case.school_id):
        return
    kept, broken = int(is_kept), int(not is_kept)
    made = db.insert_into(session, PromiseTally).values(
        school_id=case.school_id, period=half_of(case.promised_on).code, kept=kept, broken=broken
    )
    session.execute(
        made.on_conflict_do_update(
            index_elements=[PromiseTally.school_id, PromiseTally.period],
            set_={"kept": PromiseTally.kept + kept, "broken": PromiseTally.broken + broken},
        )
    )


@dataclass(frozen=True)
class Share:
    """How many of the promises of half a school year were kept, in per cent and in tens; None for too few to show."""

    half: HalfYear
    percentage: int | None


def shares_of(session: Session, school_id: str) -> tuple[Share, ...]:
    """Return what a school's manager may see of its promises: the last half school years that are over."""
    rows = session.scalars(select(PromiseTally).where(PromiseTally.school_id == school_id))
    counted = {row.period: (row.kept, row.broken) for row in rows}
    halves = finished_halves(clock.today())
    return tuple(Share(half, share_in_tens(*counted.get(half.code, (0, 0)))) for half in halves)
