"""The question that a student finds when he comes back: did anything bad happen since an adviser acted?"""

from typing import Literal, get_args

from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.access import Access, case_to_write_in
from app.cases.models import Case
from app.cases.posting import hear, open_again, tell_readers
from app.cases.reading import last_message
from app.cases.wording import checkin_text

CheckinAnswer = Literal["fine", "happened", "no_answer"]


def checkin_of(case: Case) -> int:
    """Return which check-in of *case* is due now (3, 10 or 30 days), or 0; of several only the latest."""
    if case.withdrawn_on is not None:
        return 0
    return rules.checkin(acted_on=case.acted_on, checked_day=case.checked_day, today=clock.today())


def answer_checkin(session: Session, access: Access, answer: CheckinAnswer) -> None:
    """Answer the check-in that is due; where none is, as after a double tap, nothing changes.

    Only "fine" is told to the readers, as news that promises nothing. "happened" waits for the student to choose who
    hears of it, and "no_answer" says nothing to anybody.
    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError, ValueError (no such answer).
    """
    if answer not in get_args(CheckinAnswer):
        raise ValueError("no such answer to a check-in")
    case, key = case_to_write_in(session, access)
    due = checkin_of(case)
    if not due:
        return
    case.checked_day = due
    if answer == "fine":
        hear(session, case, key, "checkin", {"answer": answer, "days": str(due)})


def tell_happened(session: Session, access: Access) -> None:
    """Let the readers know that something happened, without what: after "happened", when the student wants it so.

    It goes out by mail and opens a closed case; it promises nothing. Twice in a row is once; before a check-in, never.
    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError.
    """
    case, key = case_to_write_in(session, access)
    days, last = str(case.checked_day), last_message(session, access.ref, key)
    is_told = last is not None and last.kind == "checkin" and last.text == checkin_text(days, "happened")
    if not case.checked_day or is_told:
        return
    hear(session, case, key, "checkin", {"answer": "happened", "days": days})
    open_again(case, rules.after_student(case.status))
    tell_readers(session, case)
