"""The whole round: a student tells, the adviser answers, the student comes back and writes again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ARABIC_STORY = "يسخرون مني كل يوم في الاستراحة."


def test_the_round_in_dutch_with_javascript(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page]
) -> None:
    student, adviser = new_page(), staff_page(demo.adviser(0, "internal"))
    before = people.cases_on(adviser)

    words, _digits = people.tell(student, demo.student_urls[0])

    people.open_new_case(adviser, before)
    expect(adviser.locator("main")).to_contain_text("Ze lachen me elke dag uit in de pauze.")
    people.write(adviser, "Wat goed dat je dit vertelt.")
    back = new_page()
    people.come_back(back, demo.student_urls[0], words)
    expect(back.locator("[data-message]").last).to_contain_text("Wat goed dat je dit vertelt.")
    people.write(back, "Dank je. Mag ik morgen langskomen?")
    adviser.reload()
    expect(adviser.locator("[data-message]").last).to_contain_text("Mag ik morgen langskomen?")


def test_the_round_in_arabic_without_javascript(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page]
) -> None:
    plain = {"locale": "ar", "java_script_enabled": False}
    student = new_page(**plain)
    adviser = staff_page(demo.adviser(1, "internal"), java_script_enabled=False)
    before = people.cases_on(adviser)

    _words, digits = people.tell(student, demo.student_urls[1], {**people.DEFAULT_TALK, "story_me": ARABIC_STORY})

    expect(student.locator("html")).to_have_attribute("dir", "rtl")
    people.open_new_case(adviser, before)
    expect(adviser.locator("html")).to_have_attribute("lang", "nl")
    expect(adviser.locator("main")).to_contain_text("Pesten, roddelen of buitensluiten")
    expect(adviser.locator("main [lang='ar']").filter(has_text=ARABIC_STORY)).to_be_visible()
    people.write(adviser, "Dank je wel.")
    back = new_page(**plain)
    people.come_back(back, demo.student_urls[1], digits)
    expect(back.locator("html")).to_have_attribute("dir", "rtl")
    expect(back.locator("[data-message]").last).to_contain_text("Dank je wel.")
    people.write(back, "شكرا")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_two_taps_on_send_make_one_case(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page], *, has_script: bool
) -> None:
    adviser = staff_page(demo.adviser(1, "external"))
    before = people.cases_on(adviser)
    student = new_page(java_script_enabled=has_script)
    people.begin(student, demo.student_urls[1])
    people.walk(student, people.DEFAULT_TALK)

    student.locator("form[data-step='review'] button").dblclick()

    people.code_on(student)
    adviser.reload()
    assert len(people.cases_on(adviser)) == len(before) + 1
