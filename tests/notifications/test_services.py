"""What stands in the outbox."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.notifications.models import Outbox
from app.notifications.queries import backlog
from app.notifications.services import AT_ONCE, tell
from tests.notifications.conftest import NOON


def when(session: Session) -> datetime:
    moment = session.scalars(select(Outbox.not_before)).one()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def test_mail_that_is_not_urgent_waits_15_to_90_minutes(session: Session) -> None:
    moments = set()
    for number in range(30):
        tell(session, f"person-{number}", urgent=False)
    for row in session.scalars(select(Outbox)):
        stored = row.not_before if row.not_before.tzinfo else row.not_before.replace(tzinfo=UTC)
        moments.add(stored - NOON)

    assert min(moments) >= timedelta(minutes=15)
    assert max(moments) <= timedelta(minutes=90)
    assert len(moments) > 20


def test_what_is_told_twice_is_one_mail(session: Session) -> None:
    tell(session, "mira", urgent=False)
    first = when(session)
    tell(session, "mira", urgent=False)

    assert when(session) <= first


def test_something_urgent_hurries_the_mail_that_waits(session: Session) -> None:
    tell(session, "mira", urgent=False)
    tell(session, "mira", urgent=True)
    tell(session, "mira", urgent=False)

    assert when(session) == AT_ONCE


def test_an_urgent_row_does_not_tell_the_time(session: Session) -> None:
    tell(session, "mira", urgent=True)

    assert when(session).year == 2000


def test_a_transaction_that_fails_tells_nobody(database: Database) -> None:
    with database.writer() as session:
        tell(session, "mira", urgent=True)
        session.rollback()

    with database.reader() as session:
        assert backlog(session).waiting == 0


def test_mail_about_what_shows_later_does_not_go_out_before_it_shows(session: Session) -> None:
    shown_from = NOON + timedelta(hours=20)
    tell(session, "mira", urgent=False)

    tell(session, "mira", urgent=False, shown_from=shown_from)

    moments = sorted(session.scalars(select(Outbox.not_before)))
    assert len(moments) == 2
    assert (moments[-1] if moments[-1].tzinfo else moments[-1].replace(tzinfo=UTC)) >= shown_from
