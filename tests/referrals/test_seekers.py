"""Who looks for help is read from the words, and only services that fit them come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.referrals.entries import Entry, Opening
from app.referrals.fitting import is_closed, is_of_age, is_stale
from app.referrals.queries import Seeker, search_among
from app.referrals.seekers import NOBODY, seeker_in
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.tables import districts

SERVICES = {entry.id: entry for entry in read_sheet(PACKAGED)}
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = MONDAY.date()


def age_in(words: str) -> int | None:
    return seeker_in(words, NOBODY, districts()).age


def found(words: str, seeker: Seeker = NOBODY, services: dict[str, Entry] | None = None) -> list[str]:
    return [card.id for card in search_among(services or SERVICES, words, seeker=seeker, now=MONDAY)]


def open_from(first: int, last: int) -> tuple[Opening, ...]:
    opens, closes = (datetime(2026, 1, 1, hour, tzinfo=UTC).time() for hour in (first, last))
    return (Opening(days=frozenset(range(7)), opens=opens, closes=closes, on_holidays=True),)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("ik ben 12", 12),
        ("ik ben twaalf", 12),
        ("mijn zusje van 8 wordt gepest", 8),
        ("14 jaar en gepest", 14),
        ("een 16-jarige jongen", 16),
        ("i am 15", 15),
        ("I'm 13 and scared", 13),
        ("17 years old", 17),
        ("عمري 14 سنة", 14),
        ("عمري ١٤", 14),
    ],
)
def test_an_age_is_read_from_the_words(words: str, age: int) -> None:
    assert age_in(words) == age


@pytest.mark.parametrize(
    "words",
    [
        "ik ben 3 keer geslagen",
        "ik ben 2 weken over tijd",
        "bel 112",
        "0612345678",
        "groep 8",
        "ik ben 200",
        "is 5 euro",
    ],
)
def test_another_number_is_no_age(words: str) -> None:
    assert age_in(words) is None


@pytest.mark.parametrize(
    ("words", "district"),
    [("ik woon in Escamp", "Escamp"), ("jongerenwerk moerwijk", "Escamp"), ("in de Haagse Hout", "Haagse Hout")],
)
def test_a_district_is_read_from_its_name_or_a_neighbourhood(words: str, district: str) -> None:
    assert seeker_in(words, NOBODY, districts()).district == district


def test_a_centre_is_no_district() -> None:
    assert seeker_in("centrum seksueel geweld", NOBODY, districts()).district == ""


def test_the_words_count_before_what_was_known() -> None:
    assert seeker_in("ik ben 12 en woon in laak", Seeker(16, "Escamp"), districts()) == Seeker(12, "Laak")
    assert seeker_in("pesten", Seeker(16, "Escamp"), districts()) == Seeker(16, "Escamp")


def test_services_for_another_age_are_left_out() -> None:
    assert "kindertelefoon" in found("ik ben 12 en eenzaam")
    assert "luisterlijn" not in found("ik ben 12 en eenzaam")
    assert "kindertelefoon" not in found("ik ben 19 en eenzaam")
    assert "kindertelefoon" not in found("eenzaam", Seeker(age=19))


@pytest.mark.parametrize("age", [4, 11, 17, 40, 99])
def test_crisis_lines_take_every_age(age: int) -> None:
    closed = {one: replace(entry, min_age=12, max_age=18) for one, entry in SERVICES.items() if entry.emergency}

    assert all(is_of_age(entry, age) for entry in closed.values())
    assert found("ik wil dood", Seeker(age=age))[0] == "113"


def test_a_parent_who_tells_the_age_of_a_child_gets_help_for_parents() -> None:
    assert found("mijn zoon van 8 wordt gepest")[0] == "ouders-onderwijs"


def test_somebody_of_any_age_finds_somebody() -> None:
    assert found("qqqq", Seeker(age=70))


def test_a_service_of_another_district_comes_behind() -> None:
    here = replace(SERVICES["jongerenwerk"], id="here", districts=("Laak",))
    there = replace(SERVICES["jongerenwerk"], id="there", districts=("Escamp",))
    services = {one.id: one for one in (there, here)}

    assert found("buurthuis", services=services) == ["there", "here"]
    assert found("buurthuis in laak", services=services) == ["here", "there"]
    assert found("buurthuis", Seeker(district="Laak"), services) == ["here", "there"]


def test_what_is_closed_comes_behind_an_equal_that_is_open_and_not_behind_the_unknown() -> None:
    closed = replace(SERVICES["jongerenwerk"], id="closed", phone_hours=open_from(2, 3))
    opened = replace(closed, id="opened", phone_hours=open_from(9, 20))
    unknown = replace(closed, id="unknown", phone_hours=())

    assert is_closed(closed, MONDAY)
    assert not is_closed(opened, MONDAY)
    assert not is_closed(unknown, MONDAY)
    services = {one.id: one for one in (closed, unknown, opened)}
    assert found("buurthuis", services=services) == ["unknown", "opened", "closed"]


def test_one_way_in_that_is_open_is_enough() -> None:
    assert not is_closed(replace(SERVICES["113"], phone_hours=open_from(2, 3), chat_hours=open_from(9, 20)), MONDAY)


def test_what_nobody_checked_for_six_months_comes_behind_its_equal() -> None:
    stale = replace(SERVICES["jongerenwerk"], id="stale", checked_on=date(2026, 5, 1))
    fresh = replace(stale, id="fresh", checked_on=date(2026, 11, 1))

    assert is_stale(stale, TODAY)
    assert not is_stale(fresh, TODAY)
    assert found("buurthuis", services={one.id: one for one in (stale, fresh)}) == ["fresh", "stale"]


@pytest.mark.parametrize("line", ["112", "113"])
def test_the_numbers_of_life_never_drop(line: str) -> None:
    entry = replace(SERVICES[line], checked_on=None, verified=False, phone_hours=open_from(2, 3), districts=("Laak",))
    services = {"other": replace(SERVICES["politie"], id="other"), line: entry}
    words = {"112": "mes", "113": "zelfmoord"}[line]

    assert found(words, Seeker(age=12, district="Escamp"), services)[0] == line


def test_keywords_in_another_language_lead_to_a_service() -> None:
    service = replace(SERVICES["jongerenwerk"], id="one", keywords={"tr": ("zorbalık",), "pl": ("przemoc",)})

    assert found("zorbalık", services={"one": service}) == ["one"]
    assert found("zorbalik", services={"one": service}) == ["one"]
