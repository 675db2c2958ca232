"""The brake in a real browser: the work is done while the student tells, under the page's own policy."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from app.intake.models import SpentTicket
from tests.faults import floods
from tests.faults.conftest import House
from tests.servers import Server, serving

pytestmark = [pytest.mark.browser]


@pytest.fixture
def braking(sqlite_house: House) -> Iterator[Server]:
    with serving(replace(sqlite_house.host, more={"VERTEL_BRAKE": "yes"})) as server:
        yield server


def at_review(page: Page, server: Server, slug: str) -> None:
    page.goto(f"{server.url}/{slug}")
    for step, answer in (("begin", "begin"), ("danger", "not_now"), ("you", "me")):
        page.click(f"form[data-step={step}] button[value={answer}]")
        page.locator(f"form[data-step={step}]").wait_for(state="detached")
    page.fill("[name=answer]", "Ze lachen me elke dag uit in de pauze.")
    page.click("form[data-step=story_me] button.button >> nth=0")
    page.locator("form[data-step=story_me]").wait_for(state="detached")
    page.click("form[data-step=what] button[value=mean]")
    page.locator("form[data-step=what]").wait_for(state="detached")
    page.locator("button[value=enough]").first.click()
    expect(page.locator("#send")).to_be_visible()


def spent(house: House) -> int:
    with house.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(SpentTicket)) or 0


def test_a_phone_with_scripts_sends_with_a_ticket_and_one_without_is_folded_not_refused(
    sqlite_house: House, braking: Server, browser: Browser
) -> None:
    wrong: list[str] = []
    for has_scripts in (True, False):
        page = browser.new_context(java_script_enabled=has_scripts).new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        at_review(page, braking, sqlite_house.slug)
        page.click("#send button[value=send]")
        expect(page.locator("[data-code-digits], [data-step=code]").first).to_be_attached(timeout=20_000)
        page.context.close()

    assert (floods.lanes(sqlite_house.engine), spent(sqlite_house)) == ({"normal": 1, "folded": 1}, 1)
    assert wrong == []
