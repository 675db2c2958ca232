"""Away at once: what is left in the browser and on the server after the exit."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import QUIET, chromium_path
from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

NEUTRAL = "https://www.knmi.nl/"
SECRET = "iets dat niemand mag zien"


def stand_in_for_the_neutral_page(page: Page) -> Any:
    """Answer for the page outside, which a redirect leads to; return the line to the browser's insides."""
    line = page.context.new_cdp_session(page)

    def answer(event: dict[str, Any]) -> None:
        headers = [{"name": "Content-Type", "value": "text/html"}]
        line.send(
            "Fetch.fulfillRequest",
            {"requestId": event["requestId"], "responseCode": 200, "responseHeaders": headers, "body": "V2Vlcg=="},
        )

    line.on("Fetch.requestPaused", answer)
    line.send("Fetch.enable", {"patterns": [{"urlPattern": f"{NEUTRAL}*"}]})
    return line


def start_of_a_talk(page: Page, url: str) -> list[Any]:
    """Tell something unsent; return the cookies that could open it."""
    people.begin(page, url)
    people.walk(page, {**people.DEFAULT_TALK, "story_me": SECRET}, until="wish")
    return list(page.context.cookies())


def left_in(context: BrowserContext, url: str) -> list[object]:
    """Return what a look into the browser's storage for our site finds."""
    page = context.new_page()
    page.goto(f"{url}/robots.txt")
    script = """async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
        (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length]"""
    found: list[object] = page.evaluate(script)
    return [one for one in found if one] + list(context.cookies())


def is_fresh(page: Page) -> bool:
    """Return whether the page was asked for anew, not brought back from the browser's memory."""
    line = page.context.new_cdp_session(page)
    asked = line.send("Runtime.evaluate", {"expression": "performance.getEntriesByType('navigation')[0].transferSize"})
    return int(asked["result"]["value"]) > 0


def test_with_script_nothing_of_ours_is_left_to_go_back_to(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    line = stand_in_for_the_neutral_page(page)
    start_of_a_talk(page, demo.student_urls[0])

    page.locator(".exit").click()

    page.wait_for_url(NEUTRAL)
    entries = line.send("Page.getNavigationHistory")["entries"]
    assert [entry["url"] for entry in entries] == ["about:blank", NEUTRAL]
    assert left_in(page.context, demo.url) == []


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_the_exit_deletes_the_talk_from_the_server(
    demo: Demo, new_page: Callable[..., Page], *, has_script: bool
) -> None:
    page = new_page(java_script_enabled=has_script)
    stand_in_for_the_neutral_page(page)
    cookies = start_of_a_talk(page, demo.student_urls[0])
    page.locator(".exit").click()
    page.wait_for_url(NEUTRAL)

    page.context.add_cookies(cookies)
    page.goto(demo.student_urls[0])

    expect(page.locator("form[data-step='begin']")).to_be_visible()


def test_without_script_going_back_shows_the_start_and_no_answer(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    stand_in_for_the_neutral_page(page)
    start_of_a_talk(page, demo.student_urls[0])
    page.locator(".exit").click()
    page.wait_for_url(NEUTRAL)

    assert page.context.cookies() == []
    page.go_back()

    expect(page.locator("form[data-step='begin']")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(SECRET)
    assert is_fresh(page)


def test_the_page_is_empty_before_the_next_one_answers(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    start_of_a_talk(page, demo.student_urls[0])
    stand_in_for_the_neutral_page(page)

    # Asked in the same breath, before the browser has sent anything.
    seen = page.evaluate("document.querySelector('.exit').click(), document.body.childElementCount + document.title")

    assert seen == "0…"


def test_leaving_a_conversation_closes_it(demo: Demo, new_page: Callable[..., Page]) -> None:
    words, _digits = people.tell(new_page(), demo.student_urls[0])
    page = new_page()
    stand_in_for_the_neutral_page(page)
    people.come_back(page, demo.student_urls[0], words)
    expect(page.locator("textarea[name='text']")).to_be_visible()
    cookies = page.context.cookies()

    page.locator(".exit").click()

    page.wait_for_url(NEUTRAL)
    page.context.add_cookies(list(cookies))  # type: ignore[arg-type]  # cookies as they were read
    page.goto(f"{demo.url}/code")
    expect(page.locator("input[name='code']")).to_be_visible()


def test_the_list_of_visited_pages_holds_only_neutral_words(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    kind, path = browser.browser_type, chromium_path()
    slug = demo.student_urls[0].rsplit("/", 1)[-1]
    with closing(kind.launch_persistent_context(profile, executable_path=path, args=QUIET, locale="nl-NL")) as context:
        page = context.new_page()
        stand_in_for_the_neutral_page(page)
        start_of_a_talk(page, demo.student_urls[0])
        page.locator(".exit").click()
        page.wait_for_url(NEUTRAL)

    with closing(sqlite3.connect(profile / "Default" / "History")) as history:
        visited = history.execute("SELECT url, title FROM urls").fetchall()
    ours = [(urlsplit(url).path, title) for url, title in visited if url.startswith(demo.url)]
    assert {path for path, _title in ours} <= {f"/{slug}", f"/{slug}/begin", "/w"}
    assert ours
    for _path, title in ours:
        assert re.fullmatch(r"(Vertel|Vertel · Vertel|Vraag \d+ · Vertel|…)?", title), title
