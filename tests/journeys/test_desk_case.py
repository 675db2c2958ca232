"""One case from its first opening to its closing, with sentences that a student reads in his own language."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.i18n import catalogues
from app.i18n.formats import format_date
from app.i18n.translate import gettext, language_of, using
from tests.journeys import people
from tests.journeys.conftest import Demo
from tests.journeys.test_round import ARABIC_STORY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

ROOT = Path(__file__).resolve().parents[2]
DAY = clock.today() + timedelta(days=10)
READ, WRITE_ON = "Dank je wel dat je dit vertelt. Ik heb alles gelezen.", "Ik schrijf je weer op %(day)s."


def in_arabic(text: str) -> str:
    """What an Arabic reader gets: Dutch, with its date, where the translation is not there."""
    catalogues.load(ROOT / "translations")
    with using("ar"), using(language_of(text).tag):
        return gettext(text, day=f"\u2068{format_date(DAY)}\u2069") if "%(day)s" in text else gettext(text)


def in_dutch() -> str:
    with using("nl"):
        return format_date(DAY)


def pick(adviser: Page, phrase: str) -> None:
    """Tap a sentence, unfolding what lies over it."""
    button = adviser.locator(f"button[value='add:{phrase}']")
    while not button.is_visible():
        adviser.locator("details:not([open])").filter(has=button).first.locator("summary").first.click()
    button.click()
    expect(adviser.locator(f"[data-line='{phrase}']")).to_be_visible()


def answer_with_sentences(adviser: Page) -> None:
    """Send two sentences, one with a day in it, after looking how they will be read."""
    pick(adviser, "contact.read")
    pick(adviser, "next.write_on")
    adviser.locator("input[type='date']").fill(DAY.isoformat())
    adviser.locator("[data-preview] button").click()
    for text in (READ, WRITE_ON):
        expect(adviser.locator("[data-preview]")).to_contain_text(in_arabic(text))
    expect(adviser.locator("[data-line='next.write_on']")).to_contain_text(in_dutch())
    adviser.get_by_role("button", name="Versturen").click()
    expect(adviser.locator("[data-message]").last).to_contain_text("Dank je wel dat je dit vertelt.")


def note_and_label(adviser: Page) -> None:
    adviser.get_by_role("link", name="Notities").click()
    adviser.get_by_label("Nieuw label").fill("fietsenstalling")
    adviser.get_by_role("button", name="Toevoegen").click()
    expect(adviser.locator("[data-labels]")).to_contain_text("fietsenstalling")
    adviser.get_by_label("Notitie voor wie meeleest").fill("Maandag even kijken bij de fietsen.")
    adviser.get_by_role("button", name="Bewaren").first.click()
    expect(adviser.locator("[data-notes]")).to_contain_text("Maandag even kijken bij de fietsen.")
    expect(adviser.locator("[data-timeline]")).to_contain_text("antwoordde de leerling")


def close_while_the_student_writes(adviser: Page, student: Page) -> None:
    pick(adviser, "closing.write_again")
    people.write(student, "شكرا، لقد توقفوا.")
    adviser.locator("form button.button").last.click()
    expect(adviser.locator("main")).to_contain_text("شكرا، لقد توقفوا.")
    adviser.locator("textarea[name='outcome']").fill("We letten nu op bij de fietsen.")
    adviser.locator("form button.button").last.click()
    expect(adviser.get_by_role("button", name="Heropenen")).to_be_visible()
    expect(adviser.locator("[data-message]").last).to_contain_text("afgesloten")


def test_a_case_from_opening_to_closing(
    desk_demo: Demo, new_page: Callable[..., Page], desk_page: Callable[..., Page]
) -> None:
    student, adviser = new_page(locale="ar"), desk_page(desk_demo.adviser(2, "internal"))
    before, school = people.cases_on(adviser), desk_demo.student_urls[2]
    words, _digits = people.tell(student, school, {**people.DEFAULT_TALK, "story_me": ARABIC_STORY})
    people.open_new_case(adviser, before)
    case = adviser.url.split("#")[0]

    answer_with_sentences(adviser)
    back = new_page(locale="ar")
    people.come_back(back, school, words)
    for text in (READ, WRITE_ON):
        expect(back.locator("[data-message]").last).to_contain_text(in_arabic(text))
    note_and_label(adviser)
    adviser.goto(f"{case}/close")
    close_while_the_student_writes(adviser, back)

    back.reload()
    last = back.locator("[data-message]").last
    expect(last).to_contain_text(in_arabic("Gebeurt er weer iets? Schrijf het hier. Dan gaat dit gesprek weer open."))
    expect(last.locator("p[dir='auto']")).to_have_text("We letten nu op bij de fietsen.")
