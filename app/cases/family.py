"""Cases that belong together: a report, and those of what happened after it, all under one code."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.cases.access import Access, case_of, has_other_code
from app.cases.desk import CaseNotFoundError
from app.cases.models import Case, CaseReader


@dataclass(frozen=True)
class Thread:
    """One of the conversations that a code opens."""

    case_id: str
    is_reprisal: bool
    reported_on: date
    is_current: bool


def in_family_of(case: Case) -> ColumnElement[bool]:
    """Return the condition under which a case belongs together with *case*, itself included."""
    first = case.parent_id or case.id
    return (Case.school_id == case.school_id) & or_(Case.id == first, Case.parent_id == first)


def threads_of(session: Session, case: Case) -> tuple[Thread, ...]:
    """Return *case* and those that belong to it, the first report first and then by day."""
    query = select(Case.id, Case.parent_id, Case.reported_on).where(in_family_of(case))
    threads = [
        Thread(row.id, row.parent_id is not None, row.reported_on, row.id == case.id) for row in session.execute(query)
    ]
    return tuple(sorted(threads, key=lambda thread: (thread.is_reprisal, thread.reported_on, thread.case_id)))


def family(session: Session, access: Access) -> tuple[str, ...]:
    """Return the ids of the case, the one before it and those after it, the first report first.

    Raises: CaseNotFoundError.
    """
    return tuple(thread.case_id for thread in threads_of(session, case_of(session, access)))


def open_thread(session: Session, access: Access, case_id: str) -> Access:
    """Return the way to another conversation of the same code.

    Raises: CaseNotFoundError, also when that case belongs to another code.
    """
    if case_id not in family(session, access):
        raise CaseNotFoundError
    return replace(access, case_id=case_id)


def reader_ids(session: Session, access: Access) -> frozenset[str]:
    """Return the ids of the people who were given a key of every case of the family, at the school still or not.

    Whom the student kept away from one of them reads none that follows either.
    Raises: CaseNotFoundError.
    """
    ids = family(session, access)
    query = (
        select(CaseReader.person_id)
        .where(CaseReader.school_id == access.school_id, CaseReader.case_id.in_(ids))
        .group_by(CaseReader.person_id)
        .having(func.count() == len(ids))
    )
    return frozenset(session.scalars(query))


def reader_stages(session: Session, access: Access) -> Mapping[str, int]:
    """Return of each of `reader_ids` where he stands in the family, by his id: 0 sees it at once, others later.

    Raises: CaseNotFoundError, also when another code was taken since: then nothing follows under the old one.
    """
    if has_other_code(session, access):
        raise CaseNotFoundError
    given = reader_ids(session, access)
    query = select(CaseReader.person_id, func.min(CaseReader.stage)).where(
        CaseReader.school_id == access.school_id,
        CaseReader.case_id.in_(family(session, access)),
        CaseReader.person_id.in_(given),
    )
    return dict(session.execute(query.group_by(CaseReader.person_id)).all())


def lock_family(session: Session, access: Access) -> None:
    """Lock the case and those that belong to it, in the order in which everybody locks several.

    Raises: CaseNotFoundError.
    """
    query = select(Case.id).where(in_family_of(case_of(session, access))).order_by(Case.id)
    session.execute(query.with_for_update())
