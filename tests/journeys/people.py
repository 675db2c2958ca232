"""What a student and an adviser do on their screens, step by step, as a person would."""

import pyotp
from playwright.sync_api import Page, expect

Answer = str | list[str]
DEFAULT_TALK: dict[str, Answer] = {
    "danger": "not_now",
    "you": "me",
    "story_me": "Ze lachen me elke dag uit in de pauze.",
    "what": "mean",
    "kind_mean": ["left_out"],
}


def open_question(page: Page) -> str:
    """Return the id of the question, or of the page, that is open."""
    return page.locator("form[data-step]").first.get_attribute("data-step") or ""


def begin(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("form[data-step='begin'] button").click()
    expect(page.locator("form[data-step='danger']")).to_be_visible()


def give(page: Page, step: str, answer: Answer) -> None:
    """Answer the open question: a list ticks boxes, a text goes into a field, else one tap."""
    form = page.locator(f"form[data-step='{step}']")
    field = form.locator("textarea[name='answer'], input[name='answer']:not([type='checkbox'], [type='date'])")
    if isinstance(answer, list):
        for code in answer:
            form.locator(f"input[value='{code}']").check()
        go_on(page, step)
    elif field.count():
        field.fill(answer)
        go_on(page, step)
    else:
        form.locator(f"button[value='{answer}']").click()
    expect(form).to_have_count(0)


def go_on(page: Page, step: str) -> None:
    """Tap the button of a question that takes more than one tap."""
    page.locator(f"form[data-step='{step}'] button:not([name])").click()


def skip(page: Page, step: str) -> None:
    form = page.locator(f"form[data-step='{step}']")
    form.locator("button[value='_skip'], button[name='skip']").click()
    expect(form).to_have_count(0)


def walk(page: Page, talk: dict[str, Answer], until: str = "review") -> list[str]:
    """Answer what *talk* names and skip the rest, up to the question *until*; return the steps met."""
    met = []
    while (step := open_question(page)) != until:
        met.append(step)
        if step in talk:
            give(page, step, talk[step])
        else:
            skip(page, step)
    return met


def strike_out(page: Page, name: str) -> None:
    """On the review, let somebody not read it."""
    row = page.locator("main li").filter(has_text=name)
    row.locator("button[value='strike']").click()
    expect(row.locator("button[value='strike']")).to_have_count(0)


def send(page: Page) -> tuple[str, str]:
    """Send from the review; return the code as words and as digits."""
    page.locator("form[data-step='review'] button").click()
    return code_on(page)


def code_on(page: Page) -> tuple[str, str]:
    words, digits = page.locator("[data-code-words]"), page.locator("[data-code-digits]")
    expect(words).to_be_visible()
    return words.get_attribute("data-code-words") or "", digits.get_attribute("data-code-digits") or ""


def tell(page: Page, url: str, talk: dict[str, Answer] | None = None) -> tuple[str, str]:
    """Tell a whole talk and send it; return the code as words and as digits."""
    begin(page, url)
    walk(page, talk or DEFAULT_TALK)
    return send(page)


def come_back(page: Page, school_url: str, code: str) -> None:
    base, slug = school_url.rsplit("/", 1)
    page.goto(f"{base}/code?school={slug}")
    page.locator("input[name='code']").fill(code)
    page.locator("form:has(input[name='code']) button.button").click()


def write(page: Page, text: str) -> None:
    """Write a message in a conversation, on either side, and see it stand there."""
    page.locator("textarea[name='text']").fill(text)
    page.locator("form:has(textarea[name='text']) button:not([name])").last.click()
    expect(page.locator("[data-message]").last).to_contain_text(text)


def sign_in(page: Page, url: str, account: dict[str, str]) -> None:
    page.goto(f"{url}/staff/")
    page.locator("input[name='email']").fill(account["email"])
    page.locator("input[name='password']").fill(account["password"])
    page.locator("input[name='code']").fill(pyotp.TOTP(account["totp_secret"]).now())
    page.locator("form:has(input[name='password']) button").click()
    expect(page.locator("input[name='password']")).to_have_count(0)


def cases_on(page: Page) -> list[str]:
    """Return the ids of the cases in the queue, page after page; its first page stands on the screen again."""
    start, ids = page.url, _shown(page)
    while page.locator("a[rel='next']").count():
        page.locator("a[rel='next']").click()
        ids += _shown(page)
    if page.url != start:
        page.goto(start)
    return ids


def open_new_case(page: Page, known: list[str]) -> None:
    """Reload the queue and open the one case that was not there before."""
    page.reload()
    (case_id,) = set(cases_on(page)) - set(known)
    while case_id not in _shown(page):
        page.locator("a[rel='next']").click()
    page.locator(f"[data-case='{case_id}'] a").first.click()


def _shown(page: Page) -> list[str]:
    return [row.get_attribute("data-case") or "" for row in page.locator("[data-case]").all()]
