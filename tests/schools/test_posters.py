"""Posters and cards: languages, letters, addresses and what may not be on them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
import typst

from app.i18n import catalogues, languages
from app.schools import posters
from app.schools.posters import Poster, PosterError, PosterLanguageError, chosen_languages, printed, week_of
from app.settings import ROOT

START = "https://vertel.example/de-meeuw"
ARABIC, TIGRINYA = "مدرسة", "ቤት ትምህርቲ"
ZWNJ = "\u200c"


@pytest.fixture(autouse=True, scope="module")
def offered() -> Iterator[None]:
    catalogues.load(ROOT / "translations")
    languages.offer(["en", "ar"])  # Whatever is translated by now: a gap is printed in Dutch.
    yield
    catalogues.load(ROOT / "there-is-no-such-folder")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@cache
def drawn(text: str, direction: str = "ltr") -> bytes:
    """A picture of *text* in our letters, at the same place on the same page."""
    source = f"""#set page(width: 10cm, height: 2cm)
        #set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic"), dir: {direction}, size: 24pt)
        {text}"""
    fonts = typst.Fonts(False, False, [posters.FOLDER / "fonts"])
    return typst.compile(source.encode(), font_paths=fonts, format="png", ppi=48)


@pytest.mark.parametrize(("size", "pages"), [("A4", 1), ("A6", 2)])
@pytest.mark.parametrize("tags", [("nl",), ("ar",), ("nl", "ar", "en")])
def test_a_poster_is_one_page_and_a_card_has_two_sides(size: str, pages: int, tags: tuple[str, ...]) -> None:
    pdf = printed(Poster(start_url=START, size=size, tags=tags))

    assert pdf.startswith(b"%PDF")
    assert pages_of(pdf) == pages


def test_the_same_poster_is_the_same_file_to_the_byte() -> None:
    poster = Poster(start_url=START, tags=("nl", "ar"), week=week_of(date(2026, 11, 25), "fiets"))

    assert printed(poster) == printed(poster)
    assert b"/CreationDate" not in printed(poster)


def test_the_code_leads_to_the_start_page_and_carries_the_week_when_asked() -> None:
    week = week_of(date(2026, 11, 29), "fiets")

    assert Poster(start_url=START).url == START
    assert Poster(start_url=START, week=week).url == f"{START}?p=fiets"
    assert (week.first_day, week.last_day) == (date(2026, 11, 23), date(2026, 11, 29))
    assert printed(Poster(start_url=START, week=week)) != printed(Poster(start_url=START))


@pytest.mark.parametrize(("word", "direction"), [(ARABIC, "rtl"), ("أحكِ لنا", "rtl")])
def test_arabic_letters_join(word: str, direction: str) -> None:
    # A non-joiner between its letters is what an unshaped word would look like.
    assert drawn(word, direction) != drawn(ZWNJ.join(word), direction)


def test_arabic_runs_from_right_to_left() -> None:
    assert drawn(f"{ARABIC} ١ ، {ARABIC[:2]}", "rtl") != drawn(f"{ARABIC} ١ ، {ARABIC[:2]}")


@pytest.mark.parametrize("letters", [ARABIC, TIGRINYA, "ኣእዓጸቐ።", "فگپچژې", "êğşłčѝ€–"])
def test_every_letter_has_a_shape_of_its_own(letters: str) -> None:
    # U+0378 belongs to nobody, so it draws the empty box.
    shapes = [drawn(letter) for letter in sorted({*letters} - {" "})]

    assert len({*shapes, drawn("\u0378"), drawn(" ")}) == len(shapes) + 2


@pytest.mark.parametrize("text", ["Школа", ARABIC, TIGRINYA, "szkoła", "okulda ğış"])
def test_languages_of_our_letters_can_be_printed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "LINES", (text,))

    assert printed(Poster(start_url=START))


def test_a_letter_that_we_cannot_print_is_refused_and_never_an_empty_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "LINES", ("学校",))

    with pytest.raises(PosterError, match="学"):
        printed(Poster(start_url=START))


@pytest.mark.parametrize("size", posters.SIZES)
def test_texts_that_do_not_fit_are_refused(size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "LINES", ("Vertel het hier. " * 800,))

    with pytest.raises(PosterError, match="too long for this size"):
        printed(Poster(start_url=START, size=size))


def test_a_fault_of_the_typesetter_is_said_in_words() -> None:
    with pytest.raises(PosterError, match="cannot be set"):
        posters.set_in_type("no-such-template.typ", {})


def test_languages_are_printed_once_in_the_order_given() -> None:
    assert chosen_languages(["ar", "nl", "ar"]) == ("ar", "nl")


@pytest.mark.parametrize("tags", [[], ["ti"], ["nl", "xx"]])
def test_only_languages_on_offer_can_be_chosen(tags: list[str]) -> None:
    with pytest.raises(PosterLanguageError, match="choose"):
        chosen_languages(tags)


def test_nothing_on_a_poster_says_what_it_is_about() -> None:
    said = " ".join(str(text) for text in (posters.TITLE, *posters.LINES))

    assert not re.search(r"pest|geweld|misbruik|meld|slachtoffer|veilig|seks|geheim|anoniem", said, re.IGNORECASE)
