"""A talk by keyboard alone: the focus is on the new question after each answer, and never behind something."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.flows.answers import MAX_TEXT
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

FOCUSED = "document.activeElement"
IS_HIDDEN = """() => {
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !(seen && (focused.contains(seen) || seen.contains(focused)));
}"""


def tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            assert not page.evaluate(IS_HIDDEN), selector
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_the_first_questions_go_by_keyboard_alone(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 560})
    page.goto(demo.student_urls[0])

    for step, moves in {
        "begin": [("button[value='begin']", "Enter")],
        "danger": [("button[value='not_now']", "Enter")],
        "you": [("button[value='me']", "Enter")],
        "story_me": [("form[data-step='story_me'] button[name='skip']", "Enter")],
        "what": [("button[value='mean']", "Space")],
        "kind_mean": [("input[value='online']", "Space"), ("form[data-step='kind_mean'] button:not([name])", "Enter")],
    }.items():
        expect(page.locator(f"form[data-step='{step}']")).to_be_visible()
        for selector, key in moves:
            tab_to(page, selector)
            page.keyboard.press(key)
        expect(page.locator(f"form[data-step='{step}']")).to_have_count(0)
        expect(page.locator("main h1")).to_be_focused()
    expect(page.locator("form[data-step='who']")).to_be_visible()


def test_a_refused_answer_moves_the_focus_to_what_is_wrong(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(demo.student_urls[0])
    page.locator("button[value='begin']").click()
    page.locator("button[value='not_now']").click()
    page.locator("button[value='me']").click()
    page.locator("textarea").fill("a" * (MAX_TEXT + 1))

    tab_to(page, "form[data-step='story_me'] button:not([name])")
    page.keyboard.press("Enter")

    expect(page.locator(".error-summary")).to_be_focused()
    tab_to(page, ".error-summary a")
    page.keyboard.press("Enter")
    expect(page.locator("#step-story_me")).to_be_in_viewport()
