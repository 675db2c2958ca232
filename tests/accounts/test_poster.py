"""Posters, cards and the newsletter's text."""

from collections.abc import Iterator

import pytest

from app import clock
from app.accounts.roles import Role
from app.accounts.weekly import word_of
from app.i18n import catalogues, languages
from app.settings import ROOT
from app.vault.words import load_words
from tests.accounts.people import SCHOOL_ID, Town

FILE = "/staff/poster/file"


@pytest.fixture(autouse=True)
def words() -> None:
    load_words(ROOT / "flows" / "words")


@pytest.fixture
def offered() -> Iterator[None]:
    catalogues.load(ROOT / "translations")
    languages.offer(["en", "ar"])  # Whatever is translated by now: a gap is printed in Dutch.
    yield
    catalogues.load(ROOT / "there-is-no-such-folder")


def test_the_page_shows_the_words_of_this_week_and_the_next(town: Town) -> None:
    with town.app.app_context():
        this_week = word_of(SCHOOL_ID, clock.today())

    page = town.manager().get("/staff/poster").text

    assert f">{this_week}</strong>" in page
    assert "23 november 2026 tot en met 29 november 2026" in page
    assert "30 november 2026 tot en met 6 december 2026" in page


def test_the_page_has_a_newsletter_text_in_each_language_on_offer(town: Town, offered: None) -> None:
    page = town.manager().get("/staff/poster").text

    assert page.count("http://localhost/de-meeuw") == page.count("<textarea") >= 3
    assert '<textarea id="newsletter-ar" lang="ar" dir="rtl"' in page


@pytest.mark.parametrize(("asked", "name"), [("", "A4"), ("?size=A6&language=nl&weekly=1", "A6"), ("?size=A0", "A4")])
def test_a_poster_comes_as_a_file(town: Town, asked: str, name: str) -> None:
    answer = town.manager().get(f"{FILE}{asked}{'&language=nl' if asked == '?size=A0' else ''}")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=de-meeuw-{name}.pdf"
    assert answer.data.startswith(b"%PDF-")


@pytest.mark.parametrize("asked", ["?size=A4", "?size=A4&language=xx"])
def test_a_poster_in_no_language_is_asked_again(town: Town, asked: str) -> None:
    answer = town.manager().get(FILE + asked)

    assert answer.status_code == 422
    assert 'href="#language-nl"' in answer.text
    assert "Kies een tot 4 talen" in answer.text


def test_a_school_of_somebody_else_is_not_found(town: Town) -> None:
    manager = town.manager()

    assert manager.get("/staff/poster?school=het-kompas").status_code == 404
    assert manager.get(f"{FILE}?school=het-kompas").status_code == 404


def test_a_coordinator_may_print_and_an_adviser_may_not(town: Town) -> None:
    coordinator = town.browser_of("sem@school.example", town.person("sem@school.example", Role.COORDINATOR))
    adviser = town.browser_of("mira@school.example", town.person("mira@school.example", Role.ADVISER, "internal"))

    assert coordinator.get(FILE).status_code == 200
    assert "/staff/poster" in coordinator.get("/staff/school").text
    assert adviser.get(FILE).status_code == 404
