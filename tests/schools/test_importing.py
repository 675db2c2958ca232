"""What an import writes, and what it leaves alone."""

from datetime import date

from sqlalchemy.orm import Session

from app.schools import services
from app.schools.districts import CONFIRMED
from app.schools.holiday_files import HolidayRow, read_holidays
from app.schools.queries import SchoolInfo, all_schools, holidays_of, places_of
from app.schools.reports import ImportResult
from app.schools.school_files import read_schools
from app.schools.services import import_holidays, import_schools
from tests.schools.files import POPULIER, city_file, duo_file

EVERYTHING = "02GJ,02GJ01,De Tweede,Dunklerstraat 7,2517 SW,HAVO,Segbroek,medium"
HOLIDAYS = "region_or_school,name,first_day,last_day\n"


def load(session: Session, data: bytes) -> ImportResult:
    return import_schools(session, read_schools(data).rows)


def populier(session: Session) -> SchoolInfo:
    return next(school for school in all_schools(session) if school.location_code == "02GJ00")


def test_importing_twice_changes_nothing(session: Session) -> None:
    assert load(session, city_file(POPULIER, EVERYTHING)).count("imported") == 2
    before = all_schools(session)

    assert load(session, city_file(POPULIER, EVERYTHING)).count("unchanged") == 2
    assert all_schools(session) == before


def test_a_legal_name_does_not_replace_the_readable_one(session: Session) -> None:
    load(session, city_file(POPULIER))
    assert load(session, duo_file({})).count("changed") == 1

    school = populier(session)
    assert school.name == "Christelijk College De Populier"
    assert school.official_name == "Stichting De Populier voor vwo, havo, mavo"
    assert load(session, city_file(POPULIER)).count("unchanged") == 1
    assert load(session, duo_file({})).count("unchanged") == 1


def test_what_a_person_decided_survives_an_import(session: Session) -> None:
    load(session, city_file(POPULIER))
    school_id, slug = populier(session).id, populier(session).slug
    services.rename(session, school_id, "De Pop")
    services.set_open(session, school_id, True)
    services.set_places(session, school_id, ["Bij de boom"])
    services.confirm_district(session, school_id, "Centrum")

    load(session, city_file(POPULIER.replace("De Populier", "De Nieuwe")))
    load(session, duo_file({"VESTIGINGSNAAM": "Heel Anders"}))

    school = populier(session)
    assert (school.name, school.slug, school.is_open) == ("De Pop", slug, True)
    assert (school.district, school.district_source) == ("Centrum", CONFIRMED)
    assert [place.label for place in places_of(session, school_id)] == ["Bij de boom"]


def test_duos_file_knows_no_district(session: Session) -> None:
    load(session, duo_file({}))

    assert (populier(session).district, populier(session).district_source) == ("", "")


def test_an_unconfirmed_district_follows_the_list(session: Session) -> None:
    load(session, city_file(POPULIER))
    result = load(session, city_file(POPULIER.replace("Segbroek", "Centrum")))

    assert str(result.rows[0]) == "row 2: changed: 02GJ00 (district)"


def test_a_good_row_is_imported_beside_a_refused_one(session: Session) -> None:
    result = load(session, city_file(POPULIER.replace("2565 MK", "25"), EVERYTHING))

    assert result.summary == "imported 1, changed 0, unchanged 0, refused 1"


def test_a_location_named_twice_is_refused_the_second_time(session: Session) -> None:
    result = load(session, city_file(POPULIER, POPULIER))

    assert [row.outcome for row in result.rows] == ["imported", "refused"]
    assert "row 2" in result.rows[1].detail


def test_two_locations_of_one_name_get_two_slugs(session: Session) -> None:
    load(session, city_file(POPULIER, POPULIER.replace("02GJ00", "02GJ09")))

    assert len({school.slug for school in all_schools(session)}) == 2


def load_holidays(session: Session, text: str) -> ImportResult:
    return import_holidays(session, read_holidays((HOLIDAYS + text).encode()))


def test_days_off_are_those_of_the_region_and_of_the_school(session: Session) -> None:
    load(session, city_file(POPULIER, EVERYTHING))
    slug = populier(session).slug
    regions = "Midden,Herfst,2026-10-17,25-10-2026\nzuid,Herfst,2026-10-24,2026-11-01\n"
    text = f"{regions}{slug},Studiedag,2026-09-25,2026-09-25\n"

    assert load_holidays(session, text).count("imported") == 3
    assert [(day.name, day.is_own) for day in holidays_of(session, populier(session).id)] == [
        ("Studiedag", True),
        ("Herfst", False),
    ]
    assert load_holidays(session, text).count("unchanged") == 3


def test_days_that_overlap_under_the_same_name_are_a_correction(session: Session) -> None:
    load(session, city_file(POPULIER))
    load_holidays(session, "midden,Kerst,2026-12-19,2027-01-03\n")

    result = load_holidays(session, "midden,Kerst,2026-12-18,2027-01-03\nmidden,Kerst,2026-12-20,2026-12-21\n")

    assert [row.outcome for row in result.rows] == ["changed", "refused"]
    assert [day.first_day for day in holidays_of(session, populier(session).id)] == [date(2026, 12, 18)]


def test_days_off_of_an_unknown_school_are_refused(session: Session) -> None:
    row = HolidayRow(2, "hogwarts", "Kerst", date(2026, 12, 19), date(2027, 1, 3))

    assert "'hogwarts' is unknown" in import_holidays(session, [row]).rows[0].detail


def test_a_row_of_days_off_that_cannot_be_read_is_refused(session: Session) -> None:
    assert load_holidays(session, "midden,Kerst,morgen,2027-01-03\n").summary.endswith("refused 1")
