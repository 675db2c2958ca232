"""Notes beside a conversation: shared ones for who reads the case, own ones that open for their writer alone."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.cases.desk import Desk, Held, hold, notes_key_of
from app.cases.envelopes import CaseRef
from app.cases.noting import note_deed
from app.cases.records import add_record, records_of
from app.vault.sealing import Context, derive_key

SHARED, OWN = "note", "own"


@dataclass(frozen=True)
class Note:
    """One note; of a damaged one only the day is known."""

    written_on: date
    author: str
    """Empty on an own note."""
    text: str
    damaged: bool = False


def own_key(desk: Desk, ref: CaseRef) -> bytes:
    """Return the key of what somebody notes for himself about a case; it is wrapped to nobody, and so never shared.

    It comes from his private key: whoever gets a new key pair does not read his own old notes any more.
    """
    return derive_key(desk.pair.private, "own notes", Context("own-notes", ref.school_id, ref.case_id))


def shared_notes(session: Session, desk: Desk, held: Held) -> tuple[Note, ...]:
    """Return the notes that all readers share, oldest first."""
    return tuple(
        Note(record.written_on, record.value["author"], record.value["text"])
        if record.value
        else Note(record.written_on, "", "", damaged=True)
        for record in records_of(session, held.ref, notes_key_of(held, desk), {SHARED})
    )


def own_notes(session: Session, desk: Desk, held: Held) -> tuple[Note, ...]:
    """Return what this reader noted for himself, oldest first; of the own notes of others nothing shows."""
    records = records_of(session, held.ref, own_key(desk, held.ref), {OWN})
    return tuple(Note(record.written_on, "", record.value["text"]) for record in records if record.value)


def write_note(session: Session, desk: Desk, case_id: str, text: str) -> None:
    """Add a note for everybody who reads the case; the student does not read it.

    Raises: CaseNotFoundError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    add_record(session, held.ref, notes_key_of(held, desk), SHARED, {"text": text, "author": desk.name})
    note_deed(session, desk, held, "case.noted")


def write_own_note(session: Session, desk: Desk, case_id: str, text: str) -> None:
    """Add a note for its writer alone; the record does not tell others that there is one.

    Raises: CaseNotFoundError.
    """
    held = hold(session, desk, case_id, lock=True)
    add_record(session, held.ref, own_key(desk, held.ref), OWN, {"text": text})
