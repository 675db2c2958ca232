"""A step that would give a student away: planned, blocked, asked, answered twice, done, and who knew of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

ABOUT = "Woensdag met die jongen praten, zonder jou te noemen."


def plan(adviser: Page, kind: str) -> None:
    adviser.get_by_role("link", name="Stappen", exact=True).click()
    adviser.locator("select[name='kind']").select_option(kind)
    adviser.locator("textarea[name='about']").fill(ABOUT)
    adviser.get_by_role("button", name="Zet klaar").click()
    expect(adviser.locator("[data-state='planned']")).to_contain_text("kan raden wie")
    expect(adviser.get_by_role("button", name="Gedaan: schrijf het op")).to_have_count(0)


def answer(student: Page, code: str, said: str) -> None:
    """Tap an answer while words stand in the field, and see both."""
    student.locator("textarea[name='text']").fill("Nog niet klaar met typen")
    student.locator(f"[data-consent] button[value^='{code}:']").click()
    expect(student.locator("[data-consent]")).to_contain_text(said)
    expect(student.locator("textarea[name='text']")).to_have_value("Nog niet klaar met typen")


def write_down(adviser: Page) -> None:
    """Keep what a step that was done proposes for the ledger."""
    adviser.get_by_role("button", name="Gedaan: schrijf het op").click()
    expect(adviser.locator("input[name='words']")).to_have_value(ABOUT)
    adviser.locator("select[name='fact']").select_option("what")
    adviser.get_by_role("button", name="Bewaren").click()
    expect(adviser.locator("[data-entry]")).to_contain_text("De leerling vond het goed")


def who_knew(adviser: Page) -> None:
    adviser.locator("select[name='sought']").select_option("what")
    adviser.get_by_role("button", name="Kijk", exact=True).click()
    expect(adviser.locator("[data-who-knew]")).to_contain_text("Degene over wie het gaat")
    expect(adviser.locator("[data-who-knew]")).to_contain_text("sinds")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_step_goes_on_only_after_the_student_says_yes(
    desk_demo: Demo, new_page: Callable[..., Page], desk_page: Callable[..., Page], *, has_script: bool
) -> None:
    account = desk_demo.adviser(0, "internal")
    student, adviser = new_page(java_script_enabled=has_script), desk_page(account)
    before = people.cases_on(adviser)
    words, _digits = people.tell(student, desk_demo.student_urls[0])
    people.open_new_case(adviser, before)

    plan(adviser, "accused")
    adviser.get_by_role("button", name="Vraag het de leerling").click()
    expect(adviser.locator("[data-state='asked']")).to_be_visible()

    people.come_back(student, desk_demo.student_urls[0], words)
    expect(student.locator("[data-consent]")).to_contain_text("Nee zeggen heeft geen gevolgen")
    answer(student, "only_general", "alleen in het algemeen")
    adviser.reload()
    expect(adviser.locator("[data-state='only_general']")).to_contain_text("Doe deze stap niet")

    answer(student, "yes", "ja, dat mag")
    adviser.reload()
    write_down(adviser)
    who_knew(adviser)
    student.reload()
    expect(student.locator("[data-consent]")).to_have_count(0)
