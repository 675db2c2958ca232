from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce", locale="nl")
    yield context.new_page()
    context.close()


def test_a_tap_changes_the_question_in_place_and_leads_to_it(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    entries = page.evaluate("history.length")

    page.get_by_role("button", name="Ja").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()
    expect(page).to_have_title("Vraag 2 · Vertel")
    assert page.evaluate("history.length") == entries


def test_every_step_works_without_script(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl")
    page = context.new_page()
    page.goto(f"{site}/talk")

    page.get_by_role("button", name="Ja").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_visible()
    context.close()


def test_a_refused_answer_leads_to_what_is_wrong(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")

    page.get_by_role("button", name="Niets").click()

    expect(page.locator(".error-summary")).to_be_focused()


@pytest.mark.parametrize(("text", "words"), [("busy", "over 20 seconden"), ("bug", "is er nog")])
def test_an_error_of_ours_leaves_the_text_where_it_is(page: Page, site: str, text: str, words: str) -> None:
    page.goto(f"{site}/talk")
    page.get_by_label("Vertel").fill(text)

    page.get_by_role("button", name="Verder").click()

    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_label("Vertel")).to_have_value(text)


def test_a_lost_connection_leaves_the_text_where_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    page.get_by_label("Vertel").fill("wat ik wil zeggen")
    page.context.set_offline(True)

    for _ in range(2):
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
        # The words of the first time still stand there while the second one is on its way.
        expect(page.locator("form[aria-busy]")).to_have_attribute("aria-busy", "false")
    page.context.set_offline(False)
    page.get_by_role("button", name="Verder").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()


def test_where_the_script_may_not_fetch_the_browser_sends_the_form(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    page.route("**/talk", refuse_script)

    for _ in range(2):
        page.get_by_role("button", name="Ja").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_visible()


def refuse_script(route: Route) -> None:
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


def test_a_double_tap_sends_once(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")

    page.get_by_role("button", name="Ja").dblclick()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()
    expect(page.get_by_role("heading", name="Vraag nummer 3")).to_have_count(0)


def test_leaving_leaves_nothing_to_go_back_to(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    page.get_by_role("button", name="Ja").click()
    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()

    page.get_by_role("link", name="Snel weg").click()

    page.wait_for_url(f"{site}/token")
    page.go_back()
    assert page.url == "about:blank"


def test_three_times_shift_leaves(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")

    for _ in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url(f"{site}/token")


def test_capitals_do_not_leave(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    page.get_by_label("Vertel").focus()

    page.keyboard.type("ABC DEF")
    for key in ("Shift+A", "Shift+B", "Shift+C"):
        page.keyboard.press(key)

    expect(page.get_by_label("Vertel")).to_have_value("ABC DEFABC")


def test_leaving_empties_the_page_before_the_next_one_answers(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")

    left = page.evaluate("document.querySelector('.exit').click(), [document.body.childElementCount, document.title]")

    assert left == [0, "…"]


def test_without_script_a_finger_on_the_exit_hides_the_page(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl")
    page = context.new_page()
    page.goto(f"{site}/talk")

    page.get_by_role("link", name="Snel weg").hover()
    page.mouse.down()

    expect(page.get_by_role("heading", name="Vraag nummer 1")).not_to_be_visible()
    context.close()
