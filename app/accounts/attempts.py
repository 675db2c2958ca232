"""Failed second factors after a right password: counted, slowed down, and told to who owns the account.

A wrong password counts for nothing, or anybody could lock an adviser out (OWASP ASVS 5.0, 6.1.1; read 2026-11-22).
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person

TRIES = 5
WAIT = timedelta(minutes=15)


def count_failure(session: Session, person_id: str) -> None:
    """Count one more; every fifth lets the account wait."""
    mine = Person.id == person_id
    session.execute(update(Person).where(mine).values(sign_in_failures=Person.sign_in_failures + 1))
    failures = session.scalar(select(Person.sign_in_failures).where(mine)) or 0
    if failures % TRIES == 0:
        session.execute(update(Person).where(mine).values(sign_in_wait_until=clock.now() + WAIT))


def take_failures(session: Session, person_id: str) -> int:
    """Return how many there were since the owner last came in, and begin anew."""
    mine = Person.id == person_id
    failures = session.scalar(select(Person.sign_in_failures).where(mine)) or 0
    session.execute(update(Person).where(mine).values(sign_in_failures=0, sign_in_wait_until=None))
    return failures


def does_not_wait() -> ColumnElement[bool]:
    """Return the condition that an account need not wait: asked again where a second factor is used up."""
    return or_(Person.sign_in_wait_until.is_(None), Person.sign_in_wait_until <= clock.now())


def waits_since(until: datetime | None) -> datetime | None:
    """Return since when an account waits that waits *until*, None when it does not."""
    return until - WAIT if until is not None and until > clock.now() else None
