"""Which language a browser's wish finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import languages
from app.i18n.languages import Language

MANY = ["nl", "en", "ar", "tr", "ku", "pap", "so", "fa", "fa-AF", "zh-Hans", "zh-Hant", "fil"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ar", "ar"),
        ("AR-eg", "ar"),
        ("ku-TR,tr;q=0.8", "ku"),
        ("pap-CW,nl;q=0.9", "pap"),
        ("so-SO,en", "so"),
        ("en;q=0.5,ar;q=0.9", "ar"),
        ("en,ar", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("prs-AF", "fa-AF"),
        ("fa-IR", "fa"),
        ("kmr-TR", "ku"),
        ("tl-PH", "fil"),
        ("de-DE,en;q=0.5", "en"),
        ("en_GB", "en"),
        (" en ; q = 0.8 , ar ; q=0.9", "ar"),
    ],
)
def test_the_first_wish_that_fits_is_found(header: str, expected: str) -> None:
    assert languages.lookup(header, MANY, "nl") == expected


@pytest.mark.parametrize(
    "header", ["", "*", "de", "en;q=0", "en;q=2", "en;q=nan", "en;level=1", ";;,,", "ÿé", "e" * 5000]
)
def test_a_wish_that_is_none_gives_the_default(header: str) -> None:
    assert languages.lookup(header, MANY, "nl") == "nl"


def test_a_traditional_reader_is_not_given_simplified_characters() -> None:
    assert languages.lookup("zh-TW,en;q=0.5", ["nl", "en", "zh-Hans"], "nl") == "en"


def test_dari_finds_persian_when_that_is_all_there_is() -> None:
    assert languages.lookup("prs", ["nl", "fa"], "nl") == "fa"


def test_shortening_never_stops_at_a_single_letter() -> None:
    assert languages.lookup("en-x-private", ["nl", "en-x"], "nl") == "nl"


@given(st.text(max_size=200))
def test_no_header_whatever_raises(header: str) -> None:
    assert languages.lookup(header, MANY, "nl") in MANY


@given(st.text(alphabet="ar-enq=;,.01* _", max_size=60))
def test_no_header_of_likely_letters_raises(header: str) -> None:
    assert languages.lookup(header, MANY, "nl") in MANY


def test_languages_carry_their_own_name_and_direction() -> None:
    assert languages.find("ar") == Language("ar", "العربية", "rtl")
    assert languages.find("en") == Language("en", "English", "ltr")
    assert languages.find("uk") == Language("uk", "Українська", "ltr")
    assert languages.find("FA-af") == Language("fa-AF", "دری", "rtl")


def test_a_language_that_cldr_lacks_keeps_its_own_name() -> None:
    assert languages.find("srn") == Language("srn", "Sranantongo", "ltr")
    assert languages.cldr_locale("srn") is None


@pytest.mark.parametrize("tag", ["", "xx", "nl-NL", "../nl"])
def test_an_unknown_tag_is_no_language(tag: str) -> None:
    assert languages.find(tag) is None


def test_easy_dutch_is_dutch_to_a_browser_and_to_the_calendar() -> None:
    easy = languages.LANGUAGES[languages.EASY]

    assert easy == Language("nl-easy", "Makkelijk Nederlands", "ltr")
    assert easy.html_lang == "nl"
    assert languages.cldr_locale("nl-easy") == languages.cldr_locale("nl")
    assert languages.LANGUAGES["fa-AF"].html_lang == "fa-AF"


@pytest.mark.parametrize("header", ["nl", "nl-NL", "nl-BE,nl;q=0.9,en;q=0.5", "NL-nl,*"])
def test_no_browser_that_asks_for_dutch_gets_easy_dutch(header: str) -> None:
    assert languages.lookup(header, ["nl", "nl-easy", "en"], "en") == "nl"
    assert languages.lookup(header, ["nl-easy", "en"], "en") == "en"


def test_easy_dutch_stands_right_after_dutch() -> None:
    languages.offer(["en", "nl-easy"])

    assert [language.tag for language in languages.offered()] == ["nl", "nl-easy", "en"]
    languages.offer([])


def test_dutch_is_offered_first_and_always() -> None:
    languages.offer(["ar", "en"])
    assert [language.tag for language in languages.offered()] == ["nl", "en", "ar"]
    languages.offer([])
    assert [language.tag for language in languages.offered()] == ["nl"]
