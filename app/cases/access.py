"""The student's way to a case: its id and the key pair that his code gives."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cases.desk import CaseNotFoundError
from app.cases.envelopes import STUDENT, CaseDamagedError, CaseRef, unwrap_key
from app.cases.models import Case
from app.cases.rules import CaseWithdrawnError
from app.vault.keys import KeyPair


@dataclass(frozen=True)
class Access:
    """A case and the key pair of its code."""

    case_id: str
    school_id: str
    pair: KeyPair = field(repr=False)

    @property
    def ref(self) -> CaseRef:
        """Return which case of which school this opens."""
        return CaseRef(school_id=self.school_id, case_id=self.case_id)


def find_case(session: Session, school_id: str, lookup: bytes) -> str | None:
    """Return the id of the case that a code opens at this school, or None."""
    return session.scalar(select(Case.id).where(Case.school_id == school_id, Case.lookup == lookup))


def case_of(session: Session, access: Access, *, lock: bool = False) -> Case:
    """Return the case, locked for the rest of the transaction when it will be changed.

    Raises: CaseNotFoundError.
    """
    query = select(Case).where(Case.id == access.case_id, Case.school_id == access.school_id)
    if lock:  # What was read before the lock came may be old by now.
        query = query.with_for_update().execution_options(populate_existing=True)
    case = session.scalar(query)
    if case is None:
        raise CaseNotFoundError
    return case


def is_withdrawn(session: Session, access: Access) -> bool:
    """Tell whether the case is withdrawn; one that is deleted is not."""
    query = select(Case.withdrawn_on).where(Case.id == access.case_id, Case.school_id == access.school_id)
    return session.scalar(query) is not None


def has_other_code(session: Session, access: Access) -> bool:
    """Tell whether the case opens with another code by now; one that is deleted does not."""
    query = select(Case.student_public).where(Case.id == access.case_id, Case.school_id == access.school_id)
    return session.scalar(query) not in (None, access.pair.public)


def key_of(case: Case, access: Access) -> bytes | None:
    """Return the key of the conversation, or None when its wrap is damaged or not for this code."""
    return unwrap_key(case.student_wrap, access.pair, access.ref, STUDENT)


def case_to_write_in(session: Session, access: Access) -> tuple[Case, bytes]:
    """Return the case, locked, with the key of the conversation.

    Raises: CaseNotFoundError, CaseWithdrawnError, CaseDamagedError.
    """
    case = case_of(session, access, lock=True)
    if case.withdrawn_on is not None:
        raise CaseWithdrawnError
    key = key_of(case, access)
    if key is None:
        raise CaseDamagedError
    return case, key
