"""What the record says to the student himself: who opened his conversation, copies of it, and keys that were given."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.audit.queries import Note, notes_of_chain
from app.cases.envelopes import REPORT, CaseRef, open_value
from app.cases.export_wording import own_ground_label
from app.cases.exporting import TAKEN
from app.cases.keyring import SHARED
from app.cases.models import Case
from app.cases.wording import reader_kind_label
from app.i18n.translate import gettext as _

_KINDS = ("internal", "external")
_CHECK_BYTES = 8


@dataclass(frozen=True)
class OwnLine:
    """One thing that happened with a conversation, in words, and its day."""

    text: str
    day: date


def own_lines(session: Session, ref: CaseRef) -> tuple[OwnLine, ...]:
    """Return what happened with a conversation, the newest first; the same thing on one day once."""
    notes = reversed(notes_of_chain(session, ref.school_id, ref.case_id))
    return tuple(dict.fromkeys(_lines(notes)))


def _lines(notes: Iterable[Note]) -> Iterable[OwnLine]:
    for note in notes:
        text = _text(note)
        if text:
            yield OwnLine(text, note.day)


def _text(note: Note) -> str:
    match note.what:
        case "case.opened":
            # A note from before the chains does not say which kind it was.
            kind = reader_kind_label(note.detail) if note.detail in _KINDS else _("vertrouwenspersoon")
            return _("Geopend door: %(kind)s", kind=kind)
        case _ if note.what == TAKEN:
            return _("Er is een kopie gemaakt, %(ground)s", ground=own_ground_label(note.detail))
        case _ if note.what == SHARED:
            return _("Er kwam iemand bij die kan meelezen")
        case _:
            return ""


def check_number(case: Case, key: bytes | None) -> int | None:
    """Return a number that stays the same for as long as nobody changes what was told; None when it cannot be read."""
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    told = open_value(key, case.report, ref, *REPORT)
    if told is None:
        return None
    # What was told, not how it is sealed: that may be renewed.
    value = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    held = hashlib.sha256(f"vertel told 1|{ref.case_id}|{value}".encode()).digest()
    return int.from_bytes(held[:_CHECK_BYTES])
