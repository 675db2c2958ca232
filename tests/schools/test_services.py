"""What a school decides itself."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.i18n.translate import using
from app.schools import services
from app.schools.models import School
from app.schools.places import DEFAULT_PLACES
from app.schools.queries import (
    holidays_of,
    open_schools,
    place_labels,
    places_of,
    school_by_id,
    school_by_slug,
)
from app.schools.services import SchoolNotFoundError, SchoolSettingError, check_exit_url


@pytest.fixture
def school_id(session: Session) -> str:
    school = School(slug="de-linde", name="De Linde", brin="02GJ", location_code="02GJ00", holiday_region="midden")
    session.add(school)
    session.flush()
    return school.id


def codes(session: Session, school_id: str) -> list[str]:
    return [place.code for place in places_of(session, school_id)]


def test_a_new_school_is_closed_and_offers_the_default_places(session: Session, school_id: str) -> None:
    assert open_schools(session) == ()
    assert codes(session, school_id) == list(DEFAULT_PLACES)


def test_an_opened_school_is_found_by_its_slug(session: Session, school_id: str) -> None:
    services.set_open(session, school_id, True)

    assert [school.id for school in open_schools(session)] == [school_id]
    assert school_by_slug(session, "de-linde") == school_by_id(session, school_id)


@pytest.mark.parametrize("slug", ["nergens", "\0", "\ud800", "DE-LINDE", ""])
def test_an_unknown_slug_is_no_school(session: Session, school_id: str, slug: str) -> None:
    assert school_by_slug(session, slug) is None


def test_an_alias_is_shown_and_can_be_taken_back(session: Session, school_id: str) -> None:
    services.rename(session, school_id, "  De  Boom ")
    named = school_by_id(session, school_id)
    services.rename(session, school_id, " ")
    plain = school_by_id(session, school_id)

    assert named is not None
    assert plain is not None
    assert (named.name, named.official_name, plain.name) == ("De Boom", "De Linde", "De Linde")


@pytest.mark.parametrize("alias", ["x" * 81, "a\0b", "a\ud800b"])
def test_an_alias_that_is_no_line_of_text_is_refused(session: Session, school_id: str, alias: str) -> None:
    with pytest.raises(SchoolSettingError, match="80 characters"):
        services.rename(session, school_id, alias)


def test_own_places_keep_the_codes_of_known_labels(session: Session, school_id: str) -> None:
    services.set_places(session, school_id, ["Bij de boom", "in de klas", "", "Gang"])
    assert codes(session, school_id) == ["bij-de-boom", "klas", "gang-2"]

    services.set_places(session, school_id, ["Gang", "BIJ DE BOOM"])
    assert codes(session, school_id) == ["gang-2", "bij-de-boom"]


def test_a_withdrawn_place_keeps_its_label_for_older_reports(session: Session, school_id: str) -> None:
    services.set_places(session, school_id, ["Bij de boom"])
    services.set_places(session, school_id, [])

    assert codes(session, school_id) == list(DEFAULT_PLACES)
    assert place_labels(session, school_id)["bij-de-boom"] == "Bij de boom"


def test_places_are_named_in_the_language_of_the_moment(session: Session, school_id: str) -> None:
    services.set_places(session, school_id, ["In de klas", "Bij de boom"])

    with using("en"):
        labels = [place.label for place in places_of(session, school_id)]
        default = str(DEFAULT_PLACES["klas"])

    assert labels == [default, "Bij de boom"]


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (["Boom", "boom"], "place_twice"),
        (["In de klas", "in de Klas"], "place_twice"),
        ([str(n) for n in range(31)], "too_many_places"),
        (["x" * 61], "text"),
    ],
)
def test_places_that_cannot_be_offered_are_refused(
    session: Session, school_id: str, labels: list[str], reason: str
) -> None:
    with pytest.raises(SchoolSettingError) as caught:
        services.set_places(session, school_id, labels)

    assert caught.value.reason == reason


def test_a_place_without_latin_letters_gets_a_code(session: Session, school_id: str) -> None:
    services.set_places(session, school_id, ["مدرسة"])

    assert codes(session, school_id) == ["plek"]


def test_a_school_removes_its_own_days_off_only(session: Session, school_id: str) -> None:
    other = School(slug="b", name="B", brin="02GK", location_code="02GK00")
    session.add(other)
    session.flush()
    mine = services.add_holiday(session, school_id, "Studiedag", (date(2026, 9, 25), date(2026, 9, 25)))
    theirs = services.add_holiday(session, other.id, "Studiedag", (date(2026, 9, 25), date(2026, 9, 25)))

    services.remove_holiday(session, school_id, mine)
    services.remove_holiday(session, school_id, theirs)

    assert holidays_of(session, school_id) == ()
    assert [day.id for day in holidays_of(session, other.id)] == [theirs]


def test_days_off_that_end_before_they_begin_are_refused(session: Session, school_id: str) -> None:
    with pytest.raises(SchoolSettingError, match="lies before"):
        services.add_holiday(session, school_id, "Studiedag", (date(2026, 9, 25), date(2026, 9, 24)))


def test_only_a_real_district_can_be_confirmed(session: Session, school_id: str) -> None:
    with pytest.raises(SchoolSettingError, match="Escamp"):
        services.confirm_district(session, school_id, "Rijswijk")


@pytest.mark.parametrize("url", ["https://www.knmi.nl/", "https://example.org/weer?plaats=a#b"])
def test_the_exit_may_lead_to_a_page_over_https(url: str) -> None:
    assert check_exit_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "http://www.knmi.nl/",
        "javascript:alert(1)",
        "//www.knmi.nl",
        "https://localhost/",
        "https://a@b.nl/",
        "https://b.nl:8443/",
        "https://127.0.0.1/",
        "https://[::1",
        "https://b.nl/\nx",
        "https://b.nl/\"onclick='",
        "https://b.nl/" + "x" * 300,
    ],
)
def test_the_exit_leads_nowhere_else(url: str) -> None:
    with pytest.raises(SchoolSettingError):
        check_exit_url(url)


def test_the_exit_of_a_school_can_be_set_and_taken_back(session: Session, school_id: str) -> None:
    services.set_exit_url(session, school_id, "https://www.buienradar.nl/")
    services.set_exit_url(session, school_id, "")

    school = school_by_id(session, school_id)
    assert school is not None
    assert school.exit_url == ""


def test_a_setting_of_no_school_is_refused(session: Session) -> None:
    with pytest.raises(SchoolNotFoundError, match="no school 'x'"):
        services.set_open(session, "x", True)


def test_the_numbers_of_a_school_are_zero_until_somebody_says_them(session: Session, school_id: str) -> None:
    before = school_by_id(session, school_id)
    services.set_numbers(session, school_id, 840, 27)
    after = school_by_id(session, school_id)

    assert before
    assert after
    assert (before.pupils, before.class_size) == (0, 0)
    assert (after.pupils, after.class_size) == (840, 27)


@pytest.mark.parametrize(("pupils", "class_size"), [(-1, 0), (0, -1), (20_001, 0), (0, 201), (20, 21)])
def test_numbers_that_no_school_has_are_refused(session: Session, school_id: str, pupils: int, class_size: int) -> None:
    with pytest.raises(SchoolSettingError):
        services.set_numbers(session, school_id, pupils, class_size)
