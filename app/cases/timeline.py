"""What happened in a case, day by day: the deeds in its record, and on which days its student wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.queries import name_of
from app.audit.queries import notes_of
from app.cases.desk import Held
from app.cases.models import Message
from app.cases.timeline_wording import deed_label
from app.i18n.translate import gettext as _


@dataclass(frozen=True)
class Happening:
    """One line; `name` is empty where nobody of the desk did it."""

    day: date
    name: str
    what: str


def timeline(session: Session, held: Held) -> tuple[Happening, ...]:
    """Return what happened in a case, oldest first; the same by the same person on one day stands once."""
    found = [*_told(held), *_deeds(session, held), *_writing_days(session, held)]
    return tuple(sorted(dict.fromkeys(found), key=lambda happening: happening.day))


def _told(held: Held) -> Iterator[Happening]:
    yield Happening(held.case.reported_on, "", _("De melding kwam binnen"))


def _deeds(session: Session, held: Held) -> Iterator[Happening]:
    for note in notes_of(session, held.ref.school_id, held.ref.case_id):
        name = name_of(session, note.person_id) if note.person_id else ""
        yield Happening(note.day, name, deed_label(note.what))


def _writing_days(session: Session, held: Held) -> Iterator[Happening]:
    query = (
        select(Message.written_on)
        .where(Message.school_id == held.ref.school_id, Message.case_id == held.ref.case_id)
        .where(Message.direction == "student")
        .distinct()
    )
    for day in session.scalars(query):
        yield Happening(day, "", _("De leerling schreef"))
