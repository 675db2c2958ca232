"""Writes the rows of imported files; offered through `services`."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.schools.districts import CONFIRMED
from app.schools.holiday_files import HolidayRow
from app.schools.models import Holiday, School
from app.schools.reports import ImportResult, Outcome, RowReport
from app.schools.rules import REGIONS
from app.schools.school_files import SchoolRow
from app.schools.slugs import new_slug
from app.schools.tables import Refused, shown

_PLAIN = ("label", "address", "postcode", "website", "holiday_region")
"""Fields that the newest list decides; a list that leaves one empty says nothing about it."""


def import_schools(session: Session, rows: Iterable[SchoolRow | Refused]) -> ImportResult:
    """Write *rows* and tell of each what became of it.

    Never touches an alias, a slug, places, opening, or a district that the school confirmed.
    """
    known = {school.location_code: school for school in session.scalars(select(School))}
    slugs = {school.slug for school in known.values()}
    seen: dict[str, int] = {}
    reports = []
    for row in rows:
        if isinstance(row, Refused):
            reports.append(RowReport(row.row, "refused", row.why))
        elif row.location_code in seen:
            why = f"{row.location_code} already stands in row {seen[row.location_code]}; remove one of the two"
            reports.append(RowReport(row.row, "refused", why))
        else:
            seen[row.location_code] = row.row
            school = known.get(row.location_code)
            reports.append(_update(school, row) if school else _insert(session, row, slugs))
    session.flush()
    return ImportResult(tuple(reports))


def _insert(session: Session, row: SchoolRow, slugs: set[str]) -> RowReport:
    slug = new_slug(row.label or row.name, row.location_code, slugs)
    slugs.add(slug)
    school = School(slug=slug, brin=row.brin, location_code=row.location_code, name=row.name or row.label)
    for field in (*_PLAIN, "district", "district_source"):
        setattr(school, field, getattr(row, field))
    session.add(school)
    return RowReport(row.row, "imported", _told(row, f"{row.location_code} at /{slug}"))


def _update(school: School, row: SchoolRow) -> RowReport:
    wanted = _wanted(school, row)
    changed = [field for field, value in wanted.items() if value and value != getattr(school, field)]
    for field in changed:
        setattr(school, field, wanted[field])
    if not changed:
        return RowReport(row.row, "unchanged", _told(row, row.location_code))
    return RowReport(row.row, "changed", _told(row, f"{row.location_code} ({', '.join(changed)})"))


def _wanted(school: School, row: SchoolRow) -> dict[str, str]:
    wanted = {field: str(getattr(row, field)) for field in _PLAIN}
    # Only DUO knows the official name; the city's label stands in for it until DUO's file was read.
    wanted["name"] = row.name or (row.label if school.name == school.label else "")
    if row.district and school.district_source != CONFIRMED:
        wanted |= {"district": row.district, "district_source": row.district_source}
    return wanted


def _told(row: SchoolRow, what: str) -> str:
    return f"{what}; {row.note}" if row.note else what


def import_holidays(session: Session, rows: Iterable[HolidayRow | Refused]) -> ImportResult:
    """Write days off and tell of each row what became of it.

    Days of the same name and owner that overlap earlier ones correct them.
    """
    owners = _owners(session)
    written: dict[str, int] = {}
    reports = []
    for row in rows:
        if isinstance(row, Refused):
            reports.append(RowReport(row.row, "refused", row.why))
        elif row.owner.casefold() not in owners:
            why = (
                f"column REGION_OR_SCHOOL: {shown(row.owner)} is unknown; "
                f"one of {', '.join(REGIONS)}, or a school's slug as `flask schools list` shows it"
            )
            reports.append(RowReport(row.row, "refused", why))
        else:
            reports.append(_write_holiday(session, row, owners[row.owner.casefold()], written))
    return ImportResult(tuple(reports))


def _owners(session: Session) -> dict[str, tuple[str, str | None]]:
    owners: dict[str, tuple[str, str | None]] = {}
    for school in session.scalars(select(School).where(School.trainee_id.is_(None))):
        owners[school.slug] = owners[school.location_code.casefold()] = ("", school.id)
    return owners | {region: (region, None) for region in REGIONS}


def _write_holiday(
    session: Session, row: HolidayRow, owner: tuple[str, str | None], written: dict[str, int]
) -> RowReport:
    region, school_id = owner
    earlier = session.scalars(
        select(Holiday)
        .where(Holiday.region == region, Holiday.school_id == school_id, Holiday.name == row.name)
        .where(Holiday.first_day <= row.last_day, Holiday.last_day >= row.first_day)
        .order_by(Holiday.first_day, Holiday.id)
    ).first()
    told = f"{row.name}, {row.first_day} to {row.last_day}"
    outcome: Outcome
    if earlier is None:
        earlier = Holiday(region=region, school_id=school_id, name=row.name)
        session.add(earlier)
        outcome = "imported"
    elif earlier.id in written:
        return RowReport(row.row, "refused", f"it overlaps row {written[earlier.id]} of the same name; remove one")
    else:
        outcome = "unchanged" if (earlier.first_day, earlier.last_day) == (row.first_day, row.last_day) else "changed"
    earlier.first_day, earlier.last_day = row.first_day, row.last_day
    session.flush()
    written[earlier.id] = row.row
    return RowReport(row.row, outcome, told)
