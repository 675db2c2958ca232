"""Turns in the road: danger now, a change of mind, and a report about somebody who would have read it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_danger_now_shows_who_to_call_and_a_way_to_go_on(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])

    people.give(page, "danger", "right_now")

    assert people.open_question(page).startswith("emergency.")
    for service in ("112", "113", "kindertelefoon"):
        expect(page.locator(f"[data-service='{service}'] a[href^='tel:']")).to_be_visible()
    while people.open_question(page).startswith("emergency."):
        page.locator("form[data-step] button[value='go_on'], form[data-step] button[value='_skip']").first.click()
        page.wait_for_load_state()
    assert people.open_question(page) == "what"


def test_a_change_of_mind_drops_what_followed_from_it(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])
    people.walk(page, {**people.DEFAULT_TALK, "who": ["staff"], "conflict": ["_nobody"]})
    expect(page.locator("input[name='step'][value='conflict']")).to_have_count(1)

    page.locator("form:has(input[name='step'][value='who']) button[value='change']").click()
    form = page.locator("form[data-step='who']")
    form.locator("input[value='staff']").uncheck()
    form.locator("input[value='student']").check()
    form.locator("button:not([name])").click()

    expect(page.locator("form[data-step='review']")).to_be_visible()
    expect(page.locator("input[name='step'][value='conflict']")).to_have_count(0)


def test_the_language_switch_keeps_step_answers_and_school(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])
    people.give(page, "danger", "not_now")

    page.locator("a[hreflang='ar']").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert people.open_question(page) == "what"
    expect(page.locator("input[name='step'][value='danger']")).to_have_count(1)


def test_the_adviser_whom_a_report_is_about_sees_nothing_of_it(demo: Demo, new_page: Callable[..., Page]) -> None:
    excluded, other = demo.adviser(2, "internal"), demo.adviser(2, "external")
    watching, reading = new_page(), new_page()
    people.sign_in(watching, demo.url, excluded)
    before = watching.content()
    student = new_page()
    people.begin(student, demo.student_urls[2])
    while (step := people.open_question(student)) != "conflict":
        talk = {**people.DEFAULT_TALK, "who": ["staff"]}
        people.give(student, step, talk[step]) if step in talk else people.skip(student, step)
    student.locator("form[data-step='conflict'] label", has_text="Fenna Duin").locator("input").check()
    student.locator("form[data-step='conflict'] button:not([name])").click()
    people.walk(student, people.DEFAULT_TALK)
    expect(student.locator("main")).not_to_contain_text("Fenna Duin, ")
    people.send(student)

    people.sign_in(reading, demo.url, other)

    expect(reading.locator("[data-case]").first).to_be_visible()
    watching.goto(f"{demo.url}/staff/cases")
    assert watching.content() == before
