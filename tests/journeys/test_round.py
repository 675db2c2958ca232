"""The whole round: a student tells, the adviser answers, the student comes back and writes again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ARABIC_STORY = "يسخرون مني كل يوم في الاستراحة."


def test_the_round_in_dutch_with_javascript(demo: Demo, new_page: Callable[..., Page]) -> None:
    student, adviser = new_page(), new_page(viewport={"width": 1280, "height": 900})
    school = demo.student_urls[0]

    words, _digits = people.tell(student, school)

    people.sign_in(adviser, demo.url, demo.adviser(0, "internal"))
    adviser.locator("[data-case]").first.locator("a").first.click()
    expect(adviser.locator("main")).to_contain_text("Ze lachen me elke dag uit in de pauze.")
    adviser.locator("textarea[name='text']").fill("Wat goed dat je dit vertelt.")
    adviser.locator("form:has(textarea[name='text']) button").first.click()
    expect(adviser.locator("[data-message]").last).to_contain_text("Wat goed dat je dit vertelt.")

    back = new_page()
    people.come_back(back, school, words)
    expect(back.locator("[data-message]").last).to_contain_text("Wat goed dat je dit vertelt.")
    back.locator("textarea[name='text']").fill("Dank je. Mag ik morgen langskomen?")
    back.locator("form:has(textarea[name='text']) button").first.click()
    expect(back.locator("[data-message]").last).to_contain_text("Mag ik morgen langskomen?")

    adviser.reload()
    expect(adviser.locator("[data-message]").last).to_contain_text("Mag ik morgen langskomen?")


def test_the_round_in_arabic_without_javascript(demo: Demo, new_page: Callable[..., Page]) -> None:
    options = {"locale": "ar", "java_script_enabled": False}
    student = new_page(**options)
    school = demo.student_urls[1]

    _words, digits = people.tell(student, school, {**people.DEFAULT_TALK, "story": ARABIC_STORY})

    expect(student.locator("html")).to_have_attribute("dir", "rtl")
    adviser = new_page(java_script_enabled=False)
    people.sign_in(adviser, demo.url, demo.adviser(1, "internal"))
    adviser.locator("[data-case]").first.locator("a").first.click()
    expect(adviser.locator("main")).to_contain_text(ARABIC_STORY)
    expect(adviser.locator("main")).to_contain_text("Pesten")
    adviser.locator("textarea[name='text']").fill("Dank je wel.")
    adviser.locator("form:has(textarea[name='text']) button").first.click()

    back = new_page(**options)
    people.come_back(back, school, digits)
    expect(back.locator("[data-message]").last).to_contain_text("Dank je wel.")
