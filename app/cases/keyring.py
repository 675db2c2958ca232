"""Who holds the keys of a case: giving them to a colleague, putting one's own down, and who may be given them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.key_events import REMOVED
from app.accounts.queries import Reader, has_namesake, readers_of
from app.audit.queries import notes_of
from app.cases.desk import Desk, Held, notes_key_of
from app.cases.envelopes import REPORT, CaseDamagedError, CaseRef, open_value, wrap_key
from app.cases.models import Case, CaseReader
from app.cases.noting import note_deed
from app.cases.posting import post
from app.notifications.services import tell

SHARED = "case.shared"
"""The note that somebody was given the keys of a case."""


class LastReaderError(Exception):
    """Nobody else could read the case any more: find another reader first."""


class NotToBeGivenError(Exception):
    """This person may not be given a key of this case, or not without the student's consent."""


@dataclass(frozen=True)
class CaseKeys:
    """Both keys of a case."""

    dialog: bytes = field(repr=False)
    notes: bytes = field(repr=False)


def keys_of(held: Held, desk: Desk) -> CaseKeys:
    """Return both keys of a case that the caller took from *desk*.

    Raises: CaseDamagedError.
    """
    notes = notes_key_of(held, desk)
    if held.dialog_key is None or notes is None:
        raise CaseDamagedError
    return CaseKeys(held.dialog_key, notes)


def working_readers(session: Session, ref: CaseRef) -> tuple[Reader, ...]:
    """Return the advisers of the school who can open a case today: confirmed, and with a wrap for their present key."""
    rows = session.execute(
        select(CaseReader.person_id, CaseReader.dialog_wrap).where(
            CaseReader.school_id == ref.school_id, CaseReader.case_id == ref.case_id
        )
    )
    holding = {row.person_id for row in rows if row.dialog_wrap}
    return tuple(reader for reader in readers_of(session, ref.school_id) if reader.person_id in holding)


def others_seeing(session: Session, held: Held) -> tuple[Reader, ...]:
    """Return who else sees the case today and can open it: no deputy who was not asked, nobody with a lost key."""
    asked = {row.person_id for row in _rows(session, held.ref) if row.stage <= held.case.escalation}
    return tuple(
        reader for reader in working_readers(session, held.ref) if reader.person_id in asked - {held.reader.person_id}
    )


def let_next_read(session: Session, ref: CaseRef) -> tuple[Reader, ...]:
    """Let those who were to read along later read now, when nobody who sees the case can open it; return them.

    A case that only its deputies can open would else lie unseen until the promised day is over.
    """
    case = session.get_one(Case, ref.case_id)
    readers = {reader.person_id: reader for reader in working_readers(session, ref)}
    rows = [row for row in _rows(session, ref) if row.person_id in readers]
    if not rows or any(row.stage <= case.escalation for row in rows):
        return ()
    first = min(row.stage for row in rows)
    stepping_in = [row for row in rows if row.stage == first]
    for row in stepping_in:
        row.stage = 0
        tell(session, row.person_id, urgent=True)
    session.flush()
    return tuple(readers[row.person_id] for row in stepping_in)


def free_to_get(session: Session, held: Held) -> tuple[Reader, ...]:
    """Return who may be given the keys without asking: readers with a new key, and who became adviser afterwards.

    Nobody whom the report names, and nobody of whom it is not certain that he was not there to be left out.
    """
    rows = _rows(session, held.ref)
    lost = {row.person_id for row in rows if not row.dialog_wrap}
    others = _others(session, held, {row.person_id for row in rows} - lost)
    return tuple(reader for reader in others if reader.person_id in lost or _came_later(session, reader, held.case))


