"""Help without telling anything, and a card that an adviser sends to a student."""

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

MISSPELT = {"nl": "gepset", "en": "bulyling", "ar": "التنمرر"}


def rows(demo: Demo) -> dict[str, int]:
    """How many rows each table of the demo has."""
    with sqlite3.connect(f"file:{demo.folder / 'vertel.db'}?mode=ro", uri=True) as known:
        names = [name for (name,) in known.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: known.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_help_is_found_without_telling_anything(
    demo: Demo, new_page: Callable[..., Page], language: str, *, has_script: bool
) -> None:
    before = rows(demo)
    page = new_page(locale=language, java_script_enabled=has_script)
    page.goto(f"{demo.student_urls[0]}?lang={language}")

    page.locator("main a[href^='/help']").click()
    expect(page.locator(".card")).not_to_have_count(0)
    page.locator("input[name='q']").fill(MISSPELT[language])
    page.locator("form[role='search'] button").click()

    card = page.locator("[data-service='kindertelefoon']")
    expect(card.locator("a[href='tel:08000432']")).to_be_visible()
    expect(card.locator("q").first).not_to_be_visible()
    card.locator("summary").click()
    expect(card.locator("q").first).to_be_visible()
    page.locator(".languages a[lang='nl']").first.click()
    expect(page.locator("input[name='q']")).to_have_value(MISSPELT[language])
    expect(card).to_be_visible()
    assert rows(demo) == before


def test_help_is_one_link_away_at_every_step_and_its_address_keeps_nothing(
    demo: Demo, new_page: Callable[..., Page]
) -> None:
    page, slug = new_page(), demo.student_urls[0].rsplit("/", 1)[-1]
    seen = []

    def look() -> None:
        address = page.locator(".foot a").first.get_attribute("href") or ""
        assert address.startswith(f"/help?school={slug}&district=")
        seen.append(people.open_question(page))

    page.goto(demo.student_urls[0])
    look()
    people.begin(page, demo.student_urls[0])
    while people.open_question(page) != "review":
        look()
        step = people.open_question(page)
        if step in people.DEFAULT_TALK:
            people.give(page, step, people.DEFAULT_TALK[step])
        else:
            people.skip(page, step)
    look()
    people.send(page)
    look()

    assert {"begin", "story_me", "review", "code"} <= set(seen)
    page.locator(".foot a").first.click()
    expect(page.locator("input[name='q']")).to_have_value("")
    page.locator(f"main a[href='/{slug}']").click()
    expect(page.locator("[data-code-words]")).to_be_visible()


@pytest.mark.parametrize(("language", "has_script"), [("nl", True), ("ar", False)])
def test_an_adviser_sends_a_card_and_the_student_sees_it(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page], language: str, *, has_script: bool
) -> None:
    plain = {"locale": language, "java_script_enabled": has_script}
    adviser = staff_page(demo.adviser(2, "internal"), java_script_enabled=has_script)
    before = people.cases_on(adviser)
    words, _digits = people.tell(new_page(**plain), demo.student_urls[2])

    people.open_new_case(adviser, before)
    adviser.locator("textarea[name='text']").fill("Misschien iets voor jou.")
    adviser.locator("#help summary").first.click()
    adviser.locator("input[name='sought']").fill("drugs")
    adviser.locator("button[value='find']").click()
    adviser.locator("button[value='card:drugsinfo']").click()
    expect(adviser.locator("select[id='blank-0-service']")).to_have_value("drugsinfo")
    people.write(adviser, "Misschien iets voor jou.")

    back = new_page(**plain)
    people.come_back(back, demo.student_urls[2], words)
    card = back.locator(".talk [data-service='drugsinfo']")
    expect(card.locator("a[href='tel:09001995']")).to_be_visible()
    expect(back.locator("html")).to_have_attribute("lang", language)
    expect(back.locator("[data-message]").last).to_contain_text("Misschien iets voor jou.")
