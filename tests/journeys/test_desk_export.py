"""A copy of a case, from asking to fetching once: two advisers, the record, and the student who sees it."""

import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import cases_on, come_back, open_new_case, tell
from tests.journeys.stage import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


def ask(desk: Page, copies: str, password: str) -> None:
    desk.goto(copies)
    desk.locator("summary").click()
    desk.locator("input[name='ground'][value='student']").check()
    desk.locator("input[name='password']").fill(password)
    desk.locator("details form button").click()
    expect(desk.locator("[data-copy='waits']")).to_be_visible()


def allow(other: Page, url: str, copies: str) -> None:
    other.goto(f"{url}/staff/cases")
    other.locator(f"a[href$='{copies.removeprefix(url)}']").click()
    other.locator("[data-copy='waits'] button").first.click()
    expect(other.locator("[data-copy='allowed']")).to_be_visible()


def fetch_twice(desk: Page, copies: str) -> None:
    desk.goto(copies)
    late = desk.context.new_page()
    late.goto(copies)
    with desk.expect_download() as fetched:
        desk.locator("[data-copy='allowed'] button").click()
    with zipfile.ZipFile(fetched.value.path()) as archive:
        assert archive.namelist() == ["kopie.pdf", "messages.csv", "MANIFEST"]
        assert archive.read("kopie.pdf").startswith(b"%PDF")
    late.locator("[data-copy='allowed'] button").click()
    expect(late.locator("[role='status']")).to_contain_text("al opgehaald")
    expect(late.locator("[data-copy='fetched']")).to_be_visible()


def test_a_copy_is_asked_allowed_fetched_once_recorded_and_told_to_the_student(
    desk_demo: Demo, desk_page: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    asker, url = desk_demo.adviser(1, "internal"), desk_demo.student_urls[1]
    desk, other, student = desk_page(asker), desk_page(desk_demo.adviser(1, "external")), new_page()
    known = cases_on(desk)
    words, _digits = tell(student, url)
    open_new_case(desk, known)
    copies = f"{desk.url.partition('#')[0]}/copies"

    ask(desk, copies, asker["password"])
    allow(other, desk_demo.url, copies)
    fetch_twice(desk, copies)

    other.goto(f"{desk_demo.url}/staff/audit?kind=copies")
    expect(other.locator("[data-record='whole']")).to_be_visible()
    expect(other.locator("[data-destructive]").first).to_contain_text("haalde een kopie van de melding op")
    come_back(student, url, words)
    expect(student.locator("[data-record]")).to_contain_text("Er is een kopie gemaakt, omdat jij erom vroeg")
    expect(student.locator("[data-record]")).to_contain_text("Geopend door: vertrouwenspersoon op school")
