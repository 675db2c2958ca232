"""Which of somebody's schools a page is about."""

from flask import abort, request
from sqlalchemy.orm import Session

from app.accounts.access import current_person
from app.accounts.roles import Role
from app.schools.queries import SchoolInfo, school_by_id


def own_schools(session: Session, *roles: Role) -> tuple[SchoolInfo, ...]:
    """Return the schools where who is signed in has one of *roles*, by name."""
    person = current_person()
    ids = {school_id for role in roles for school_id in person.school_ids_as(role)}
    found = [school for school_id in ids if (school := school_by_id(session, school_id))]
    return tuple(sorted(found, key=lambda school: (school.name.casefold(), school.id)))


def own_school(session: Session, *roles: Role) -> SchoolInfo:
    """Return the school that `?school=` names, or else the first of them; a school of others is not found (404)."""
    schools = own_schools(session, *roles)
    slug = request.args.get("school")
    found = next((school for school in schools if slug in {None, school.slug}), None)
    if found is None:
        abort(404)
    return found
