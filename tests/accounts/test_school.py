"""The school's page."""

import pytest

from app import db
from app.accounts.queries import school_readiness
from app.accounts.roles import Role
from app.accounts.rules import Gap
from app.accounts.services import SchoolNotReadyError, open_school
from app.schools.queries import holidays_of, places_of, school_by_id
from tests.accounts.people import SCHOOL_ID, Town


def test_a_school_without_advisers_lacks_both(town: Town) -> None:
    with town.app.app_context(), db.transaction() as session, pytest.raises(SchoolNotReadyError) as refused:
        open_school(session, SCHOOL_ID)

    assert refused.value.missing == (Gap.SECOND_ADVISER, Gap.EXTERNAL_ADVISER)


def test_two_internal_advisers_are_not_enough(town: Town) -> None:
    town.person("mira@school.example", Role.ADVISER, "internal")
    town.person("sem@school.example", Role.ADVISER, "internal")

    with town.app.app_context(), db.reading() as session:
        assert school_readiness(session, SCHOOL_ID).missing == (Gap.EXTERNAL_ADVISER,)


def test_a_manager_opens_and_closes_a_school_that_is_ready(town: Town) -> None:
    manager = town.manager()
    assert manager.post("/staff/school/open").status_code == 409
    town.two_advisers()

    assert manager.post("/staff/school/open").status_code == 303
    assert "De school is open" in manager.get("/staff/school").text
    assert manager.post("/staff/school/close").status_code == 303
    assert "nog dicht" in manager.get("/staff/school").text


def test_the_page_names_what_is_missing_and_shows_the_start_page(town: Town) -> None:
    page = town.manager().get("/staff/school").text

    assert page.count('class="missing"') == 2
    assert "http://localhost/de-meeuw" in page
    assert "<svg" in page


def test_a_coordinator_reads_but_changes_nothing(town: Town) -> None:
    joined = town.person("sem@school.example", Role.COORDINATOR)
    browser = town.browser_of("sem@school.example", joined)

    page = browser.get("/staff/school").text

    assert "http://localhost/de-meeuw" in page
    assert 'action="/staff/school/' not in page
    assert browser.post("/staff/school/alias", data={"alias": "x"}).status_code == 404


def test_a_manager_sets_name_places_holiday_district_and_exit(town: Town) -> None:
    manager = town.manager()
    days = {"holiday": "Studiedag", "first_day": "2026-12-01", "last_day": "2026-12-02"}

    for part, sent in (
        ("alias", {"alias": "De Meeuw"}),
        ("places", {"places": "Aula\r\nKelder"}),
        ("numbers", {"pupils": " 840 ", "class_size": "28"}),
        ("holidays", days),
        ("district", {"district": "Laak"}),
        ("exit", {"exit_url": "https://www.buienradar.nl/"}),
    ):
        assert manager.post(f"/staff/school/{part}", data=sent).status_code == 303, part

    with town.app.app_context(), db.reading() as session:
        school = school_by_id(session, SCHOOL_ID)
        places = [place.label for place in places_of(session, SCHOOL_ID)]
        holiday = holidays_of(session, SCHOOL_ID)[0]
    assert school is not None
    assert (school.name, school.district, school.exit_url) == ("De Meeuw", "Laak", "https://www.buienradar.nl/")
    assert places == ["Aula", "Kelder"]
    assert (school.pupils, school.class_size) == (840, 28)
    assert manager.post(f"/staff/school/holidays/{holiday.id}/remove").status_code == 303
    assert "Studiedag" not in manager.get("/staff/school").text


@pytest.mark.parametrize(
    ("part", "sent", "field"),
    [
        ("alias", {"alias": "x" * 300}, "alias"),
        ("places", {"places": "Aula\naula"}, "places"),
        ("numbers", {"pupils": "veel", "class_size": ""}, "pupils"),
        ("numbers", {"pupils": "30", "class_size": "-1"}, "class_size"),
        ("numbers", {"pupils": "30", "class_size": "31"}, "pupils"),
        ("holidays", {"holiday": "Feest", "first_day": "2026-12-02", "last_day": "2026-12-01"}, "holiday"),
        ("holidays", {"holiday": "Feest"}, "first_day"),
        ("district", {"district": "Utrecht"}, "district"),
        ("exit", {"exit_url": "javascript:alert(1)"}, "exit_url"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(town: Town, part: str, sent: dict[str, str], field: str) -> None:
    answer = town.manager().post(f"/staff/school/{part}", data=sent)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_a_number_that_nobody_knows_is_empty(town: Town) -> None:
    manager = town.manager()
    manager.post("/staff/school/numbers", data={"pupils": "840", "class_size": "28"})
    assert 'value="840"' in manager.get("/staff/school").text

    assert manager.post("/staff/school/numbers", data={"pupils": "", "class_size": ""}).status_code == 303

    page = manager.get("/staff/school").text
    assert 'id="pupils" ' in page
    assert 'value="840"' not in page
    assert 'value="0"' not in page


def test_the_network_sees_how_far_schools_are_and_no_counts(town: Town) -> None:
    town.two_advisers()
    joined = town.person("kees@city.example", Role.NETWORK, school_id=None)

    page = town.browser_of("kees@city.example", joined).get("/staff/schools").text

    assert "Klaar om te openen" in page
    assert "Nog niet klaar" in page
