"""What the register tells a school about itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.register.law import Edition, edition_on
from app.register.models import STEPS, Incident, RegisterImport, RegisterSchool
from app.register.periods import first_day, first_full_quarter, last_day

PAGE = 50


@dataclass(frozen=True)
class IncidentInfo:
    """One incident as pages and files show it."""

    id: str
    day: date
    category: str
    second_category: str
    part_of_day: str
    place: str
    is_online: bool
    object: str
    motive: str
    causer_role: str
    affected_role: str
    affected_count: int
    injury: str
    source: str
    certainty: str
    serious_reason: str
    follow_up: str
    police_report: str
    inspectorate: str
    reported_on: date | None
    edition: str
    recorded_on: date

    @property
    def is_serious(self) -> bool:
        """Return whether the inspectorate must hear of it."""
        return self.serious_reason != "none"

    @property
    def due_on(self) -> date:
        """Return by when the inspectorate must hear of it, by the edition of its day."""
        edition: Edition = edition_on(self.day)
        return self.day + timedelta(days=edition.deadline_days)


_COLUMNS = tuple(getattr(Incident, one.name) for one in fields(IncidentInfo))


@dataclass(frozen=True)
class Choice:
    """Which incidents of a school: of a period, and of one category when it is named."""

    period: str
    category: str = ""


def _chosen(school_id: str, choice: Choice) -> ColumnElement[bool]:
    asked = [
        Incident.school_id == school_id,
        Incident.day.between(first_day(choice.period), last_day(choice.period)),
    ]
    if choice.category:
        asked.append(Incident.category == choice.category)
    return and_(*asked)


def incidents(session: Session, school_id: str, choice: Choice, page: int = 1) -> tuple[IncidentInfo, ...]:
    """Return one page of incidents, newest first."""
    query = select(*_COLUMNS).where(_chosen(school_id, choice)).order_by(Incident.day.desc(), Incident.id)
    rows = session.execute(query.limit(PAGE).offset(PAGE * (page - 1)))
    return tuple(IncidentInfo(*row) for row in rows)


def all_incidents(session: Session, school_id: str, choice: Choice) -> Sequence[IncidentInfo]:
    """Return every incident, oldest first, for a file."""
    query = select(*_COLUMNS).where(_chosen(school_id, choice)).order_by(Incident.day, Incident.id)
    return [IncidentInfo(*row) for row in session.execute(query)]


def incident(session: Session, school_id: str, incident_id: str) -> IncidentInfo | None:
    """Return one incident of a school; None when it is not there."""
    query = select(*_COLUMNS).where(Incident.id == incident_id, Incident.school_id == school_id)
    row = session.execute(query).one_or_none()
    return IncidentInfo(*row) if row else None


def count(session: Session, school_id: str, choice: Choice) -> int:
    """Return how many incidents there are."""
    return session.scalar(select(func.count()).select_from(Incident).where(_chosen(school_id, choice))) or 0


def counts_by(session: Session, school_id: str, choice: Choice, column: str) -> Mapping[str, int]:
    """Return how many incidents there are by code of a field."""
    by = getattr(Incident, column)
    query = select(by, func.count()).where(_chosen(school_id, choice)).group_by(by)
    return dict(session.execute(query).all())


def heat(session: Session, school_id: str, choice: Choice) -> Mapping[tuple[str, str], int]:
    """Return how many incidents there are by place and part of day."""
    query = select(Incident.place, Incident.part_of_day, func.count()).where(_chosen(school_id, choice))
    rows = session.execute(query.group_by(Incident.place, Incident.part_of_day))
    return {(place, part): number for place, part, number in rows}


def by_month(session: Session, school_id: str, choice: Choice) -> Mapping[str, int]:
    """Return how many incidents there are by month, as 2026-11."""
    days = select(Incident.day, func.count()).where(_chosen(school_id, choice)).group_by(Incident.day)
    found: dict[str, int] = {}
    for day, number in session.execute(days):
        month = f"{day:%Y-%m}"
        found[month] = found.get(month, 0) + number
    return found


def serious_incidents(session: Session, school_id: str, period: str) -> tuple[IncidentInfo, ...]:
    """Return the serious incidents of a period, those that the inspectorate must still hear of first."""
    query = select(*_COLUMNS).where(_chosen(school_id, Choice(period)), Incident.serious_reason != "none")
    found = [IncidentInfo(*row) for row in session.execute(query)]
    return tuple(sorted(found, key=lambda one: (one.inspectorate == "done", one.due_on, one.id)))


@dataclass(frozen=True)
class Participation:
    """How a school takes part."""

    since: date | None
    profile: str
    board: str
    is_pilot: bool
    done: Mapping[str, date | None] = field(default_factory=dict)
    """By each of `STEPS` the day on which the network marked it."""

    @property
    def counts_from(self) -> date | None:
        """Return the day from which the school is counted: that of its first full quarter."""
        return first_day(first_full_quarter(self.since)) if self.since else None


def participation(session: Session, school_id: str) -> Participation:
    """Return how a school takes part; one that never said anything does not."""
    found = session.get(RegisterSchool, school_id)
    if found is None:
        return Participation(None, "vo", "", is_pilot=True)
    done = {step: getattr(found, f"{step}_on") for step in STEPS}
    return Participation(found.since, found.profile, found.board, found.is_pilot, done)


@dataclass(frozen=True)
class ImportInfo:
    """One import and how far it is."""

    id: str
    system: str
    made_on: date
    total: int
    done: int
    doubles: int
    is_undone: bool

    @property
    def is_busy(self) -> bool:
        """Return whether rows still wait."""
        return self.done < self.total and not self.is_undone


def schools_importing(session: Session) -> tuple[str, ...]:
    """Return the ids of schools of which half a file may stand in the register, because the worker is still busy."""
    query = select(RegisterImport.school_id).where(RegisterImport.waiting.is_not(None)).distinct()
    return tuple(session.scalars(query))


def imports(session: Session, school_id: str) -> tuple[ImportInfo, ...]:
    """Return the imports of a school, newest first."""
    query = select(*(getattr(RegisterImport, one.name) for one in fields(ImportInfo)))
    rows = session.execute(query.where(RegisterImport.school_id == school_id).order_by(RegisterImport.made_on.desc()))
    return tuple(ImportInfo(*row) for row in rows)


def has_import(session: Session, school_id: str) -> bool:
    """Return whether a school has read a file that still stands."""
    query = select(RegisterImport.id).where(RegisterImport.school_id == school_id, RegisterImport.is_undone.is_(False))
    return session.scalar(query.limit(1)) is not None
