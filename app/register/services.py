"""What changes the register: recording, changing, striking and taking part. None of it commits."""

from collections.abc import Iterable
from datetime import date
from secrets import token_bytes
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app import clock
from app.register.law import PROFILES, edition_on
from app.register.models import Incident, RegisterSchool
from app.register.rules import IncidentFacts, check


class UnknownIncidentError(Exception):
    """Raised for an incident that this school does not have."""


def record_incident(session: Session, school_id: str, facts: IncidentFacts) -> str:
    """Store one incident of a school and return its id.

    Raises: FactsError.
    """
    incident = Incident(school_id=school_id, recorded_on=clock.today(), **columns_of(facts))
    session.add(incident)
    session.flush()
    return incident.id


def record_many(session: Session, school_id: str, many: Iterable[IncidentFacts]) -> None:
    """Store many incidents of a school at once.

    Raises: FactsError.
    """
    rows = [{"school_id": school_id, "recorded_on": clock.today(), **columns_of(facts)} for facts in many]
    if rows:
        session.execute(insert(Incident), rows)


def columns_of(facts: IncidentFacts) -> dict[str, Any]:
    """Return facts as the columns of a row.

    Raises: FactsError.
    """
    check(facts, clock.today())
    return {
        "day": facts.day,
        "is_online": facts.is_online,
        "affected_count": facts.affected_count,
        "reported_on": facts.reported_on,
        "edition": edition_on(facts.day).code,
        **facts.complete(),
    }


def change_incident(session: Session, school_id: str, incident_id: str, facts: IncidentFacts) -> None:
    """Put other facts in the place of what an incident said.

    What was counted in a quarter that came out stays counted there; the difference goes into the next one.

    Raises: FactsError, UnknownIncidentError.
    """
    told = columns_of(facts)
    changed = update(Incident).where(Incident.id == incident_id, Incident.school_id == school_id).values(**told)
    if not session.execute(changed.returning(Incident.id)).first():
        raise UnknownIncidentError


def strike_incident(session: Session, school_id: str, incident_id: str) -> None:
    """Take an incident out of the register.

    Raises: UnknownIncidentError.
    """
    gone = delete(Incident).where(Incident.id == incident_id, Incident.school_id == school_id)
    if not session.execute(gone.returning(Incident.id)).first():
        raise UnknownIncidentError


def take_part(session: Session, school_id: str, since: date | None) -> RegisterSchool:
    """Let a school register from a day on, or None to stop; it counts from its first full quarter."""
    school = settings_of(session, school_id)
    school.since = since
    session.flush()
    return school


def set_profile(session: Session, school_id: str, profile: str, *, is_pilot: bool, board: str = "") -> None:
    """Set the kind of school, its board (empty: its BRIN stands for it), and whether it still only tries.

    Raises: KeyError for a profile that does not exist.
    """
    school = settings_of(session, school_id)
    school.profile = PROFILES[profile].code
    school.is_pilot, school.board = is_pilot, board
    session.flush()


def mark_step(session: Session, school_id: str, step: str, *, is_done: bool) -> None:
    """Note today as the day on which a school took one of `STEPS`, or that it did not."""
    setattr(settings_of(session, school_id), f"{step}_on", clock.today() if is_done else None)
    session.flush()


def settings_of(session: Session, school_id: str) -> RegisterSchool:
    """Return how a school takes part; made at the first question, with a salt of its own."""
    found = session.get(RegisterSchool, school_id)
    if found is None:
        found = RegisterSchool(school_id=school_id, since=None, profile="vo", board="", is_pilot=True)
        found.row_salt = token_bytes(32)
        session.add(found)
        session.flush()
    return found
