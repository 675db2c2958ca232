"""Other ways in, in a real browser: what was told in the corridor and its printed code, and practice."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

STORY = "Op de gang vertelde hij dat ze hem steeds opwachten bij het hek."
NewPage = Callable[..., Page]


def write_down(desk: Page) -> str:
    """Write down what was told and return the code on the sheet, as digits."""
    desk.locator("a[href='/staff/cases/new']").click()
    desk.locator("textarea[name='story']").fill(STORY)
    desk.locator("input[name='about'][value='mean']").check()
    desk.locator("input[name='danger'][value='not_now']").check()
    desk.locator("form:has(textarea) button").click()
    sheet = desk.locator("[data-sheet]")
    expect(sheet).to_be_visible()
    return sheet.locator("[data-code-digits]").get_attribute("data-code-digits") or ""


def take_new_code(student: Page) -> str:
    student.locator("[data-printed-code] button").click()
    _words, digits = people.code_on(student)
    student.locator("input[name='word']").fill(digits[-4:])
    student.locator("button[value='take_code']").click()
    expect(student.locator("[data-printed-code]")).to_have_count(0)
    expect(student.locator("textarea[name='text']")).to_be_visible()
    return digits


def test_the_printed_code_opens_what_was_told_until_the_student_takes_his_own(
    desk_demo: Demo, desk_page: NewPage, new_page: NewPage
) -> None:
    desk = desk_page(desk_demo.adviser(1, "internal"))
    printed = write_down(desk)
    school = desk_demo.student_urls[1]

    student = new_page()
    people.come_back(student, school, printed)
    expect(student.locator("main")).to_contain_text(STORY)
    own = take_new_code(student)

    onlooker = new_page()
    people.come_back(onlooker, school, printed)
    expect(onlooker.locator("input[name='code']")).to_be_visible()
    people.come_back(onlooker, school, own)
    expect(onlooker.locator("main")).to_contain_text(STORY)


def test_an_adviser_practises_and_finds_his_queue_as_it_was(desk_demo: Demo, desk_page: NewPage) -> None:
    desk = desk_page(desk_demo.adviser(2, "internal"))
    queue = people.cases_on(desk)

    desk.locator("a[href='/staff/training']").click()
    desk.locator("form[action='/staff/training'] button").click()
    expect(desk.locator("[data-practice]")).to_be_visible()
    assert not set(queue) & set(people.cases_on(desk))
    desk.locator("[data-case]").filter(has_text="grappen over mijn stem").locator("a").first.click()
    desk.locator("textarea[name='text']").fill("Goed dat je dit vertelt. Weet je wie het zijn?")
    desk.locator("form:has(textarea[name='text']) button:not([name])").last.click()
    expect(desk.locator("[data-message]").first).to_contain_text("Weet je wie het zijn?")
    expect(desk.locator("[data-message]").last).to_contain_text("drie uit mijn klas")
    desk.locator("[data-practice] button").click()

    expect(desk.locator("[data-practice]")).to_have_count(0)
    expect(desk).to_have_url(re.compile("/staff/cases$"))
    assert people.cases_on(desk) == queue
