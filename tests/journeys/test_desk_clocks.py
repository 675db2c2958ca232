"""An adviser says when he is away; a student sees the day and the deputy before sending; a manager sees no count."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

WAITING = "leest mee als er niet op tijd antwoord komt"


def promised_on(page: Page) -> str:
    """Return the sentence that says by when there is an answer."""
    found = re.search(r"Uiterlijk \w+ \d+ \w+ \d+ staat er een antwoord", page.locator("main").inner_text())
    assert found
    return found[0]


def say_away(page: Page, url: str) -> None:
    page.goto(f"{url}/staff/account")
    page.get_by_role("link", name="Wanneer ik er ben").click()
    page.locator("input[name='first_day']").fill(clock.today().isoformat())
    page.locator("input[name='last_day']").fill((clock.today() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Voeg deze dagen toe").click()
    expect(page.locator("[data-absence]")).to_have_count(1)


def test_a_student_sees_by_when_and_who_stands_behind_it(
    desk_demo: Demo, desk_page: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    adviser, student = desk_page(desk_demo.adviser(0, "internal")), new_page()
    student.goto(desk_demo.student_urls[0])
    as_always = promised_on(student)
    say_away(adviser, desk_demo.url)
    student.reload()
    later = promised_on(student)
    assert later != as_always

    people.begin(student, desk_demo.student_urls[0])
    people.walk(student, people.DEFAULT_TALK)
    deputy = student.locator("main li").filter(has_text=WAITING)
    expect(deputy).to_have_count(1)
    assert promised_on(student) == as_always
    name = deputy.locator("strong").inner_text()
    people.strike_out(student, desk_demo.adviser(0, "external")["name"])
    expect(deputy).to_have_count(0)  # The only other one is away for long: the deputy reads it at once.
    people.strike_out(student, name)
    assert promised_on(student) == later

    adviser.locator("[data-absence] button").click()
    expect(adviser.locator("[data-absence]")).to_have_count(0)
    student.reload()
    assert promised_on(student) == as_always


def test_a_manager_sees_how_often_it_was_in_time_but_never_of_few_or_of_now(
    desk_demo: Demo, desk_page: Callable[..., Page]
) -> None:
    manager = desk_page(desk_demo.manager[0])

    manager.get_by_role("link", name="Hoe vaak is er op tijd geantwoord?").click()

    expect(manager.locator("[data-half]")).to_have_count(4)
    expect(manager.locator("[data-half]").first).to_contain_text("te weinig om te tonen")
