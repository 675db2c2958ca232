"""Writing jobs, in the transaction of what they belong to."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import case, delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import clock
from app.notifications.models import Outbox
from app.notifications.rules import PROOF_PAUSE, delay

NEWS = "news"
"""Kind of the job that mails a person "there is something new"; payload {person_id}."""
PROOF = "proof"
"""Kind of the job that mails a person the same words because he asked for it; payload {person_id}."""
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for "now" in `not_before`, so that the row of an urgent report does not tell when it was sent."""


@dataclass(frozen=True, kw_only=True)
class NewJob:
    """A job to write; at most one waits per *waiting_key*: a second one only moves the first to the earlier time."""

    kind: str
    payload: Mapping[str, str]
    not_before: datetime = AT_ONCE
    waiting_key: str | None = None
    attempts: int = 0


def tell(session: Session, person_id: str, *, urgent: bool, shown_from: datetime | None = None) -> None:
    """Mail that person, once *session* is committed, that there is something new.

    Urgent: at once; else 15 to 90 random minutes after now, or after *shown_from* where the news cannot be seen before
    then, so that the mail does not show when a student wrote. What is told to a person before that mail goes out is
    told by the same mail.
    """
    later = (shown_from or clock.now()) + delay(secrets.randbelow(10_001) / 10_000)
    batch = f":{shown_from.isoformat()}" if shown_from else ""
    put(
        session,
        NewJob(
            kind=NEWS,
            payload={"person_id": person_id},
            not_before=AT_ONCE if urgent else later,
            waiting_key=f"{NEWS}:{person_id}{batch}",
        ),
    )


def ask_proof(session: Session, person_id: str) -> None:
    """Send that person, a moment after now, a mail like any other, whatever there is to read.

    Whoever keeps asking gets one each time that moment is over, and no mailbox is flooded.
    """
    later = clock.now() + PROOF_PAUSE
    job = NewJob(kind=PROOF, payload={"person_id": person_id}, not_before=later, waiting_key=f"{PROOF}:{person_id}")
    put(session, job)


def join_due(session: Session, person_id: str) -> None:
    """Let the mail that is about to go out to that person stand for all others that are due or failed before.

    So who could not be reached for a day gets one mail, not one for each time that something was new.
    """
    now = clock.now()
    session.execute(
        delete(Outbox).where(
            Outbox.kind == NEWS,
            Outbox.payload == json.dumps({"person_id": person_id}),
            Outbox.is_dead.is_(False),
            or_(Outbox.leased_until.is_(None), Outbox.leased_until <= now),
            or_(Outbox.not_before <= now, Outbox.attempts > 0),
        )
    )


def put(session: Session, job: NewJob) -> None:
    """Write *job*, or hurry the one that already waits under its key."""
    # Two senders may meet here: "on conflict" lets the second one join instead of failing a student's transaction.
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = insert(Outbox).values(
        id=secrets.token_hex(16),
        kind=job.kind,
        payload=json.dumps(dict(job.payload)),
        waiting_key=job.waiting_key,
        not_before=job.not_before,
        attempts=job.attempts,
        is_dead=False,
    )
    earlier = case((Outbox.not_before < made.excluded.not_before, Outbox.not_before), else_=made.excluded.not_before)
    session.execute(made.on_conflict_do_update(index_elements=[Outbox.waiting_key], set_={"not_before": earlier}))


def revive_dead_jobs(session: Session) -> int:
    """Give every job that was put aside its attempts back; return how many."""
    changed = session.execute(
        update(Outbox).where(Outbox.is_dead).values(is_dead=False, attempts=0, not_before=AT_ONCE, leased_until=None)
    )
    return int(changed.rowcount)  # type: ignore[attr-defined]  # a result of DML has it
