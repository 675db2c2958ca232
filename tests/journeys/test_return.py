"""The way back: words typed in haste, read marks, taking a report back and changing one's mind, one's own words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def in_haste(words: str) -> str:
    """Return the words of a code as somebody types them who is in a hurry."""
    first, *others = words.split()
    return "-".join([first.upper(), *(other[:4] for other in others)])


def type_with_help(page: Page, words: str) -> None:
    """Type the four letters that tell the words apart, and tap the whole one where there is more of it."""
    field = page.locator("input[name='code']")
    for word in words.split():
        field.press_sequentially(word[:4] if len(word) > 4 else word + " ")
        if len(word) > 4:
            page.locator("[data-suggest] button").get_by_text(word, exact=True).click()
    expect(field).to_have_value(words + " ")


def fold_out(page: Page, *titles: str) -> None:
    for title in titles:
        page.locator("summary").filter(has_text=title).click()


def let_in(page: Page, school: str, words: str, *, has_script: bool) -> None:
    if not has_script:
        return people.come_back(page, school, in_haste(words))
    people.come_back(page, school, "niet de goede code")
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.locator("input[name='code']")).to_have_value("niet de goede code")
    page.locator("input[name='code']").fill("")
    type_with_help(page, words)
    return page.locator("form:has(input[name='code']) button").last.click()


def own_words_of(page: Page) -> str:
    """Download the file of one's own words and return its text."""
    with page.expect_download() as download:
        page.locator("button[value='download']").click()
    assert download.value.suggested_filename == "tekst.txt"
    return Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_student_reads_the_answer_takes_the_report_back_and_changes_his_mind(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page], *, has_script: bool
) -> None:
    back, adviser = new_page(java_script_enabled=has_script), staff_page(demo.adviser(0, "internal"))
    before = people.cases_on(adviser)
    words, _digits = people.tell(new_page(java_script_enabled=has_script), demo.student_urls[0])
    people.open_new_case(adviser, before)
    people.write(adviser, "Wat goed dat je dit vertelt.")

    let_in(back, demo.student_urls[0], words, has_script=has_script)
    expect(back.locator("[data-message]").last).to_contain_text("Wat goed dat je dit vertelt.")
    expect(back.locator("textarea[name='text']")).to_be_in_viewport()
    people.write(back, "Dank je.")
    expect(back.locator("[data-message]").last).to_contain_text("Nog niet gelezen")
    adviser.reload()
    back.reload()
    expect(back.locator("[data-message]").last).to_contain_text("Gelezen door je vertrouwenspersoon")

    fold_out(back, "Wat je nog meer kunt doen", "Ik wil dit intrekken")
    kept = own_words_of(back)
    assert ("Dank je." in kept, "Wat goed" in kept) == (True, False)
    back.locator("button[value='withdraw']").click()
    expect(back.locator("main")).to_contain_text("Je hebt dit ingetrokken.")
    adviser.goto(f"{demo.url}/staff/cases")
    assert set(people.cases_on(adviser)) == set(before)
    back.locator("button[value='restore']").click()
    expect(back.locator("textarea[name='text']")).to_be_visible()
    adviser.reload()
    assert len(set(people.cases_on(adviser)) - set(before)) == 1
