import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask, redirect, request, session
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.wrappers import Response

from app.web import assets
from app.web.pages import Page as OurPage
from app.web.pages import render
from tests.browser import shut
from tests.web.gallery import create_gallery, settings_in

pytestmark = pytest.mark.browser

MORE = """{% extends "web/base.html" %}{% block main %}
<h1>Je code</h1><button type="button" data-aloud hidden>Lees voor</button>
<ol class="talk"><li class="says">Wie leest dit?</li></ol><details><p class="says">Niet in beeld</p></details>
<form method="post" data-swap><input name="code" data-words><div data-suggest></div></form>
<datalist id="words"><option>appel<option>appelboom<option>kaas</datalist>
{% endblock %}"""
TURN = """{% extends "web/base.html" %}{% block main %}{% if turns > 2 %}<h1>Hier is je code</h1>{% else %}
<h1>Je code komt eraan</h1><form method="post" data-step="code" data-again="0.05" data-swap>
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<button name="do" value="code">Ga verder</button></form>{% endif %}{% endblock %}"""
VOICES = """
    const said = window.said = [];
    const voices = [{lang: 'nl_NL', localService: %s}, {lang: 'en-GB', localService: true}];
    Object.defineProperty(window, 'speechSynthesis', {value: {
        getVoices: () => voices, speak: one => said.push(one.text), cancel: () => said.push(null)}});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


class MorePage(OurPage):
    template: ClassVar[str] = "gallery/more.html"


class TurnPage(OurPage):
    template: ClassVar[str] = "gallery/turn.html"


@pytest.fixture
def gallery(tmp_path: Path) -> Flask:
    """The gallery with a page of a code and one that waits for its turn."""
    turn = TURN.replace("turns", "session.get('turns', 0)")
    app = create_gallery(settings_in(tmp_path), extra={"more.html": MORE, "turn.html": turn})
    app.add_url_rule("/more", "more", lambda: render(MorePage(title="Code")))
    app.add_url_rule("/turn", "turn", lambda: render(TurnPage(title="Code")))
    app.add_url_rule("/turn", "take_turn", take_turn, methods=["POST"])
    app.add_url_rule("/elsewhere", "elsewhere", lambda: render(TurnPage(title="Code")))
    app.add_url_rule("/elsewhere", "lead_elsewhere", lambda: redirect("/more", 303), methods=["POST"])
    app.wsgi_app = older_browser(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's own documentation does
    return app


def older_browser(inner: WSGIApplication) -> WSGIApplication:
    """Let what is sent to /elsewhere come from a browser that does not say that a script sent it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/elsewhere":
            environ.pop("HTTP_SEC_FETCH_DEST", None)
        return inner(environ, start_response)

    return answer


def take_turn() -> Response:
    assert request.form["do"] == "code"
    session["turns"] = session.get("turns", 0) + 1
    return redirect("/turn", 303)


def never(_route: Route) -> None:
    """Leave a request without an answer."""


def test_the_script_stays_under_three_kilobytes() -> None:
    script = assets.load(assets.FOLDER).files["vertel.js"].body

    assert len(gzip.compress(script, 9, mtime=0)) < 3_072


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce", locale="nl")
    yield context.new_page()
    shut(context)


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


