"""Both keys of a case, wrapped to the school's recovery key as well, whose halves lie on paper with two people."""

from sqlalchemy.orm import Session

from app.accounts.school_recovery import recovery_of
from app.cases.envelopes import CaseRef, unwrap_key, wrap_key
from app.cases.models import Case
from app.vault.keys import KeyPair

RECOVERY = "recovery"
"""Holder of those wraps; person ids are 32 hex characters, so none can be this."""


def keep_recoverable(session: Session, case: Case, dialog_key: bytes | None, notes_key: bytes | None) -> None:
    """Wrap the keys of *case* to the recovery key that its school has now, unless they are; a damaged one waits."""
    known = recovery_of(session, case.school_id)
    if known is None or case.recovery_id == known.id or dialog_key is None or notes_key is None:
        return
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    case.recovery_id = known.id
    case.recovery_dialog = wrap_key(dialog_key, known.public, ref, "dialog", RECOVERY)
    case.recovery_notes = wrap_key(notes_key, known.public, ref, "notes", RECOVERY)


def recovered_keys(case: Case, pair: KeyPair) -> tuple[bytes, bytes] | None:
    """Return both keys of *case* by the recovery key *pair*; None when they were not wrapped to it."""
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    dialog = unwrap_key(case.recovery_dialog or b"", pair, ref, RECOVERY)
    notes = unwrap_key(case.recovery_notes or b"", pair, ref, RECOVERY, "notes")
    return (dialog, notes) if dialog and notes else None
