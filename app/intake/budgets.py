"""How many talks a school was sent: this hour, counted here, and its usual hour, from its own cases."""

import statistics
from datetime import date, timedelta
from threading import Lock

from flask import Flask, current_app
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock, db
from app.cases.counts import sent_on
from app.intake.models import SentQuarter

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
WEEKS_LOOKED_BACK = 4
HOURS_IN_DAY = 8
"""Hours of a school day in which students tell."""
_NAME = "usual hours"


class UsualHours:
    """What an hour of today usually brings each school, worked out once a day: a flood does not make it work again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day = date.min
        self._known: dict[str, float] = {}

    def of(self, session: Session, school_id: str) -> float:
        """Return how many talks an hour of a usual school day of the last four weeks brought the school."""
        today = clock.today()
        with self._lock:
            if self._day != today:
                self._day, self._known = today, {}
            known = self._known.get(school_id)
        if known is not None:
            return known
        usual = _usual_hour(session, school_id, today)
        with self._lock:
            self._known[school_id] = usual
        return usual


def init_app(app: Flask) -> None:
    """Give *app* a memory for the usual hours of its schools."""
    app.extensions[_NAME] = UsualHours()


def usual_hour(session: Session, school_id: str) -> float:
    """Return how many talks an hour of a usual school day brings the school."""
    hours: UsualHours = current_app.extensions[_NAME]
    return hours.of(session, school_id)


def _usual_hour(session: Session, school_id: str, today: date) -> float:
    """The middle one of the working days, so that a flood on some of them does not become the custom."""
    days = (today - timedelta(days=back) for back in range(1, 7 * WEEKS_LOOKED_BACK + 1))
    counts = [sent_on(session, school_id, day) for day in days if day.isoweekday() <= 5]  # noqa: PLR2004 -- Friday
    return statistics.median(counts) / HOURS_IN_DAY


def sent_today(session: Session, school_id: str) -> int:
    """Return how many talks the school was sent today, whatever their lane."""
    return sent_on(session, school_id, clock.today())


def count(session: Session, school_id: str) -> int:
    """Count one more talk of the school in the caller's transaction; return how many this hour had before it.

    The hour is the present quarter and the three before it.
    """
    now = clock.now()
    recent = select(func.coalesce(func.sum(SentQuarter.sent), 0))
    before = session.scalar(recent.where(SentQuarter.school_id == school_id, SentQuarter.quarter > now - HOUR))
    # Two senders may meet here: "on conflict" lets the second one join instead of failing a student's transaction.
    made = db.insert_into(session, SentQuarter).values(school_id=school_id, quarter=clock.floored(now, QUARTER), sent=1)
    keys = [SentQuarter.school_id, SentQuarter.quarter]
    session.execute(made.on_conflict_do_update(index_elements=keys, set_={"sent": SentQuarter.sent + 1}))
    return int(before or 0)


def purge(session: Session) -> None:
    """Delete the quarters that no hour needs any more."""
    session.execute(delete(SentQuarter).where(SentQuarter.quarter <= clock.now() - HOUR))
