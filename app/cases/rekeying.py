"""What happens to the keys of cases when an adviser leaves, or comes back with a new key."""

from dataclasses import dataclass

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from app.accounts.key_events import RENEWED
from app.accounts.queries import Reader, readers_of
from app.audit.queries import notes_of_chain
from app.cases.desk import Desk, hold, on_desk
from app.cases.envelopes import CaseDamagedError, CaseRef
from app.cases.keyring import keys_of, let_next_read, working_readers, wrap_to
from app.cases.models import Case, CaseReader, SavedViews
from app.cases.noting import note_deed


@dataclass(frozen=True)
class Returned:
    """A colleague with a new key, and how many cases that both read wait for it."""

    reader: Reader
    count: int


def forget_old_key(session: Session, person_id: str) -> None:
    """Take out what was wrapped to a key that is gone for good; the rows stay, for a colleague to fill."""
    session.execute(update(CaseReader).where(CaseReader.person_id == person_id).values(dialog_wrap=b"", notes_wrap=b""))
    session.execute(delete(SavedViews).where(SavedViews.person_id == person_id))
    for ref in _with_a_deputy(session, person_id):
        let_next_read(session, ref)


def _with_a_deputy(session: Session, person_id: str) -> list[CaseRef]:
    """Return the cases of that person for which somebody stands by."""
    other = aliased(CaseReader)
    stands_by = exists().where(other.case_id == Case.id, other.stage > Case.escalation)
    query = (
        select(Case.school_id, Case.id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(CaseReader.person_id == person_id, stands_by)
        .order_by(Case.id)
    )
    return [CaseRef(school_id=school_id, case_id=case_id) for school_id, case_id in session.execute(query)]


def take_keys_back(session: Session, school_id: str, person_id: str) -> None:
    """Delete what somebody who left could open, where another reader is left; what only he could read stays sealed."""
    rows = session.scalars(
        select(CaseReader)
        .where(CaseReader.school_id == school_id, CaseReader.person_id == person_id)
        .order_by(CaseReader.case_id)
    ).all()
    for row in rows:
        # Two who go at the same moment must not each count on the other.
        session.execute(select(Case.id).where(Case.id == row.case_id).with_for_update())
        ref = CaseRef(school_id=school_id, case_id=row.case_id)
        if any(reader.person_id != person_id for reader in working_readers(session, ref)):
            session.delete(row)
            session.flush()
            let_next_read(session, ref)


def returned_colleagues(session: Session, desk: Desk, school_id: str) -> tuple[Returned, ...]:
    """Return the colleagues who wait for cases that who sits at *desk* can give back."""
    found = [
        Returned(reader, len(_waiting(session, desk, school_id, reader.person_id)))
        for reader in _with_new_key(session, school_id)
        if reader.person_id != desk.person_id
    ]
    return tuple(one for one in found if one.count)


def give_back(session: Session, desk: Desk, school_id: str, person_id: str) -> int:
    """Wrap the cases that both read to a colleague's new key; return how many.

    One whose keys are damaged is left out.
    """
    to = next((one for one in _with_new_key(session, school_id) if one.person_id == person_id), None)
    done = 0
    for case_id in _waiting(session, desk, school_id, person_id) if to else ():
        held = hold(session, desk, case_id, lock=True)
        try:
            keys = keys_of(held, desk)
        except CaseDamagedError:
            continue
        wrap_to(session, held, keys, to, by=desk.person_id)  # type: ignore[arg-type]  # without it nothing waits
        note_deed(session, desk, held, "case.rewrapped", person_id)
        done += 1
    return done


def _with_new_key(session: Session, school_id: str) -> tuple[Reader, ...]:
    """Return who came back with a new key: a row of a case that somebody wrote by hand makes nobody one of them."""
    renewed = {one.subject for one in notes_of_chain(session, school_id, "") if one.what == RENEWED}
    return tuple(reader for reader in readers_of(session, school_id) if reader.person_id in renewed)


def _waiting(session: Session, desk: Desk, school_id: str, person_id: str) -> list[str]:
    other = aliased(CaseReader)
    query = (
        select(Case.id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .join(other, other.case_id == Case.id)
        .where(on_desk(desk), Case.school_id == school_id, other.person_id == person_id, other.dialog_wrap == b"")
        .order_by(Case.id)
    )
    return list(session.scalars(query))
