"""Own keys: a passkey in place of the digits, a code on paper, and back in with it when the password is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

NEW = "groene stoel danst acht keer"


def with_passkeys(page: Page) -> None:
    """Give the browser a device that answers by itself, as a finger on a sensor would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**device, "isUserVerified": True}})


def press(page: Page, text: str) -> None:
    page.locator("main button:visible").filter(has_text=text).click()


def make_passkey(page: Page, url: str, password: str) -> None:
    page.goto(f"{url}/staff/account/passkeys")
    page.locator("input[name='password']").fill(password)
    press(page, "Maak een passkey")
    page.locator("input[name='name']").fill("laptop op school")
    press(page, "Maak hem nu")
    expect(page.locator("main")).to_contain_text("Je passkey staat erbij")


def make_code(page: Page, url: str, password: str) -> str:
    """Make a recovery code and copy it from the sheet, as onto paper."""
    page.goto(f"{url}/staff/account/recovery-code")
    page.locator("input[name='password']").fill(password)
    press(page, "Maak een herstelcode")
    paper = page.locator("[data-own-code]").inner_text()
    press(page, "Ik heb het op papier")
    number = re.search(r"groepje (\d)", page.locator("main").inner_text())
    assert number
    page.locator("input[name='group']").fill(paper.split()[int(number[1]) - 1])
    press(page, "Laat de code gelden")
    expect(page.locator("main")).to_contain_text("Je nieuwe herstelcode geldt vanaf nu")
    return paper


def sign_out(page: Page) -> None:
    page.locator("form.sign-out button").click()
    expect(page.locator("input[name='password']")).to_be_visible()


def come_in_with_passkey(page: Page, email: str, password: str) -> None:
    page.locator("input[name='email']").fill(email)
    page.locator("input[name='password']").fill(password)
    press(page, "Met passkey")
    expect(page.locator("input[name='password']")).to_have_count(0)


def recover(page: Page, email: str, paper: str) -> None:
    """Come in with the code on paper and the passkey, without the password."""
    page.locator("main a").filter(has_text="Ik kom er niet meer in").click()
    page.locator("main a").filter(has_text="Mijn wachtwoord").click()
    page.locator("input[name='email']").fill(email)
    page.locator("textarea[name='paper']").fill(paper.lower())
    page.locator("input[name='password']").fill(NEW)
    press(page, "Met passkey")
    expect(page.locator("main")).to_contain_text("Je bent weer binnen.")
    expect(page.locator("[data-code-state='none']")).to_be_visible()


def words_of(page: Page, case_url: str) -> str:
    page.goto(case_url)
    return page.locator("[data-message]").first.inner_text()


def test_an_adviser_comes_in_with_a_passkey_and_back_in_with_a_code_on_paper(
    desk_demo: Demo, new_page: Callable[..., Page]
) -> None:
    # A passkey belongs to a name, and an address of digits has none.
    url, account, page = desk_demo.url.replace("127.0.0.1", "localhost"), desk_demo.adviser(2, "external"), new_page()
    with_passkeys(page)
    people.sign_in(page, url, account)
    case_url = f"{url}/staff/cases/{people.cases_on(page)[0]}"
    before = words_of(page, case_url)

    make_passkey(page, url, account["password"])
    sign_out(page)
    come_in_with_passkey(page, account["email"], account["password"])
    paper = make_code(page, url, account["password"])
    sign_out(page)
    recover(page, account["email"], paper)
    sign_out(page)
    come_in_with_passkey(page, account["email"], NEW)

    assert words_of(page, case_url) == before
