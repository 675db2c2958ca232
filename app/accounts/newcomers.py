"""A new adviser: he joins freely while his school was never open; from then on a colleague confirms him first."""

from sqlalchemy.orm import Session

from app import clock
from app.accounts.fingerprints import fingerprint_of
from app.accounts.models import Membership, Person
from app.accounts.proofs import proof_of
from app.audit.services import note
from app.schools.queries import school_by_id


def begin_as_adviser(session: Session, row: Membership) -> None:
    """Note the key of a new adviser, and let him read from now on when the school has nothing to read yet."""
    person = session.get_one(Person, row.person_id)
    school = school_by_id(session, row.school_id or "")
    fingerprint = fingerprint_of(person.key_public, person.sign_public)
    is_waiting = school is not None and school.founded_on is not None
    what = "key.waiting" if is_waiting else "key.made"
    note(session, school_id=row.school_id, person_id=person.id, what=what, subject=person.id, detail=fingerprint)
    if not is_waiting:
        let_read(session, row, by=None)


def let_read(session: Session, row: Membership, *, by: str | None) -> None:
    """Let reports go to this adviser from today on; *by* is who confirmed him.

    With a new key he stays an adviser since the day on which he became one: what was kept from him stays so.
    """
    person = session.get_one(Person, row.person_id)
    row.confirmed_on, row.confirmed_by = row.confirmed_on or clock.today(), by
    row.proof = proof_of(row, person.key_public or b"")
