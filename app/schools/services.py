"""What the school itself decides: its name, places, days off, district, exit and whether it is open."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.schools.districts import CONFIRMED, DISTRICTS
from app.schools.holiday_files import check_days
from app.schools.importing import import_holidays, import_schools
from app.schools.models import ALIAS_LENGTH, HOLIDAY_LENGTH, PLACE_LENGTH, URL_LENGTH, Holiday, Place, School
from app.schools.places import DEFAULT_PLACES
from app.schools.slugs import slugify
from app.schools.tables import FieldError

__all__ = ["import_holidays", "import_schools"]  # the two writes that have a module of their own

MOST_PLACES = 30
MOST_PUPILS = 20_000
MOST_IN_CLASS = 200
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


class SchoolNotFoundError(LookupError):
    """Raised when there is no school with the given id."""


class SchoolSettingError(ValueError):
    """Raised when a school may not be set so; *reason* is a code that a page can put into words."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(f"{reason}: {cure}")
        self.reason = reason


def set_open(session: Session, school_id: str, is_open: bool) -> None:
    """Let the school take reports, or stop that; whether it may open is decided above this package.

    The first opening founds it, for good.
    """
    school = _school(session, school_id)
    school.is_open = is_open
    if is_open and school.founded_on is None:
        school.founded_on = clock.today()


def rename(session: Session, school_id: str, alias: str) -> None:
    """Set what the school calls itself; empty brings back the name from the list. Its slug stays.

    Raises: SchoolSettingError.
    """
    _school(session, school_id).alias = _line(alias, ALIAS_LENGTH) if alias.strip() else ""


def confirm_district(session: Session, school_id: str, district: str) -> None:
    """Note that the school itself says in which district it stands; no import changes it afterwards.

    Raises: SchoolSettingError.
    """
    if district not in DISTRICTS:
        raise SchoolSettingError("unknown_district", f"choose one of {', '.join(DISTRICTS)}")
    school = _school(session, school_id)
    school.district, school.district_source = district, CONFIRMED


def set_exit_url(session: Session, school_id: str, url: str) -> None:
    """Set the neutral page that the exit leads to; empty means the site's own.

    Raises: SchoolSettingError.
    """
    _school(session, school_id).exit_url = check_exit_url(url) if url.strip() else ""


def check_exit_url(url: str) -> str:
    """Return *url* when the exit may lead there: https, a public host name, no sign-in part or port.

    Raises: SchoolSettingError.
    """
    address = url.strip()
    cure = "write an address as https://www.knmi.nl/"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise SchoolSettingError("exit_url", cure) from error
    printable = address.isascii() and re.fullmatch(r"[^\s\\\"'<>\x00-\x1f\x7f]+", address)
    if (
        not printable
        or len(address) > URL_LENGTH
        or parts.scheme != "https"
        or not _HOST.fullmatch(parts.netloc.lower())
    ):
        raise SchoolSettingError("exit_url", cure)
    return address


def set_numbers(session: Session, school_id: str, pupils: int, class_size: int) -> None:
    """Set about how many pupils the school and a class of it have; 0 takes a number away.

    Raises: SchoolSettingError.
    """
    school = _school(session, school_id)
    for number, most in ((pupils, MOST_PUPILS), (class_size, MOST_IN_CLASS)):
        if not 0 <= number <= most:
            raise SchoolSettingError("numbers", f"write a number from 0 to {most}")
    if pupils and class_size > pupils:
        raise SchoolSettingError("numbers", "a class has no more pupils than the school")
    school.pupils, school.class_size = pupils, class_size


def set_places(session: Session, school_id: str, labels: Sequence[str]) -> None:
    """Offer exactly the places called *labels*, in that order; none at all brings back the default places.

    A label that is known keeps its code, and what is no longer offered keeps its label, for older reports name them.

    Raises: SchoolSettingError.
    """
    _school(session, school_id)
    wanted = [_line(label, PLACE_LENGTH) for label in labels if label.strip()]
    if len(wanted) > MOST_PLACES:
        raise SchoolSettingError("too_many_places", f"name at most {MOST_PLACES}")
    known = {place.code: place for place in session.scalars(select(Place).where(Place.school_id == school_id))}
    offered = _coded(wanted, known)
    for place in known.values():
        place.is_offered = False
    for position, (code, label) in enumerate(offered.items()):
        place = known.get(code) or Place(school_id=school_id, code=code)
        place.label, place.position, place.is_offered = label, position, True
        session.add(place)
    session.flush()


def _coded(labels: Sequence[str], known: Mapping[str, Place]) -> dict[str, str]:
    coded: dict[str, str] = {}
    for label in labels:
        default = _default_code(label)
        code = default or _own_code(label, {**{code: place.label for code, place in known.items()}, **coded})
        if code in coded:
            raise SchoolSettingError("place_twice", "name each place once")
        coded[code] = DEFAULT_PLACES[default][:] if default else label
    return coded


def _default_code(label: str) -> str:
    # Both the Dutch words and those of the manager's own language mean the default place.
    folded = label.casefold()
    spoken = ((code, {text[:].casefold(), str(text).casefold()}) for code, text in DEFAULT_PLACES.items())
    return next((code for code, words in spoken if folded in words), "")


def _own_code(label: str, known: Mapping[str, str]) -> str:
    same = [code for code, text in known.items() if text.casefold() == label.casefold()]
    if same:
        return same[0]
    base = slugify(label) or "plek"
    code, number = base, 1
    while code in known or code in DEFAULT_PLACES:
        number += 1
        code = f"{base}-{number}"
    return code


def add_holiday(session: Session, school_id: str, name: str, days: tuple[date, date]) -> str:
    """Close the school from the first to the last of *days*, both included; return the id.

    Raises: SchoolSettingError.
    """
    _school(session, school_id)
    try:
        check_days(*days)
    except FieldError as error:
        raise SchoolSettingError("days", str(error)) from error
    holiday = Holiday(school_id=school_id, name=_line(name, HOLIDAY_LENGTH), first_day=days[0], last_day=days[1])
    session.add(holiday)
    session.flush()
    return holiday.id


def remove_holiday(session: Session, school_id: str, holiday_id: str) -> None:
    """Take away days off that this school added; those of its region, or of another school, stay."""
    holiday = session.get(Holiday, holiday_id)
    if holiday is not None and holiday.school_id == school_id:
        session.delete(holiday)
        session.flush()


def _line(text: str, longest: int) -> str:
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > longest or not tidy.isprintable():
        raise SchoolSettingError("text", f"write one line of at most {longest} characters")
    return tidy


def _school(session: Session, school_id: str) -> School:
    school = session.get(School, school_id)
    if school is None:
        raise SchoolNotFoundError(f"there is no school {school_id!r}")
    return school
