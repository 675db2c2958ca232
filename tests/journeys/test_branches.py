"""Turns in the road: danger now, a change of mind, another language, and a report about somebody who would read it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

TOKEN = re.compile(r'name="csrf_token"[^>]*>')


def test_danger_now_shows_who_to_call_and_a_way_to_go_on(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])

    people.give(page, "danger", "right_now")

    for service in ("112", "113", "kindertelefoon"):
        expect(page.locator(f"[data-service='{service}'] a[href^='tel:']")).to_be_visible()
    people.give(page, "emergency.next", "go_on")
    assert people.open_question(page) == "you"


def test_a_change_of_mind_drops_what_followed_from_it(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])
    people.walk(page, {**people.DEFAULT_TALK, "who": "staff", "conflict": "_nobody"})
    expect(page.locator("input[name='step'][value='conflict']")).to_have_count(1)

    page.locator("form:has(input[name='step'][value='who']) button[value='change']").click()
    people.give(page, "who", "student")
    people.walk(page, {})

    expect(page.locator("form[data-step='review']")).to_be_visible()
    expect(page.locator("input[name='step'][value='conflict']")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Ze lachen me elke dag uit in de pauze.")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_language_switch_keeps_step_answers_and_school(
    demo: Demo, new_page: Callable[..., Page], language: str
) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])
    people.give(page, "danger", "not_now")

    page.locator(f"a[hreflang='{language}']").click()

    expect(page.locator("html")).to_have_attribute("lang", language)
    assert people.open_question(page) == "you"
    expect(page.locator("input[name='step'][value='danger']")).to_have_count(1)
    assert demo.student_urls[0] in page.url


def test_the_adviser_whom_a_report_is_about_sees_nothing_of_it(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page]
) -> None:
    excluded, other = staff_page(demo.adviser(2, "internal")), staff_page(demo.adviser(2, "external"))
    whole_side_of(excluded)  # Looking once marks as read what was there already.
    before, known = whole_side_of(excluded), people.cases_on(other)
    student = new_page()
    people.begin(student, demo.student_urls[2])
    people.walk(student, {**people.DEFAULT_TALK, "who": "staff"}, until="conflict")
    student.get_by_role("button", name="Fenna Duin").click()
    expect(student.locator("form[data-step='conflict']")).to_have_count(0)
    people.walk(student, people.DEFAULT_TALK)
    expect(student.locator("main li").filter(has_text="Bram Oever")).to_be_visible()
    expect(student.locator("main li").filter(has_text="Fenna Duin")).to_have_count(0)
    people.send(student)

    people.open_new_case(other, known)

    hidden, invented = other.url.rsplit("/", 1)[-1], "0" * 32
    assert whole_side_of(excluded) == before
    seen, expected = (seen_at(excluded, f"{demo.url}/staff/cases/{one}") for one in (hidden, invented))
    assert seen.replace(hidden, invented) == expected


def whole_side_of(adviser: Page) -> list[str]:
    """Every page that an adviser can go to from his door, byte by byte apart from the tokens in forms."""
    base = adviser.url.partition("/staff")[0]
    places = ["/staff/cases", "/staff/account"]
    adviser.goto(f"{base}/staff/cases")
    cases = [f"/staff/cases/{one}" for one in people.cases_on(adviser)]
    return [seen_at(adviser, base + path) for path in [*places, *cases]]


def seen_at(page: Page, url: str) -> str:
    answer = page.request.get(url, max_retries=3)
    headers = {name: value for name, value in answer.headers.items() if name not in {"date", "content-length"}}
    return f"{answer.status} {headers} {TOKEN.sub('', answer.text())}"
