"""Whether mail reaches a person: kept by day, and shown to him alone."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import clock
from app.notifications.models import MailState


@dataclass(frozen=True)
class Reach:
    """The day of the last mail that the mail server took for a person, and since when it takes none."""

    sent_on: date | None = None
    failing_since: date | None = None


def reach_of(session: Session, person_id: str) -> Reach:
    """Return whether mail reaches that person; who was never mailed has no days."""
    row = session.get(MailState, person_id)
    return Reach(row.sent_on, row.failing_since) if row else Reach()


def note_sent(session: Session, person_id: str) -> None:
    """Note that the mail server took a mail for that person today."""
    session.merge(MailState(person_id=person_id, sent_on=clock.today(), failing_since=None))


def note_failed(session: Session, person_id: str) -> None:
    """Note that a mail for that person did not go out; the first day of it stays."""
    known = reach_of(session, person_id)
    since = known.failing_since or clock.today()
    session.merge(MailState(person_id=person_id, sent_on=known.sent_on, failing_since=since))


def forget(session: Session, person_id: str) -> None:
    """Delete what is known about mail to a person."""
    session.execute(delete(MailState).where(MailState.person_id == person_id))
