"""The base rows of the city's table: what each school that takes part counted per category and quarter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.register.codes import CATEGORIES
from app.register.models import Incident, RegisterSchool
from app.register.periods import first_day, first_full_quarter, last_day
from app.schools.queries import SchoolInfo, all_schools


@dataclass(frozen=True)
class Counted:
    """One school's count of one category in one quarter."""

    school: str
    board: str
    district: str
    category: str
    quarter: str
    value: int


@dataclass(frozen=True)
class Participant:
    """A school that takes part, from which quarter, and under which board."""

    school: SchoolInfo
    board: str
    first_quarter: str
    is_pilot: bool


def participants(session: Session) -> tuple[Participant, ...]:
    """Return the schools that take part."""
    settings = {one.school_id: one for one in session.scalars(select(RegisterSchool))}
    found = []
    for school in all_schools(session):
        told = settings.get(school.id)
        if told is not None and told.since is not None:
            board = told.board or school.location_code[:4]
            found.append(Participant(school, board, first_full_quarter(told.since), told.is_pilot))
    return tuple(found)


Fixed = Mapping[tuple[str, str], int]
"""By school and category what was counted in the quarters that came out."""


def counted(session: Session, taking_part: Sequence[Participant], quarter: str, fixed: Fixed) -> Iterator[Counted]:
    """Yield what each school adds in *quarter*, zeros too.

    All that its register holds until the end of the quarter less what came out before: what was recorded late or
    corrected is counted here, and no quarter that came out changes. Never below zero; what is too much waits.
    """
    held = _held(session, last_day(quarter))
    for one in taking_part:
        if one.first_quarter <= quarter:
            start = first_day(one.first_quarter)
            for category in CATEGORIES:
                total = sum(number for day, number in held.get((one.school.id, category), ()) if day >= start)
                value = max(0, total - fixed.get((one.school.id, category), 0))
                yield Counted(one.school.id, one.board, one.school.district, category, quarter, value)


def _held(session: Session, until: date) -> Mapping[tuple[str, str], Sequence[tuple[date, int]]]:
    keys = (Incident.school_id, Incident.category, Incident.day)
    rows = session.execute(select(*keys, func.count()).where(Incident.day <= until).group_by(*keys))
    found: dict[tuple[str, str], list[tuple[date, int]]] = {}
    for school, category, day, number in rows:
        found.setdefault((school, category), []).append((day, number))
    return found
