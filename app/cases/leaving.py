"""An adviser who stops at a school: first somebody else must be able to read what he alone reads."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import leaving
from app.accounts.key_events import Signer
from app.cases.desk import Desk, hold, on_desk
from app.cases.envelopes import CaseRef
from app.cases.keyring import drop_key, working_readers
from app.cases.models import Case, CaseReader
from app.cases.reading import read_card


class SoleReaderError(Exception):
    """He alone reads some cases: hand them over first."""


@dataclass(frozen=True)
class SoleCase:
    """A case that nobody else can open."""

    case_id: str
    title: str


def sole_cases(session: Session, desk: Desk, school_id: str) -> tuple[SoleCase, ...]:
    """Return the cases on *desk*, of one school, that nobody else can open."""
    return tuple(
        SoleCase(case_id, _title(session, desk, case_id))
        for case_id in _own_cases(session, desk, school_id)
        if not _has_other(session, desk, CaseRef(school_id=school_id, case_id=case_id))
    )


def leave_school(session: Session, desk: Desk, school_id: str) -> None:
    """Put all keys of that school down, tell so in each case, and end the membership.

    Raises: SoleReaderError, MemberNotFoundError.
    """
    if sole_cases(session, desk, school_id):
        raise SoleReaderError
    for case_id in _own_cases(session, desk, school_id):
        drop_key(session, desk, hold(session, desk, case_id, lock=True))
    leaving.leave(session, school_id, Signer(desk.person_id, desk.pair))


def _own_cases(session: Session, desk: Desk, school_id: str) -> list[str]:
    query = (
        select(Case.id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(on_desk(desk), Case.school_id == school_id)
        .order_by(Case.id)
    )
    return list(session.scalars(query))


def _has_other(session: Session, desk: Desk, ref: CaseRef) -> bool:
    return any(reader.person_id != desk.person_id for reader in working_readers(session, ref))


def _title(session: Session, desk: Desk, case_id: str) -> str:
    held = hold(session, desk, case_id)
    return read_card(held.dialog_key, held.case.card, held.ref).title
