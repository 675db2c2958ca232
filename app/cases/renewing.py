"""A student takes another code: all that his code opens is tied to the new one, and the old one opens nothing."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.services import note
from app.cases.access import Access, case_of, key_of
from app.cases.desk import CaseNotFoundError
from app.cases.envelopes import STUDENT, CaseRef, wrap_key
from app.cases.family import in_family_of, lock_family
from app.cases.models import Case
from app.cases.opening import LOOKUP_BYTES, CodeTakenError
from app.vault.codes import StudentKeys
from app.vault.keys import KeyPair
from app.vault.sealing import derive_key


def follow_up_lookup(pair: KeyPair, submit_id: bytes) -> bytes:
    """Return under which id the database knows a report that follows another one under the same code."""
    return derive_key(pair.private, "reprisal" + submit_id.hex(), length=LOOKUP_BYTES)


def renew_code(session: Session, access: Access, student: StudentKeys) -> Access:
    """Tie the report and all that followed it to the keys of a new code, and return the way to it.

    What is damaged stays so: it opens with neither code. Who holds the conversation open with the old code loses it.
    Raises: CaseNotFoundError (also when it opens with another code by now), CodeTakenError (another case opens with
        the new code).
    """
    lock_family(session, access)
    first = case_of(session, access)
    query = select(Case).where(in_family_of(first)).order_by(Case.id).execution_options(populate_existing=True)
    try:
        with session.begin_nested():
            cases = session.scalars(query).all()
            if first.student_public != access.pair.public:
                raise CaseNotFoundError  # Another code was taken while this one waited for its turn.
            for case in cases:
                _renew(session, case, access, student)
            session.flush()
    except IntegrityError:
        raise CodeTakenError("another case of this school has this code") from None
    return Access(access.case_id, access.school_id, student.pair)


def _renew(session: Session, case: Case, access: Access, student: StudentKeys) -> None:
    old = Access(case.id, case.school_id, access.pair)
    key = key_of(case, old)
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    # The code itself finds the first report only; what followed it is found from there.
    case.lookup = follow_up_lookup(student.pair, case.submit_id) if case.parent_id else student.lookup
    case.student_public, case.has_printed_code = student.pair.public, False
    if key is not None:
        case.student_wrap = wrap_key(key, student.pair.public, ref, "dialog", STUDENT)
    note(session, school_id=case.school_id, person_id=None, what="case.code_renewed", subject=case.id, chain=case.id)
