"""Two people of the network keep a number: both call it and it shows, one says no and it is gone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

RIGHT, WRONG = "Ik heb het nummer nagebeld: het klopt", "Het klopt niet"


def held(page: Page) -> str:
    return page.locator("[data-held]").get_attribute("data-held") or ""


def doubt(page: Page, url: str, service: str) -> None:
    """Paste the map with a number that its file vouches for no longer."""
    sheet = page.context.request.get(f"{url}/staff/social-map/map.csv").text().removeprefix("\ufeff")
    rows = sheet.splitlines()
    wanted = next(row for row in rows if row.startswith(f"{service},"))
    page.goto(f"{url}/staff/social-map/sheet")
    page.locator("textarea").fill("\n".join([rows[0], wanted.removesuffix("yes") + "no"]))
    page.get_by_role("button", name="Kijk wat er verandert").click()
    page.get_by_role("button", name="Ja, neem dit over").click()
    expect(page.get_by_role("status")).to_contain_text("De kaart is bijgewerkt.")


def test_a_number_shows_after_two_called_it_and_goes_when_one_says_no(
    desk_demo: Demo, desk_page: Callable[..., Page]
) -> None:
    first, second = (desk_page(account, viewport=PHONE) for account in desk_demo.network)
    service = "kindertelefoon"
    card = f"{desk_demo.url}/staff/social-map/services/{service}"
    doubt(first, desk_demo.url, service)
    first.goto(card)
    name = first.locator("h1").inner_text()
    number = f"[data-service='{service}'] a[href^='tel:']"

    def on_help() -> int:
        student = desk_page(desk_demo.network[1])
        student.goto(f"{desk_demo.url}/help?q={name}")
        return student.locator(number).count()

    assert (held(first), on_help()) == ("no", 0)
    first.get_by_role("button", name=RIGHT).click()
    expect(first.get_by_role("status")).to_contain_text("Dank je.")
    expect(first.get_by_role("button", name=RIGHT)).to_have_count(0)
    assert (held(first), on_help()) == ("no", 0)

    second.goto(card)
    second.get_by_role("button", name=RIGHT).click()
    expect(second.locator("[data-held='yes']")).to_be_visible()
    assert on_help() == 1

    second.get_by_role("button", name=WRONG).click()
    expect(second.locator("[data-held='no']")).to_be_visible()
    assert on_help() == 0

    second.get_by_role("button", name=RIGHT).click()  # Other journeys use this demo too.
    expect(second.locator("[data-held='yes']")).to_be_visible()
