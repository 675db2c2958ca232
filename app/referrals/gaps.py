"""Counts words of our own texts for which a search found nothing; never what somebody typed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock, db
from app.referrals.counting import month_of, told, year_before
from app.referrals.models import SearchGap

PAUSE = timedelta(minutes=1)
"""So long a word that was counted is not counted again, so that nobody can flood the counts."""
LONGEST = 40
_counted: dict[str, datetime] = {}
_counting = Lock()


@dataclass(frozen=True)
class Gap:
    """A word that found nothing in one month, more often than `more_than`."""

    month: str
    word: str
    more_than: int


def due(words: Collection[str]) -> tuple[str, ...]:
    """Return those of *words* that were not counted in the last minute, and count that they are now.

    It is remembered in this process and for a minute only, so each process may count a word once a minute.
    """
    now = clock.now()
    with _counting:
        for word in [word for word, moment in _counted.items() if not moment <= now < moment + PAUSE]:
            del _counted[word]
        new = sorted(word for word in set(words) if word not in _counted and len(word) <= LONGEST)
        _counted.update(dict.fromkeys(new, now))
    return tuple(new)


def note(session: Session, words: Collection[str]) -> None:
    """Count each of *words* once for this month; what is older than a year goes."""
    month = month_of(clock.today())
    for word in words:
        insert = db.insert_into(session, SearchGap).values(month=month, word=word, count=1)
        more = {"count": SearchGap.count + 1}
        session.execute(insert.on_conflict_do_update(index_elements=["month", "word"], set_=more))
    session.execute(delete(SearchGap).where(SearchGap.month < year_before(month)))


def found_nothing(session: Session) -> tuple[Gap, ...]:
    """Return what was often sought in vain in the months that are over, the newest first."""
    rows = session.scalars(select(SearchGap).where(SearchGap.month < month_of(clock.today())))
    gaps = [Gap(row.month, row.word, more) for row in rows if (more := told(row.count)) is not None]
    # Ordered by what is told: the true order of the counts would tell more than the round numbers do.
    gaps.sort(key=lambda gap: (-gap.more_than, gap.word))
    return tuple(sorted(gaps, key=lambda gap: gap.month, reverse=True))
