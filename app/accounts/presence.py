"""When advisers are there, as they say themselves, and what that makes of the day that a student is told."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Absence, Membership
from app.accounts.presence_rules import Presence, is_away_long, promised_day
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.schools.queries import holidays_of

LONGEST_ABSENCE_DAYS = 400
MOST_ABSENCES = 50


class AbsenceError(ValueError):
    """Raised when days cannot be an absence: out of order, over already, too long, or too many of them."""


@dataclass(frozen=True)
class Away:
    """Days, both included, on which somebody does not work; `id` is that of the row."""

    id: str
    first_day: date
    last_day: date


def works_on(session: Session, school_id: str, person_id: str) -> int:
    """Return on which weekdays an adviser works for that school, bit by bit from Monday."""
    return session.scalar(select(Membership.works_on).where(*_is_adviser(school_id, [person_id]))) or 0


def set_works_on(session: Session, school_id: str, person_id: str, weekdays: Iterable[int]) -> None:
    """Say on which *weekdays* (0 for Monday) an adviser works for that school; no day at all is allowed."""
    bits = sum(1 << day for day in set(weekdays))
    for row in session.scalars(select(Membership).where(*_is_adviser(school_id, [person_id]))):
        row.works_on = bits
    session.flush()


def absences_of(session: Session, person_id: str) -> tuple[Away, ...]:
    """Return when a person is away today and later, the first first; what is over is nobody's business."""
    query = (
        select(Absence)
        .where(Absence.person_id == person_id, Absence.last_day >= clock.today())
        .order_by(Absence.first_day, Absence.last_day, Absence.id)
    )
    return tuple(Away(row.id, row.first_day, row.last_day) for row in session.scalars(query))


def add_absence(session: Session, person_id: str, days: tuple[date, date]) -> None:
    """Say that a person is away from the first to the last of *days*, both included; the same days twice are once.

    Raises: AbsenceError.
    """
    first, last = days
    known = absences_of(session, person_id)
    if not first <= last or last < clock.today() or (last - first).days > LONGEST_ABSENCE_DAYS:
        raise AbsenceError("the days are out of order, over, or more than a year")
    if len(known) >= MOST_ABSENCES:
        raise AbsenceError(f"at most {MOST_ABSENCES} absences are kept")
    if any((away.first_day, away.last_day) == days for away in known):
        return
    session.add(Absence(id=secrets.token_hex(16), person_id=person_id, first_day=first, last_day=last))
    session.flush()


def remove_absence(session: Session, person_id: str, absence_id: str) -> None:
    """Take one of a person's absences away; another's stays."""
    session.execute(delete(Absence).where(Absence.id == absence_id, Absence.person_id == person_id))


def forget_past(session: Session) -> None:
    """Delete every absence that is over."""
    session.execute(delete(Absence).where(Absence.last_day < clock.today()))


def promised(session: Session, school_id: str, person_ids: Collection[str], from_day: date, *, urgent: bool) -> date:
    """Return the day by which one of these people answers what is told on *from_day*."""
    people = _presences(session, school_id, person_ids).values()
    return promised_day(from_day, urgent, holidays_of(session, school_id), people)


def promised_by_anybody(session: Session, school_id: str, from_day: date) -> date:
    """Return a day that holds whoever of the school's readers will be chosen: the latest of those of each alone."""
    readers = readers_of(session, school_id)
    first = [reader for reader in readers if not reader.is_deputy] or readers
    people = _presences(session, school_id, [reader.person_id for reader in first]).values()
    holidays = holidays_of(session, school_id)
    days = (promised_day(from_day, urgent=False, holidays=holidays, people=[one]) for one in people)
    return max(days, default=promised_day(from_day, urgent=False, holidays=holidays, people=[Presence()]))


def away_long(session: Session, school_id: str, person_ids: Collection[str]) -> frozenset[str]:
    """Return who of these people is not there on any of the next five school days."""
    holidays, today = holidays_of(session, school_id), clock.today()
    found = _presences(session, school_id, person_ids)
    return frozenset(id_ for id_, presence in found.items() if is_away_long(today, holidays, presence))


def _presences(session: Session, school_id: str, person_ids: Collection[str]) -> Mapping[str, Presence]:
    """Return when each of these people works; who is no adviser of the school any more never does."""
    weekdays = dict.fromkeys(person_ids, 0)
    query = select(Membership.person_id, Membership.works_on).where(*_is_adviser(school_id, person_ids))
    weekdays.update({row.person_id: row.works_on for row in session.execute(query)})
    away: dict[str, list[Absence]] = {}
    for row in session.scalars(select(Absence).where(Absence.person_id.in_(person_ids))):
        away.setdefault(row.person_id, []).append(row)
    return {id_: Presence(bits, tuple(away.get(id_, ()))) for id_, bits in weekdays.items()}


def _is_adviser(school_id: str, person_ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.school_id == school_id,
        Membership.role == Role.ADVISER,
        Membership.person_id.in_(person_ids),
    )