def test_leaving_stops_what_was_on_its_way_and_covers_the_page_with_white(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    page.route("**/w", never)  # The exit's answer is slow.
    page.route("**/talk", never)
    page.get_by_label("Vertel").fill("midden in een zin")
    page.get_by_role("button", name="Verder").click()

    seen = page.evaluate("""new Promise(say => {
        document.querySelector('.exit').click();
        setTimeout(() => say([document.body.innerText, document.title,
            getComputedStyle(document.documentElement).backgroundColor]), 50);
    })""")

    assert seen == ["", "…", "rgb(255, 255, 255)"]


def test_leaving_in_one_tab_leaves_in_the_other(page: Page, site: str) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{site}/talk")

    page.get_by_role("link", name="Snel weg").click()

    other.wait_for_url(f"{site}/token")


def test_the_page_hides_itself_while_another_app_is_in_front(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    front = """hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange')); return getComputedStyle(document.body).opacity; }"""

    assert [page.evaluate(front, hidden) for hidden in (True, False)] == ["0", "1"]


def test_a_page_from_the_browsers_memory_is_asked_for_again(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")

    with page.expect_navigation():
        seen = page.evaluate("""dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})),
            getComputedStyle(document.body).opacity""")

    assert seen == "0"
    expect(page.get_by_role("heading", name="Vraag nummer 1")).to_be_visible()


def test_storage_is_never_used_and_one_that_is_shut_does_no_harm(page: Page, site: str) -> None:
    page.add_init_script("""window.touched = [];
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'])
            Object.defineProperty(window, name, {get() { touched.push(name); throw new Error('SecurityError'); }});
        Object.defineProperty(document, 'cookie', {get() { touched.push('cookie'); throw new Error(); }});
        Object.defineProperty(navigator, 'serviceWorker', {get() { touched.push('worker'); throw new Error(); }});
        window.BroadcastChannel = class { constructor() { throw new Error('SecurityError'); } };""")
    page.goto(f"{site}/talk")

    page.get_by_role("button", name="Ja").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()
    assert page.evaluate("touched") == []


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_phone_whose_clock_is_off_by_a_year_works_alike(page: Page, site: str, year: int) -> None:
    page.clock.install(time=f"{year}-11-22T12:00:00")
    page.goto(f"{site}/talk")

    page.get_by_role("button", name="Ja").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()


def test_a_script_that_came_in_half_does_nothing_and_the_page_works(page: Page, site: str) -> None:
    half = assets.load(assets.FOLDER).files["vertel.js"].body[:3_000]
    page.route("**/vertel.js", lambda route: route.fulfill(body=half, content_type="text/javascript"))
    page.goto(f"{site}/talk")

    page.get_by_role("button", name="Ja").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_visible()


def test_a_line_that_goes_dead_is_given_up_and_the_text_stays(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(f"{site}/talk")
    page.get_by_label("Vertel").fill("wat ik wil zeggen")
    page.route("**/talk", never)
    page.get_by_role("button", name="Verder").click()
    page.clock.fast_forward(31_000)

    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    expect(page.get_by_label("Vertel")).to_have_value("wat ik wil zeggen")
    page.unroute("**/talk")
    page.get_by_role("button", name="Verder").click()

    expect(page.get_by_role("heading", name="Vraag nummer 2")).to_be_focused()


def test_a_page_of_the_proxy_leaves_the_text_where_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}/talk")
    page.get_by_label("Vertel").fill("wat ik wil zeggen")
    page.route(
        "**/talk", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")
    )

    page.get_by_role("button", name="Verder").click()

    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    expect(page.get_by_label("Vertel")).to_have_value("wat ik wil zeggen")


def test_a_form_that_leads_to_another_page_takes_the_browser_there(page: Page, site: str) -> None:
    page.goto(f"{site}/elsewhere")

    page.wait_for_url(f"{site}/more")

    expect(page.get_by_role("heading", name="Je code")).to_be_visible()


def test_a_form_that_waits_for_its_turn_sends_itself(page: Page, site: str) -> None:
    page.goto(f"{site}/turn")

    expect(page.get_by_role("heading", name="Hier is je code")).to_be_visible()

    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_words_of_the_code_are_completed_by_a_tap(page: Page, site: str) -> None:
    page.goto(f"{site}/more")
    field, offered = page.locator("[data-words]"), page.locator("[data-suggest] button")

    field.press_sequentially("kaas a")
    expect(offered).to_have_count(0)
    field.press_sequentially("p")
    expect(offered).to_have_text(["appel", "appelboom"])
    offered.last.click()

    expect(field).to_have_value("kaas appelboom ")
    expect(field).to_be_focused()
    expect(offered).to_have_count(0)


def test_a_page_is_read_aloud_by_a_voice_of_the_device_and_stops_with_the_page(page: Page, site: str) -> None:
    page.add_init_script(VOICES % "true")
    page.goto(f"{site}/more")

    page.get_by_role("button", name="Lees voor").click()

    assert page.evaluate("said") == [None, "Je code", "Wie leest dit?"]
    page.route("**/w", never)
    assert page.evaluate("document.querySelector('.exit').click(), said.at(-1)") is None


def test_a_voice_from_the_network_or_of_another_language_is_not_offered(page: Page, site: str) -> None:
    page.add_init_script(VOICES % "false")
    page.goto(f"{site}/more")

    expect(page.locator("[data-aloud]")).to_be_hidden()
