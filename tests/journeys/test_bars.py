"""Bars that hold for a whole talk: few taps, no script, keyboard alone, right to left, a slow line, very long words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.bench.phone import slowed
from tests.journeys import people
from tests.journeys.conftest import Demo
from tests.journeys.test_keyboard import IS_HIDDEN, tab_to
from tests.journeys.test_sights import OVER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

MOST_TAPS, MOST_TYPED = 12, 1
COUNT = """() => {
    window.counted = {taps: 0, typed: 0};
    addEventListener('click', event => {
        // A tap on a label makes a second click, on its box; one on a field is for typing.
        const one = event.target.closest('button, a, summary, input[type=checkbox], input[type=radio]');
        if (one) window.counted.taps += 1;
    }, true);
    const isText = one => one.matches('textarea, input[type=text]');
    addEventListener('change', event => isText(event.target) && window.counted.typed++, true);
}"""
ANSWERS_BY_KEY = {
    "begin": "button[value='begin']",
    "danger": "button[value='not_now']",
    "you": "button[value='me']",
    "what": "button[value='mean']",
}
REVERSE_TABS = 30
SEND = "form[data-step='review'] button[value='send']"
RANDOM = re.compile(r"[0-9a-f]{16,}|\d{1,2} november")


def test_a_whole_story_takes_few_taps_and_at_most_one_typed_field(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(demo.student_urls[0])
    page.evaluate(COUNT)  # With the script all stays one page, so the counter lives on.
    page.locator("form[data-step='begin'] button").click()
    expect(page.locator("form[data-step='danger']")).to_be_visible()

    people.walk(page, people.DEFAULT_TALK, until="who")
    page.locator("button[value='enough']").click()
    expect(page.locator("form[data-step='review']")).to_be_visible()
    people.send(page)

    counted = page.evaluate("window.counted")
    assert counted["taps"] <= MOST_TAPS, counted
    assert counted["typed"] <= MOST_TYPED, counted


def test_without_script_the_same_report_is_stored(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page]
) -> None:
    adviser, stored = staff_page(demo.adviser(2, "external")), []
    for has_script in (True, False):
        known = people.cases_on(adviser)
        student = new_page(java_script_enabled=has_script)
        people.begin(student, demo.student_urls[2])
        people.walk(student, people.DEFAULT_TALK, until="when")
        student.locator("a[hreflang='en']").click()
        expect(student.locator("html")).to_have_attribute("lang", "en")
        people.walk(student, {})
        people.send(student)
        people.open_new_case(adviser, known)
        stored.append(RANDOM.sub("", adviser.locator("main").inner_text()))
        adviser.goto(f"{demo.url}/staff/cases")

    assert "Ze lachen me elke dag uit in de pauze." in stored[0]
    assert stored[0] == stored[1]


def test_a_talk_goes_by_keyboard_alone_both_ways(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 560})
    page.goto(demo.student_urls[0])

    while (step := people.open_question(page)) != "review":
        skips = f"form[data-step='{step}'] button:is([value='_skip'], [name='skip'])"
        tab_to(page, f"form[data-step='{step}'] {ANSWERS_BY_KEY[step]}" if step in ANSWERS_BY_KEY else skips)
        page.keyboard.press("Enter")
        expect(page.locator(f"form[data-step='{step}']")).to_have_count(0)
        expect(page.locator("main h1")).to_be_focused()
    tab_to(page, SEND)
    for _ in range(REVERSE_TABS):
        page.keyboard.press("Shift+Tab")
        is_outside = page.evaluate("document.activeElement === document.body")  # Between the first and the last.
        assert is_outside or not page.evaluate(IS_HIDDEN), page.evaluate("document.activeElement.outerHTML")
    tab_to(page, SEND)
    page.keyboard.press("Enter")

    people.code_on(page)


def test_from_right_to_left_all_is_mirrored_and_codes_are_not(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(locale="ar", viewport={"width": 320, "height": 640})
    people.begin(page, demo.student_urls[0])
    people.walk(page, {"danger": "not_now", "you": "me", "what": "mean"}, until="kind_mean")

    exit_box, box, words = (
        boxed(page, selector) for selector in (".exit", ".choice input[type='checkbox']", ".choice span")
    )
    people.walk(page, {"kind_mean": ["left_out"]})
    people.send(page)

    assert exit_box["x"] + exit_box["width"] / 2 < 160  # The end of a line is at its left.
    assert box["x"] > words["x"]
    digits = page.locator("[data-code-digits]")
    assert digits.evaluate("one => getComputedStyle(one.querySelector('bdi, [dir=ltr]') || one).direction") == "ltr"


def boxed(page: Page, selector: str) -> dict[str, Any]:
    return dict(page.locator(selector).first.bounding_box() or {})


def test_on_a_slow_phone_impatient_taps_answer_one_question(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])
    slowed(page).set_default_timeout(60_000)
    button = page.locator("button[value='not_now']")

    for _ in range(3):
        button.evaluate("one => one.click()")

    expect(page.locator("form[data-step='you']")).to_be_visible(timeout=60_000)
    expect(page.locator("main h1")).to_be_focused()
    assert page.evaluate("history.length") == 2


def test_a_word_without_end_stays_inside_the_screen(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    people.begin(page, demo.student_urls[0])

    people.walk(page, {**people.DEFAULT_TALK, "story_me": "a" * 1000})

    assert page.evaluate(OVER) == 0
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(OVER) == 0