def to_be_asked_for(session: Session, held: Held) -> tuple[Reader, ...]:
    """Return for whom the student may be asked: who became adviser on the day itself, and deputies."""
    free = {reader.person_id for reader in free_to_get(session, held)}
    others = _others(session, held, {row.person_id for row in _rows(session, held.ref)})
    return tuple(
        reader
        for reader in others
        if reader.person_id not in free and (reader.is_deputy or reader.since == held.case.reported_on)
    )


def give_key(session: Session, desk: Desk, held: Held, to: Reader) -> None:
    """Let *to* read a case that the caller holds locked; student and readers are told who reads from now on.

    Raises: CaseDamagedError.
    """
    wrap_to(session, held, keys_of(held, desk), to, by=desk.person_id)
    tell_of_reader(session, held, desk.name, to.name, "joined")
    note_deed(session, desk, held, SHARED, to.person_id)


def drop_key(session: Session, desk: Desk, held: Held) -> None:
    """Put one's own key of a case down, which the caller holds locked; a deputy steps in for the last who saw it.

    Raises: LastReaderError.
    """
    if all(reader.person_id == desk.person_id for reader in working_readers(session, held.ref)):
        raise LastReaderError
    if held.dialog_key is not None:
        tell_of_reader(session, held, desk.name, desk.name, "left")
    note_deed(session, desk, held, "case.dropped")
    session.delete(held.reader)
    session.flush()
    for reader in let_next_read(session, held.ref):
        if held.dialog_key is not None:
            tell_of_reader(session, held, desk.name, reader.name, "joined")


def wrap_to(session: Session, held: Held, keys: CaseKeys, to: Reader, *, by: str) -> None:
    """Wrap both *keys* to a reader of the case, a new one or one with a new key."""
    row = session.get(CaseReader, (held.ref.case_id, to.person_id))
    wraps = {
        "dialog_wrap": wrap_key(keys.dialog, to.public_key, held.ref, "dialog", to.person_id),
        "notes_wrap": wrap_key(keys.notes, to.public_key, held.ref, "notes", to.person_id),
    }
    if row is not None:
        row.dialog_wrap, row.notes_wrap = wraps["dialog_wrap"], wraps["notes_wrap"]
    else:
        session.add(_row(held.ref, to, by, wraps))
    session.flush()


def tell_of_reader(session: Session, held: Held, author: str, name: str, what: str) -> None:
    """Say in the conversation that somebody reads along from now on, or no longer."""
    if held.dialog_key is None:
        raise CaseDamagedError
    post(session, held.case, held.dialog_key, "readers", {"author": author, "name": name, "what": what})


def _row(ref: CaseRef, to: Reader, by: str, wraps: dict[str, bytes]) -> CaseReader:
    return CaseReader(
        school_id=ref.school_id,
        case_id=ref.case_id,
        person_id=to.person_id,
        kind=to.kind,
        seen_through=-1,
        stage=0,
        added_on=clock.today(),
        added_by=by,
        **wraps,
    )


def _rows(session: Session, ref: CaseRef) -> Iterable[CaseReader]:
    query = select(CaseReader).where(CaseReader.school_id == ref.school_id, CaseReader.case_id == ref.case_id)
    return session.scalars(query).all()


def _others(session: Session, held: Held, reading: set[str]) -> tuple[Reader, ...]:
    """Return the confirmed advisers who do not read a case and are not named in its report."""
    told = open_value(held.dialog_key, held.case.report, held.ref, *REPORT)
    if told is None:
        return ()
    named = {value for values in told["answers"].values() for value in values}
    names = {name.casefold() for name in told["choices"]["people"].values()}
    return tuple(
        reader
        for reader in readers_of(session, held.ref.school_id)
        if reader.person_id not in reading | named and reader.name.casefold() not in names
    )


def _came_later(session: Session, reader: Reader, case: Case) -> bool:
    if reader.since is None or reader.since <= case.reported_on:
        return False
    was_here = any(note.what == REMOVED for note in notes_of(session, case.school_id, reader.person_id))
    return not was_here and not has_namesake(session, reader.person_id)
