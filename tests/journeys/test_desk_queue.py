"""An adviser finds his way: why a case is on top, filters, search, a view that he keeps, and a folded flood."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import PHONE, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

OpenPage = Callable[..., Page]


def test_what_a_student_tells_is_on_top_and_is_found_by_filter_search_and_view(
    desk_demo: Demo, desk_page: OpenPage, new_page: OpenPage
) -> None:
    student, word = new_page(), "regenjasje"
    people.tell(student, desk_demo.student_urls[0], {**people.DEFAULT_TALK, "story_me": f"Het was bij het {word}."})
    page = desk_page(desk_demo.adviser(0, "internal"), viewport=PHONE)

    row = page.locator("[data-group='now'] [data-case]").filter(has_text=word)
    expect(row).to_contain_text("Deze melding heb je nog niet geopend.")
    expect(row).to_contain_text("Beloofd voor")

    page.get_by_role("link", name="Filters").click()
    page.get_by_role("link", name="Nog niet gelezen").click()
    expect(page.locator("[data-filters]")).to_contain_text("1 filter aan")
    expect(page.locator("[data-case]").filter(has_text=word)).to_have_count(1)
    page.locator("[data-filters] a").click()
    expect(page.locator("[data-filters]")).to_have_count(0)

    page.get_by_role("link", name="Zoeken").click()
    page.locator("input[name='words']").first.fill(word.upper())
    page.locator("form[role='search'] button").click()
    expect(page.locator("mark").first).to_have_text(word)
    assert word not in page.url.casefold()

    page.locator("main details summary").click()
    page.locator("input[name='name']").fill("Mijn zoekwoord")
    page.locator("form:has(input[name='name']) button").click()
    page.locator("[data-views] button").filter(has_text="Mijn zoekwoord").click()
    expect(page.locator("mark").first).to_have_text(word)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
