"""An adviser who stops at a school: first somebody else must be able to read what he alone reads."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.accounts import leaving
from app.accounts.key_events import Signer
from app.cases.desk import Desk, hold, is_reader, on_desk
from app.cases.envelopes import CaseRef
from app.cases.keyring import LastReaderError, drop_key, working_readers
from app.cases.models import Case, CaseReader
from app.cases.reading import read_card
from app.i18n.translate import gettext as _


class SoleReaderError(Exception):
    """He alone reads some cases: hand them over first."""


@dataclass(frozen=True)
class SoleCase:
    """A case that nobody else can open."""

    case_id: str
    """Empty while it is not delivered yet: then there is no page of it."""
    title: str


def sole_cases(session: Session, desk: Desk, school_id: str) -> tuple[SoleCase, ...]:
    """Return the cases of one school, on *desk* or on their way to it, that nobody else can open."""
    on_their_way = _own_cases(session, school_id, and_(is_reader(desk), Case.withdrawn_on.is_(None)))
    shown = _own_cases(session, school_id, on_desk(desk))
    return tuple(
        SoleCase(case_id, _title(session, desk, case_id)) if case_id in shown else SoleCase("", not_here_yet())
        for case_id in dict.fromkeys((*shown, *on_their_way))
        if not _has_other(session, desk, CaseRef(school_id=school_id, case_id=case_id))
    )


def leave_school(session: Session, desk: Desk, school_id: str) -> None:
    """Put all keys of that school down, tell so in each case, and end the membership.

    Raises: SoleReaderError, MemberNotFoundError.
    """
    if sole_cases(session, desk, school_id):
        raise SoleReaderError
    for case_id in _own_cases(session, school_id, on_desk(desk)):
        try:
            drop_key(session, desk, hold(session, desk, case_id, lock=True))
        except LastReaderError:  # Who read it too went a moment before.
            raise SoleReaderError from None
    leaving.leave(session, school_id, Signer(desk.person_id, desk.pair))


def not_here_yet() -> str:
    """Return what stands for a case that is not delivered yet."""
    return _("Er is een melding voor jou onderweg. Kijk op de volgende schooldag opnieuw.")


def _own_cases(session: Session, school_id: str, which: ColumnElement[bool]) -> list[str]:
    query = (
        select(Case.id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(which, Case.school_id == school_id)
        .order_by(Case.id)
    )
    return list(session.scalars(query))


def _has_other(session: Session, desk: Desk, ref: CaseRef) -> bool:
    return any(reader.person_id != desk.person_id for reader in working_readers(session, ref))


def _title(session: Session, desk: Desk, case_id: str) -> str:
    held = hold(session, desk, case_id)
    return read_card(held.dialog_key, held.case.card, held.ref).title
