"""The line is cut at each thing a student sends, before and after it arrived: nothing is lost, nothing comes twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

STORY = "Wat ik schreef, mag niet weg zijn."


class Line:
    """The network between a page and the site: whole, cut before a request arrives, or before its answer does."""

    def __init__(self, page: Page) -> None:
        self.page, self.is_whole, self.arrives = page, True, False
        page.route("**/*", self._carry)

    def _carry(self, route: Route) -> None:
        if self.is_whole:
            route.continue_()
            return
        if self.arrives and route.request.method == "POST":
            route.fetch(max_redirects=0, max_retries=3)
        route.abort("connectionreset")

    def send(self, button: Locator, field: Locator | None = None, text: str = "") -> None:
        """Tap with the line cut in each way, see that all stands there still, and tap with the line whole."""
        for self.arrives in (False, True):
            self.is_whole = False
            button.click()
            expect(self.page.get_by_role("alert")).to_contain_text("geen verbinding")
            expect(self.page.locator("[data-sent], form[aria-busy='true']")).to_have_count(0)
            if field is not None:
                expect(field).to_have_value(text)
        self.is_whole = True
        button.click()


def tell(page: Page, line: Line) -> tuple[str, str]:
    """Tell and send a talk with every kind of answer over a line that is cut; return the code."""

    def on(step: str, rest: str) -> Locator:
        return page.locator(f"form[data-step='{step}'] {rest}")

    line.send(on("begin", "button"))
    line.send(on("danger", "button[value='not_now']"))
    line.send(on("you", "button[value='me']"))
    on("story_me", "textarea").fill(STORY)
    line.send(on("story_me", "button:not([name])"), on("story_me", "textarea"), STORY)
    expect(on("what", "button").first).to_be_visible()
    line.send(page.locator(".told", has_text=STORY).locator("button[value='change']"))
    expect(on("story_me", "textarea")).to_have_value(STORY)
    people.go_on(page, "story_me")
    expect(on("what", "button").first).to_be_visible()
    people.walk(page, people.DEFAULT_TALK)
    line.send(on("review", "button").last)
    words, digits = people.code_on(page)
    on("code", "input[name='answer']").fill(digits[-4:])
    line.send(on("code", "button"), on("code", "input[name='answer']"), digits[-4:])
    expect(on("code", "input[name='answer']")).to_have_count(0)
    return words, digits


def test_everything_that_is_sent_survives_a_cut_and_arrives_once(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    line = Line(page)
    page.goto(demo.student_urls[0])

    words, _digits = tell(page, line)
    page.goto(f"{demo.url}/code?school={demo.student_urls[0].rsplit('/', 1)[-1]}")
    page.locator("input[name='code']").fill(words)
    line.send(page.locator("form:has(input[name='code']) button:not([type='button'])").last)
    text = page.locator("textarea[name='text']")
    text.fill("Nog iets.")
    line.send(page.locator("form:has(textarea[name='text']) button").first, text, "Nog iets.")

    expect(text).to_have_value("")
    expect(page.locator("[data-message]").filter(has_text="Nog iets.")).to_have_count(1)
    assert refused == []
