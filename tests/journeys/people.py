"""What a student and an adviser do on their screens, step by step, as a person would."""

import pyotp
from playwright.sync_api import Page, expect

DEFAULT_TALK: dict[str, str | list[str]] = {
    "danger": "not_now",
    "what": ["bullying"],
    "story": "Ze lachen me elke dag uit in de pauze.",
    "reader": "internal",
}


def open_question(page: Page) -> str:
    """Return the id of the question, or of the page, that is open."""
    return page.locator("form[data-step]").first.get_attribute("data-step") or ""


def begin(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("form[data-step='begin'] button").click()
    expect(page.locator("form[data-step='danger']")).to_be_visible()


def give(page: Page, step: str, answer: str | list[str]) -> None:
    """Answer the open question: a list ticks boxes, a text goes into a field, else one tap."""
    form = page.locator(f"form[data-step='{step}']")
    field = form.locator("textarea[name='answer'], input[name='answer']:not([type='checkbox'])")
    if isinstance(answer, list):
        for code in answer:
            form.locator(f"input[value='{code}']").check()
        form.locator("button:not([name])").click()
    elif field.count():
        field.fill(answer)
        form.locator("button:not([name])").click()
    else:
        form.locator(f"button[value='{answer}']").click()
    expect(page.locator(f"form[data-step='{step}']")).to_have_count(0)


def skip(page: Page, step: str) -> None:
    form = page.locator(f"form[data-step='{step}']")
    form.locator("button[value='_skip'], button[name='skip']").click()
    expect(form).to_have_count(0)


def walk(page: Page, talk: dict[str, str | list[str]]) -> list[str]:
    """Answer what *talk* names, skip the rest, until the review; return the steps met."""
    met = []
    while (step := open_question(page)) != "review":
        met.append(step)
        if step in talk:
            give(page, step, talk[step])
        else:
            skip(page, step)
    return met


def send(page: Page) -> tuple[str, str]:
    """Send from the review; return the code as words and as digits."""
    page.locator("form[data-step='review'] button").click()
    words = page.locator("[data-code-words]")
    expect(words).to_be_visible()
    digits = page.locator("[data-code-digits]").get_attribute("data-code-digits") or ""
    return words.get_attribute("data-code-words") or "", digits


def tell(page: Page, url: str, talk: dict[str, str | list[str]] | None = None) -> tuple[str, str]:
    """Tell a whole talk and send it; return the code as words and as digits."""
    begin(page, url)
    walk(page, talk or DEFAULT_TALK)
    return send(page)


def sign_in(page: Page, url: str, adviser: dict[str, str]) -> None:
    page.goto(f"{url}/staff/")
    page.locator("input[name='email']").fill(adviser["email"])
    page.locator("input[name='password']").fill(adviser["password"])
    page.locator("input[name='code']").fill(pyotp.TOTP(adviser["totp_secret"]).now())
    page.locator("main form button").first.click()
    expect(page.locator("input[name='password']")).to_have_count(0)


def come_back(page: Page, school_url: str, code: str) -> None:
    base, slug = school_url.rsplit("/", 1)
    page.goto(f"{base}/code?school={slug}")
    page.locator("input[name='code']").fill(code)
    page.locator("main form button").first.click()
