"""The student takes a report back: off every desk at once, deleted two weeks later unless he changes his mind.

What happened after a report goes along with it. Who had opened a case keeps one line without content in his queue.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.services import note
from app.cases.access import Access, case_of
from app.cases.models import Case
from app.cases.posting import tell_readers
from app.schools.queries import holidays_of
from app.schools.rules import promised_day


def withdraw(session: Session, access: Access) -> None:
    """Take the case and those that came after it off every desk; one that is withdrawn already keeps its day.

    Raises: CaseNotFoundError.
    """
    for case in _with_follow_ups(session, access):
        if case.withdrawn_on is None:
            case.withdrawn_on, case.due_since = clock.today(), None
            _note(session, case, "case.withdrawn")


def take_back_withdrawal(session: Session, access: Access) -> None:
    """Put the case back on its readers' desks, with those that went along with it; the time it lay away does not count.

    Raises: CaseNotFoundError.
    """
    cases = _with_follow_ups(session, access)
    withdrawn_on = next(case.withdrawn_on for case in cases if case.id == access.case_id)
    for case in cases:
        if case.withdrawn_on is not None and case.withdrawn_on == withdrawn_on:
            _put_back(session, case)


def _put_back(session: Session, case: Case) -> None:
    today = clock.today()
    case.withdrawn_on, case.due_since, case.last_on = None, None, today
    if case.awaits_answer:
        if case.promised_on < today:
            case.promised_on = promised_day(today, case.urgent, holidays_of(session, case.school_id))
        case.news_on = today
        tell_readers(session, case)
    _note(session, case, "case.put_back")


def _with_follow_ups(session: Session, access: Access) -> Sequence[Case]:
    """Return the case and those that came after it, locked in the order in which everybody locks several."""
    case = case_of(session, access)
    either = (Case.id == case.id) | (Case.parent_id == case.id)
    query = select(Case).where(Case.school_id == case.school_id, either).order_by(Case.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def _note(session: Session, case: Case, what: str) -> None:
    note(session, school_id=case.school_id, person_id=None, what=what, subject=case.id)
