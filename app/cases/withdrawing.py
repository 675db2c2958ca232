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
from app.cases.promising import promise_anew


def withdraw(session: Session, access: Access) -> None:
    """Take the case and those that came after it off every desk; one that is withdrawn already keeps its day.

    Who withdraws one by itself means it: it does not come back with the report before it.

    Raises: CaseNotFoundError.
    """
    for case in _with_follow_ups(session, access):
        is_meant = case.id == access.case_id
        case.went_along = not is_meant and (case.went_along or case.withdrawn_on is None)
        if case.withdrawn_on is None:
            case.withdrawn_on, case.due_since = clock.today(), None
            _note(session, case, "case.withdrawn")


def take_back_withdrawal(session: Session, access: Access) -> None:
    """Put the case back on its readers' desks, with those that went along with it; the time it lay away does not count.

    Raises: CaseNotFoundError.
    """
    for case in _with_follow_ups(session, access):
        if case.withdrawn_on is not None and (case.id == access.case_id or case.went_along):
            _put_back(session, case)


def _put_back(session: Session, case: Case) -> None:
    today = clock.today()
    case.withdrawn_on, case.went_along, case.due_since, case.last_on = None, False, None, today
    if case.awaits_answer:
        if case.promised_on < today:
            promise_anew(session, case)
        _be_news(case)
        tell_readers(session, case)
    _note(session, case, "case.put_back")


def _be_news(case: Case) -> None:
    """Let a case that is back be new to its readers, by a number that no message has: nothing was written."""
    case.last_seq += 1
    case.last_student_seq = case.student_seen_through = case.last_seq
    case.news_on = clock.today()


def _with_follow_ups(session: Session, access: Access) -> Sequence[Case]:
    """Return the case and those that came after it, locked in the order in which everybody locks several."""
    case = case_of(session, access)
    either = (Case.id == case.id) | (Case.parent_id == case.id)
    query = select(Case).where(Case.school_id == case.school_id, either).order_by(Case.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def _note(session: Session, case: Case, what: str) -> None:
    note(session, school_id=case.school_id, person_id=None, what=what, subject=case.id, chain=case.id)
