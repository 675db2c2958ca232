"""What the worker does about promised answers: reminds, and asks others when none came in time."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app import clock
from app.audit.services import note
from app.cases import promises
from app.cases.desk import is_shown
from app.cases.models import Case, CaseReader
from app.cases.promising import count_promise
from app.cases.rules import FOLDED
from app.notifications.services import tell
from app.schools.queries import holidays_of, is_training
from app.schools.rules import WINDOWS, is_school_day

_MORNING = WINDOWS[0][0]


def is_due(day: date) -> ColumnElement[bool]:
    """Return the condition under which an answer was promised for *day* or earlier and is not there.

    What lies in the fold is left out: a flood must not ring every morning.
    """
    return and_(Case.awaits_answer, Case.promised_on <= day, Case.withdrawn_on.is_(None), Case.lane != FOLDED)


def remind(session: Session) -> None:
    """Let a mail this morning remind who sees a case whose answer is due, where it is a school day."""
    today = clock.today()
    query = (
        select(Case.school_id, CaseReader.person_id)
        .distinct()
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(is_due(today), is_shown())
        .order_by(Case.school_id, CaseReader.person_id)
    )
    morning = datetime.combine(today, _MORNING, clock.SCHOOL_ZONE)
    for school_id, person_id in session.execute(query).all():
        if is_school_day(today, holidays_of(session, school_id)) and not is_training(session, school_id):
            tell(session, person_id, urgent=False, shown_from=morning)


def escalate(session: Session) -> None:
    """Count what was not answered in time, and let deputies and then the external adviser see it, with a mail at once.

    They are asked in the morning of a school day, so that nobody is called out of bed.
    """
    _count_broken(session)
    local = clock.school_time()
    day = local.date() if local.time() >= _MORNING else local.date() - timedelta(days=1)
    for case_id, stage in tuple(_to_ask(session, day)):
        _ask(session, case_id, stage)


def _count_broken(session: Session) -> None:
    query = (
        select(Case)
        .where(Case.awaits_answer, Case.withdrawn_on.is_(None), Case.promised_on < clock.today())
        .where(Case.is_promise_counted.is_(False))
        .order_by(Case.id)
        .with_for_update()
    )
    for case in session.scalars(query).all():
        count_promise(session, case, is_kept=False)


def _to_ask(session: Session, day: date) -> Iterator[tuple[str, int]]:
    """Yield the id of each case for which somebody is to be asked on *day*, with the stage of the last of them."""
    query = (
        select(Case.id, Case.school_id, Case.promised_on, Case.escalated_on, CaseReader.stage)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(Case.awaits_answer, Case.withdrawn_on.is_(None), Case.promised_on < day)
        .where(CaseReader.stage > Case.escalation)
        .order_by(Case.id)
    )
    waiting: dict[str, set[int]] = {}
    late = {}
    for row in session.execute(query):
        waiting.setdefault(row.id, set()).add(row.stage)
        late[row.id] = row
    for case_id, row in late.items():
        was_asked = row.escalated_on is not None and row.escalated_on > row.promised_on
        steps = promises.steps_due(row.promised_on, day, holidays_of(session, row.school_id)) - was_asked
        if stage := promises.stage_to_ask(waiting[case_id], steps):
            yield case_id, stage


def _ask(session: Session, case_id: str, stage: int) -> None:
    case = session.scalars(
        select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if case is None or not case.awaits_answer or case.withdrawn_on is not None or case.promised_on >= clock.today():
        return  # It was answered, withdrawn or deleted meanwhile.
    asked = select(CaseReader.person_id).where(
        CaseReader.case_id == case_id, CaseReader.stage > case.escalation, CaseReader.stage <= stage
    )
    for person_id in session.scalars(asked):
        tell(session, person_id, urgent=True)
    case.escalation, case.escalated_on = stage, clock.today()
    note(
        session,
        school_id=case.school_id,
        person_id=None,
        what="case.escalated",
        subject=case_id,
        chain=case_id,
        detail=str(stage),
    )
