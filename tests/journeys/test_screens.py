"""What a student sees on a small screen: calm, whole, and nothing that tells a passer-by what it is about."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import PHONE, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

BETRAYING = re.compile(r"pest|seks|geweld|misbruik|bang|gevaar|geheim|melding|slachtoffer|dader", re.IGNORECASE)
SEEN = """() => [...document.querySelectorAll('body *')].filter(one => !one.children.length).filter(one => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && box.top < innerHeight && box.bottom > 0 && box.height;
}).map(one => one.textContent)"""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG_WORDS = f"{'a' * 1000} مرحبا كيف حالك {'ب' * 1000}"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_start_shows_its_button_at_once_and_betrays_nothing(
    demo: Demo, new_page: Callable[..., Page], language: str
) -> None:
    page = new_page(locale=language)
    page.goto(demo.student_urls[0])

    expect(page.locator("button[value='begin']")).to_be_in_viewport(ratio=1)
    assert not [text for text in page.evaluate(SEEN) if BETRAYING.search(text)]
    assert page.title() == "Vertel"
    assert page.locator("meta[name='description'], meta[property^='og:'], meta[name='theme-color']").count() == 0


def test_a_talk_keeps_its_shape_with_large_letters_and_endless_words(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(demo.student_urls[0])
    faults: list[tuple[str, Any]] = []

    def look(name: str) -> None:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if over := page.evaluate(OVER):
            faults.append((name, over))
        box = page.locator(".top").bounding_box()
        if not box or box["height"] > 160:
            faults.append((name, box))

    look("start")
    people.begin(page, demo.student_urls[0])
    people.walk(page, {"danger": "not_now", "you": "me"}, until="story_me")
    look("own words")
    people.give(page, "story_me", LONG_WORDS)
    look("after own words")
    told = page.locator(".told .text").last
    assert told.evaluate("one => getComputedStyle(one).direction") == "ltr"
    people.give(page, "what", "mean")
    look("boxes")
    people.walk(page, {})
    look("review")

    assert faults == []


def test_the_bar_of_progress_never_takes_back_what_was_done(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])
    seen: list[tuple[int, int]] = []

    for step, answer in people.DEFAULT_TALK.items():
        people.give(page, step, answer)
        pieces, done = page.locator(".progress__bar i"), page.locator(".progress__bar .done")
        seen.append((done.count(), pieces.count()))
        expect(page.locator(".progress .meta")).to_contain_text(f"Vraag {seen[-1][0] + 1} van ongeveer {seen[-1][1]}")

    assert [done for done, _ in seen] == [1, 2, 3, 4, 5]


def test_paper_shows_one_line_that_says_nothing(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])

    page.emulate_media(media="print")

    assert page.evaluate(SEEN) == []
    shown = page.evaluate("getComputedStyle(document.body, '::before').content")
    assert shown == '"Van deze pagina maken we geen afdruk."'


def test_chosen_answers_and_progress_show_in_forced_colours(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(forced_colors="active", viewport=PHONE)
    people.begin(page, demo.student_urls[0])

    chip, piece = page.locator(".chip").first, page.locator(".progress__bar i").last
    assert chip.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    assert piece.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"


def test_why_is_asked_folds_open_and_a_drawing_is_not_read_aloud(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[0])

    page.locator(".why summary").click()

    expect(page.locator(".why p")).to_be_visible()
    assert page.locator(".chip svg").count() == page.locator(".chip svg[aria-hidden='true']").count() > 0
    # No voice lives in this browser, so there is nothing to read it aloud.
    expect(page.locator("[data-aloud]")).to_be_hidden()
