from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATHS = ("/", "/staff/desk", "/talk", "/nothing")
Scheme = Literal["light", "dark"]


@pytest.fixture(params=[("nl", "light"), ("nl", "dark"), ("ar", "light"), ("ar", "dark")], ids="-".join)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    language, scheme = request.param
    context = chromium.new_context(reduced_motion="reduce", locale=language, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})

    found: list[tuple[str, str, Any]] = []
    for path in PATHS:
        page.goto(site + path)
        result = Axe().run(page).response
        found += [(path, fault["id"], fault["nodes"][0]["target"]) for fault in result["violations"]]

    assert found == []


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_runs_off_a_narrow_screen(page: Page, site: str, size: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    for path in PATHS:
        page.goto(site + path)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, over) == (path, 0)


def test_the_bar_that_stays_is_low_even_with_large_letters(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    box = page.locator(".top").bounding_box()
    assert box
    assert box["height"] <= 160


def test_every_target_is_large_enough_for_a_thumb(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site)

    small = page.evaluate(
        """[...document.querySelectorAll('button, .button, .exit, select, textarea, summary, .choice, nav a, footer a')]
        .filter(element => element.getBoundingClientRect().height < 44).map(element => element.outerHTML)"""
    )

    assert small == []


def test_the_policy_stops_nothing_of_ours(page: Page, site: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    for path in ("/", "/staff/desk", "/talk"):
        page.goto(site + path)

    assert complaints == []


def test_the_bar_hides_no_link_that_has_the_focus(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    page.goto(site)
    page.locator("footer a").last.focus()

    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => { const box = document.activeElement.getBoundingClientRect();
            const bar = document.querySelector('.top');
            return !bar.contains(document.activeElement) && box.bottom <= bar.getBoundingClientRect().bottom
              && !document.activeElement.closest('.languages') }"""
        )
        assert not hidden
