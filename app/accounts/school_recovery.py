"""A school's recovery key: two advisers make it, each gets half of it on paper, and only both halves make it whole."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.confirming import NotConfirmedError
from app.accounts.installation import current_pepper
from app.accounts.key_events import Signer, note_key
from app.accounts.models import SchoolRecovery
from app.accounts.queries import name_of, readers_of
from app.vault import paper_codes
from app.vault.errors import DamagedError
from app.vault.keys import KeyPair, key_pair_of, unwrap, wrap
from app.vault.sealing import Context, derive_key

RECOVERY_USED = "key.recovery_used"


class RecoveryGoneError(LookupError):
    """Raised when there is no such half to make any more: begin again."""


class WrongHalvesError(ValueError):
    """Raised when two halves, each well typed, do not make the key of this school."""


@dataclass(frozen=True, kw_only=True)
class RecoveryInfo:
    """A school's recovery key; the halves lie with two people."""

    id: str
    public: bytes
    first_by: str
    second_by: str
    """Names."""
    made_on: date | None
    checked_on: date | None
    used_on: date | None


@dataclass(frozen=True)
class BegunInfo:
    """A key of which the second half is not made yet."""

    id: str
    first_by: str
    second_by: str
    second_id: str


def recovery_of(session: Session, school_id: str) -> RecoveryInfo | None:
    """Return the recovery key that works now; one that somebody wrote by hand is none."""
    rows = session.scalars(
        select(SchoolRecovery)
        .where(SchoolRecovery.school_id == school_id, SchoolRecovery.retired_on.is_(None))
        .order_by(SchoolRecovery.made_on.desc(), SchoolRecovery.id)
    )
    return next((_info(session, row) for row in rows if row.public and _is_ours(row)), None)


def begun_at(session: Session, school_id: str) -> BegunInfo | None:
    """Return the key of which the first half is made, if any."""
    row = session.scalar(_begun(school_id))
    if row is None:
        return None
    return BegunInfo(row.id, name_of(session, row.first_by), name_of(session, row.second_by), row.second_by)


def begin(session: Session, school_id: str, second_id: str, by: Signer) -> tuple[str, ...]:
    """Make the first half, for the paper of *by*; *second_id* makes the other one. One that was begun before ends.

    Raises: NotConfirmedError unless both are different confirmed advisers of the school.
    """
    readers = {reader.person_id: reader for reader in readers_of(session, school_id)}
    if by.person_id not in readers or second_id not in readers or second_id == by.person_id:
        raise NotConfirmedError
    session.execute(delete(SchoolRecovery).where(SchoolRecovery.school_id == school_id, SchoolRecovery.public == b""))
    half, row_id = paper_codes.new_secret(), secrets.token_hex(16)
    session.add(
        SchoolRecovery(
            id=row_id,
            school_id=school_id,
            public=b"",
            half_sealed=wrap(half, readers[second_id].public_key, _half_place(row_id)),
            first_by=by.person_id,
            second_by=second_id,
        )
    )
    session.flush()
    note_key(session, "key.recovery_begun", school_id, by.person_id, by)
    return paper_codes.spell(half)


def finish(session: Session, school_id: str, by: Signer) -> tuple[str, ...]:
    """Make the second half, for the paper of *by*, and with both the key; the one before it is no longer used.

    Raises: RecoveryGoneError when nothing was begun for *by*, or his key changed since.
    """
    row = session.scalar(_begun(school_id).with_for_update())
    if row is None or row.second_by != by.person_id:
        raise RecoveryGoneError("no first half waits for this person: begin again")
    try:
        first = unwrap(row.half_sealed, by.pair, _half_place(row.id))
    except DamagedError:
        raise RecoveryGoneError("the first half was made for an older key: begin again") from None
    second = paper_codes.new_secret()
    _retire(session, school_id)
    row.public, row.half_sealed = _pair_of(first, second, school_id).public, b""
    row.proof, row.made_on = _proof(row), clock.today()
    session.flush()
    note_key(session, "key.recovery_made", school_id, by.person_id, by)
    return paper_codes.spell(second)


def pair_from(session: Session, school_id: str, first: bytes, second: bytes) -> tuple[RecoveryInfo, KeyPair]:
    """Put two halves together, in either order, and return the school's key.

    Raises: WrongHalvesError.
    """
    known = recovery_of(session, school_id)
    if known is not None:
        for pair in (_pair_of(first, second, school_id), _pair_of(second, first, school_id)):
            if hmac.compare_digest(pair.public, known.public):
                return known, pair
    raise WrongHalvesError("these halves do not make the recovery key of this school")


def mark_checked(session: Session, school_id: str, recovery_id: str, by: Signer) -> None:
    """Note that both halves were tried today and work."""
    session.get_one(SchoolRecovery, recovery_id).checked_on = clock.today()
    note_key(session, "key.recovery_tried", school_id, by.person_id, by)


def mark_used(session: Session, school_id: str, recovery_id: str, for_id: str, by: Signer) -> None:
    """Note that the key was used today for *for_id*; every adviser of the school is told so for a month."""
    row = session.get_one(SchoolRecovery, recovery_id)
    row.used_on = row.checked_on = clock.today()
    note_key(session, RECOVERY_USED, school_id, for_id, by)


def _retire(session: Session, school_id: str) -> None:
    older = select(SchoolRecovery).where(
        SchoolRecovery.school_id == school_id, SchoolRecovery.retired_on.is_(None), SchoolRecovery.public != b""
    )
    for row in session.scalars(older):
        row.retired_on = clock.today()


def _begun(school_id: str) -> Select[SchoolRecovery]:
    return select(SchoolRecovery).where(SchoolRecovery.school_id == school_id, SchoolRecovery.public == b"")


def _pair_of(first: bytes, second: bytes, school_id: str) -> KeyPair:
    return key_pair_of(derive_key(first + second, "school recovery", Context("school recovery", school_id)))


def _half_place(row_id: str) -> Context:
    return Context("recovery half", row_id)


def _proof(row: SchoolRecovery) -> bytes:
    return current_pepper().mac("school recovery", row.id, row.school_id, row.public.hex())


def _is_ours(row: SchoolRecovery) -> bool:
    return row.proof is not None and hmac.compare_digest(row.proof, _proof(row))


def _info(session: Session, row: SchoolRecovery) -> RecoveryInfo:
    return RecoveryInfo(
        id=row.id,
        public=row.public,
        first_by=name_of(session, row.first_by),
        second_by=name_of(session, row.second_by),
        made_on=row.made_on,
        checked_on=row.checked_on,
        used_on=row.used_on,
    )
