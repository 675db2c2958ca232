"""Keys and people: a newcomer waits for a colleague, somebody comes back, and two people make the spare key."""

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

PASSWORD = "vier losse woorden boven water"
SCHOOL = 2


def button(page: Page, text: str) -> None:
    page.locator("main button").filter(has_text=text).click()


def invited(page: Page, demo: Demo) -> str:
    """Let the manager invite a third adviser; return the link."""
    page.goto(f"{demo.url}/staff/people")
    page.locator("input[name='name']").fill("Lieve Berg")
    page.locator("input[name='email']").fill("lieve.berg@vertel.example")
    page.locator("input[value='adviser-internal']").check()
    button(page, "Maak een uitnodiging")
    return page.locator("[data-invitation]").inner_text()


def take(page: Page, link: str) -> None:
    """Take a link, to join or to come back: a password, and the code of the secret that stands there."""
    page.goto(link)
    secret = page.locator("p.code--digits").inner_text().replace(" ", "")
    page.locator("input[name='password']").fill(PASSWORD)
    page.locator("input[name='code']").fill(pyotp.TOTP(secret).now())
    page.locator("form:has(input[name='password']) button.button").click()
    expect(page.locator("input[name='password']")).to_have_count(0)


def confirm_same_words(colleague: Page, newcomer: Page, url: str) -> None:
    """Compare the words on both screens, as two people do by telephone, and confirm."""
    newcomer.goto(f"{url}/staff/keys")
    expect(newcomer.locator("main")).to_contain_text("Wacht op bevestiging")
    words = newcomer.locator("[data-holder] [data-words]").inner_text()
    colleague.goto(f"{url}/staff/keys")
    expect(colleague.locator("[data-waiting] [data-words]")).to_have_text(words)
    button(colleague, "De woorden zijn gelijk")
    expect(colleague.locator("[data-waiting]")).to_have_count(0)


def half_of(page: Page) -> str:
    half = page.locator("[data-half]").inner_text()
    assert len(half.split()) == 7
    return half


def let_in_again(colleague: Page, back: Page, url: str) -> None:
    """Let somebody come back with a new key, and give back what both read."""
    colleague.goto(f"{url}/staff/keys")
    colleague.locator("[data-holder]").filter(has_text="Lieve Berg").locator("summary").click()
    button(colleague, "Laat Lieve Berg weer binnen")
    take(back, colleague.locator("[data-rescue]").inner_text())
    confirm_same_words(colleague, back, url)
    colleague.goto(f"{url}/staff/keys/rewrap")
    button(colleague, "Geef ze terug aan Lieve Berg")


def make_spare_key(first: Page, second: Page, url: str) -> None:
    """Make both halves, each on its own screen, and try whether they work."""
    first.goto(f"{url}/staff/keys")
    first.locator("select[name='second']").select_option(label="Lieve Berg")
    button(first, "Maak de eerste helft")
    one = half_of(first)
    second.goto(f"{url}/staff/keys")
    button(second, "Maak de tweede helft")
    other = half_of(second)
    first.goto(f"{url}/staff/keys/drill")
    first.locator("textarea[name='first']").fill(one)
    first.locator("textarea[name='second']").fill(other.lower().replace(" ", "-"))
    button(first, "Proberen")
    expect(first.locator("[data-worked]")).to_be_visible()


def test_a_newcomer_waits_comes_back_with_a_new_key_and_makes_the_spare_key(
    desk_demo: Demo, desk_page: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    url, school = desk_demo.url, desk_demo.student_urls[SCHOOL]
    fenna = desk_page(desk_demo.adviser(SCHOOL, "internal"))
    slug = school.rsplit("/", 1)[-1]
    manager = desk_page(next(one for one in desk_demo.manager if one["school"] == slug))
    lieve = new_page()

    take(lieve, invited(manager, desk_demo))
    confirm_same_words(fenna, lieve, url)
    lieve.goto(f"{url}/staff/cases")
    assert people.cases_on(lieve) == []
    people.tell(new_page(), school)
    lieve.reload()
    (case_id,) = people.cases_on(lieve)

    back = new_page()
    let_in_again(fenna, back, url)
    make_spare_key(fenna, back, url)
    back.goto(f"{url}/staff/cases/{case_id}")
    expect(back.locator("main")).to_contain_text("Ze lachen me elke dag uit in de pauze.")
