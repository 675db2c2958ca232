"""What others may know of schools."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, or_, select
from sqlalchemy.orm import Session

from app.schools.models import Holiday, Place, School
from app.schools.places import DEFAULT_PLACES

_BY_SLUG = select(School.__table__).where(School.slug == bindparam("slug"), School.trainee_id.is_(None))


@dataclass(frozen=True)
class SchoolInfo:
    """A school as pages show it; *name* is what the school calls itself, *exit_url* empty means the site's own.

    *pupils* and *class_size* are about how many; 0 when nobody said.
    """

    id: str
    slug: str
    name: str
    official_name: str
    district: str
    district_source: str
    is_open: bool
    exit_url: str
    location_code: str = ""
    alias: str = ""
    language: str = "nl"
    pupils: int = 0
    class_size: int = 0
    founded_on: date | None = None
    """Day on which it first opened."""


@dataclass(frozen=True)
class PlaceInfo:
    """A place that a student may choose."""

    code: str
    label: str


@dataclass(frozen=True)
class HolidayInfo:
    """Days on which a school is closed, both included; *is_own* tells that the school itself added them."""

    id: str
    name: str
    first_day: date
    last_day: date
    is_own: bool


def school_by_slug(session: Session, slug: str) -> SchoolInfo | None:
    """Return the school whose start page is at *slug*."""
    # PostgreSQL refuses a NUL in a text, and such a slug is nobody's anyway.
    if not slug.isascii() or "\0" in slug:
        return None
    # Every tap of a student asks this: a row without the ORM costs a quarter.
    return _info(session.connection().execute(_BY_SLUG, {"slug": slug}).first())


def school_by_id(session: Session, school_id: str) -> SchoolInfo | None:
    """Return the school with this id."""
    return _info(session.get(School, school_id))


def is_training(session: Session, school_id: str) -> bool:
    """Tell whether a school does not exist: somebody practises there, and nothing of it is counted or mailed."""
    return session.scalar(select(School.trainee_id).where(School.id == school_id)) is not None


def training_school_of(session: Session, person_id: str) -> str | None:
    """Return the id of the school in which that person practises now; None when he does not."""
    query = select(School.id).where(School.trainee_id == person_id, School.founded_on.is_not(None))
    return session.scalar(query.order_by(School.id))


def left_over_training(session: Session, before: date) -> tuple[str, ...]:
    """Return the ids of the schools in which somebody began to practise earlier than that day and never stopped."""
    query = select(School.id).where(School.trainee_id.is_not(None), School.founded_on < before).order_by(School.id)
    return tuple(session.scalars(query))


def open_schools(session: Session) -> tuple[SchoolInfo, ...]:
    """Return the schools that take reports, by name."""
    return tuple(school for school in all_schools(session) if school.is_open)


def all_schools(session: Session) -> tuple[SchoolInfo, ...]:
    """Return every school that exists, by name; none in which somebody practises."""
    rows = session.scalars(select(School).where(School.trainee_id.is_(None)))
    found = [info for school in rows if (info := _info(school))]
    return tuple(sorted(found, key=lambda info: (info.name.casefold(), info.location_code)))


def places_of(session: Session, school_id: str) -> tuple[PlaceInfo, ...]:
    """Return the places that the school offers, in its order and in the current language where they have one.

    A school that named none offers the default places.
    """
    own = session.scalars(
        select(Place).where(Place.school_id == school_id, Place.is_offered).order_by(Place.position, Place.code)
    ).all()
    if own:
        return tuple(PlaceInfo(place.code, _label(place)) for place in own)
    return tuple(PlaceInfo(code, str(label)) for code, label in DEFAULT_PLACES.items())


def place_labels(session: Session, school_id: str) -> Mapping[str, str]:
    """Return the label of every place code that a report of this school can hold, withdrawn places too."""
    labels = {code: str(label) for code, label in DEFAULT_PLACES.items()}
    own = session.scalars(select(Place).where(Place.school_id == school_id))
    return labels | {place.code: _label(place) for place in own}


def holidays_of(session: Session, school_id: str) -> tuple[HolidayInfo, ...]:
    """Return the days off of the school and of its holiday region, in order."""
    region = select(School.holiday_region).where(School.id == school_id).scalar_subquery()
    found = session.scalars(
        select(Holiday)
        .where(or_(Holiday.school_id == school_id, Holiday.school_id.is_(None) & (Holiday.region == region)))
        .order_by(Holiday.first_day, Holiday.name, Holiday.id)
    )
    return tuple(HolidayInfo(day.id, day.name, day.first_day, day.last_day, day.school_id is not None) for day in found)


def _label(place: Place) -> str:
    default = DEFAULT_PLACES.get(place.code)
    # A default place whose label the school kept speaks every language; words of its own stay as they are.
    return str(default) if default is not None and default[:] == place.label else place.label


def _info(school: School | Row[Any] | None) -> SchoolInfo | None:
    if school is None:
        return None
    return SchoolInfo(
        id=school.id,
        slug=school.slug,
        name=school.alias or school.label or school.name,
        official_name=school.name,
        district=school.district,
        district_source=school.district_source,
        is_open=school.is_open,
        exit_url=school.exit_url,
        location_code=school.location_code,
        alias=school.alias,
        language=school.language,
        pupils=school.pupils,
        class_size=school.class_size,
        founded_on=school.founded_on,
    )
