"""With both halves of the school's recovery key, somebody who reads cases but lost his key can open them again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.key_events import Signer
from app.accounts.queries import Reader, readers_of
from app.accounts.school_recovery import mark_used, pair_from
from app.audit.queries import RECOVERED
from app.audit.services import note
from app.cases.desk import Held
from app.cases.envelopes import CaseRef
from app.cases.keyring import CaseKeys, tell_of_reader, wrap_to
from app.cases.models import Case, CaseReader
from app.cases.recoverable import recovered_keys
from app.vault.keys import KeyPair


class NobodyToRecoverError(LookupError):
    """That person is no confirmed adviser of the school."""


@dataclass(frozen=True)
class Recovery:
    """Both halves, for whom they are used, and who typed them."""

    first: bytes
    second: bytes
    for_id: str
    by: Signer
    by_name: str


def recover(session: Session, school_id: str, recovery: Recovery) -> int:
    """Let somebody read again the cases in which he has a row and no key that works; return how many.

    All are told: the student and the readers in each case, the record, and every adviser at his desk for a month.
    Raises: WrongHalvesError, NobodyToRecoverError.
    """
    known, pair = pair_from(session, school_id, recovery.first, recovery.second)
    to = next((one for one in readers_of(session, school_id) if one.person_id == recovery.for_id), None)
    if to is None:
        raise NobodyToRecoverError
    done = sum(_restore(session, case, row, pair, (to, recovery)) for case, row in _lost(session, school_id, to))
    mark_used(session, school_id, known.id, to.person_id, recovery.by)
    return done


def _lost(session: Session, school_id: str, to: Reader) -> list[tuple[Case, CaseReader]]:
    query = (
        select(Case, CaseReader)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(Case.school_id == school_id, CaseReader.person_id == to.person_id, CaseReader.dialog_wrap == b"")
        .where(Case.withdrawn_on.is_(None))
        .order_by(Case.id)
        .with_for_update()
    )
    return [(case, row) for case, row in session.execute(query)]


def _restore(session: Session, case: Case, row: CaseReader, pair: KeyPair, who: tuple[Reader, Recovery]) -> bool:
    to, recovery = who
    found = recovered_keys(case, pair)
    if found is None:
        return False
    keys, ref = CaseKeys(*found), CaseRef(school_id=case.school_id, case_id=case.id)
    held = Held(case, row, ref, keys.dialog)
    wrap_to(session, held, keys, to, by=recovery.by.person_id)
    tell_of_reader(session, held, recovery.by_name, to.name, "recovered")
    note(
        session,
        school_id=ref.school_id,
        person_id=recovery.by.person_id,
        what=RECOVERED,
        subject=ref.case_id,
        chain=ref.case_id,
        detail=to.person_id,
    )
    return True
