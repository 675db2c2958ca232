"""Whether a student finds the right help first."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.i18n import catalogues
from app.i18n.catalogues import PATTERN
from app.i18n.translate import using
from app.referrals.queries import cards_by_id, cards_for, search, unmet_words
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.tables import FIRST, SEARCH_ONLY, STAFF, choices
from app.referrals.views import SUGGESTIONS
from app.referrals.vocabulary import public_words
from app.settings import ROOT

TRANSLATIONS = ROOT / "translations"
JUDGED = Path(__file__).parent / "queries.csv"
CATEGORIES = [name for name in choices() if not name.startswith("_")]


def first(session: Session, words: str) -> str:
    return search(session, words)[0].id


def test_each_judged_question_finds_its_service_first(imported: Session) -> None:
    with JUDGED.open(newline="", encoding="utf-8") as file:
        rows = [(row["words"], row["first"]) for row in csv.DictReader(file)]

    wrong = {words: found for words, expected in rows if (found := first(imported, words)) != expected}

    assert len(rows) >= 60
    assert not wrong


@pytest.mark.parametrize(
    "words", ["pesten", "bullying", "تنمر", "veiligheid", "safety", "السلامة", "weerbaarheid", "resilience", "الصمود"]
)
def test_the_words_of_the_city_always_find_something(imported: Session, words: str) -> None:
    cards = search(imported, words)

    assert len(cards) >= 3
    assert not any(card.is_general for card in cards)


def test_a_question_without_a_match_leads_to_the_first_helpers(imported: Session) -> None:
    cards = search(imported, "xqzv")

    assert tuple(card.id for card in cards) == choices()[FIRST]
    assert all(card.is_general for card in cards)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "?!",
        "de het een",
        "the and is",
        "\u200f",
        "\u202e\u2067\u061c",
        "a" * 20_000,
        "xq " * 1_666,
        "' OR 1=1 --",
        "%",
        "\ud800",
        "\udfff\ud800",
        "\0",
        "😀🏳️\u200d🌈👩\u200d👧",
        "你好吗",
        "Привіт",
        "ሰላም",
        "<script>alert(1)</script>",
        "06 12345678",
        "+31 6 12345678",
        "Fatima el Idrissi",
        "fatima@qqmail.nl",
    ],
)
def test_odd_questions_end_on_a_full_page_of_helpers_and_leave_nothing(
    imported: Session, words: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("INFO")

    cards = search(imported, words)

    assert len(cards) >= 3
    assert not any(card.emergency or card.is_for_staff for card in cards)
    assert unmet_words(imported, words) == frozenset()
    assert cards_for(imported, ["bullying"], words)
    assert not caplog.records
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("odd", ["😀", "\0", "\ud800", "\u202e", "<b>", "你好", "0612345678", "\n"])
def test_odd_signs_beside_a_word_do_not_hide_it(imported: Session, odd: str) -> None:
    assert first(imported, f"{odd} ik word gepest {odd}") == "kindertelefoon"
    assert first(imported, f"{odd}ik wil dood{odd} ") in {"113", "kindertelefoon"}


def test_of_a_question_without_a_match_only_our_own_words_may_be_counted(imported: Session) -> None:
    assert unmet_words(imported, "wachtwoord van Fatima 0612345678 xqzv") == {"wachtwoord"}


def test_a_question_with_a_match_has_no_unmet_words(imported: Session) -> None:
    assert unmet_words(imported, "wachtwoord gestolen en gepest") == frozenset()


def test_unmet_words_hold_no_name_and_no_stopword() -> None:
    words = public_words()

    assert len(words) > 3_000
    assert not words & {"fatima", "mohammed", "emma", "sem", "de", "niet", "112"}
    assert all(word.isalpha() and len(word) >= 3 for word in words)


def test_services_for_school_and_parents_come_last(imported: Session) -> None:
    flags = [card.is_for_staff for card in search(imported, "pesten")]

    assert True in flags
    assert flags == sorted(flags)


def test_a_card_says_which_word_led_to_it(imported: Session) -> None:
    assert search(imported, "ik word gepset")[0].because == "gepset"


def test_danger_to_life_stands_before_other_crises(imported: Session) -> None:
    cards = search(imported, "ik ben verkracht en wil niet meer leven, hij heeft een mes")

    assert [card.id for card in cards[:3]] == ["112", "113", "csg"]


def test_words_far_apart_in_a_story_are_no_phrase(imported: Session) -> None:
    story = "Ik wil graag vertellen wat er in de gang gebeurde met mijn fiets. De hamster is dood."

    assert "113" not in [card.id for card in cards_for(imported, ["theft"], story)]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_four_services_for_students(imported: Session, category: str) -> None:
    cards = cards_for(imported, [category], "")

    assert [card.id for card in cards] == list(choices()[category])[:4]
    assert not any(card.is_for_staff or card.is_general for card in cards)


@pytest.mark.parametrize(
    "words", ["uitbuiting", "pesten", "eergeweld", "preventie escamp", "112", "zorgen over jezelf"]
)
def test_a_talk_never_leads_to_services_for_staff(imported: Session, words: str) -> None:
    shown = {card.id for card in cards_for(imported, CATEGORIES, words, limit=100)}

    assert not shown & {*choices()[STAFF], *choices()[SEARCH_ONLY]}


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_numbers_for_danger_to_life_wait_for_words_that_ask_for_them(imported: Session, category: str) -> None:
    assert not {"112", "113"} & {card.id for card in cards_for(imported, [category], "er was ruzie", limit=100)}


def test_a_talk_that_speaks_of_death_shows_113_first_and_four_cards(imported: Session) -> None:
    cards = cards_for(imported, ["bullying"], "Door het pesten wil ik niet meer leven.")

    assert cards[0].id == "113"
    assert cards[1].id == "kindertelefoon"
    assert len(cards) == 4


def test_a_talk_about_nothing_known_leads_to_the_first_helpers(imported: Session) -> None:
    assert all(card.is_general for card in cards_for(imported, ["unheard-of"], ""))


def test_services_come_in_the_order_asked_and_withdrawn_ones_are_left_out(imported: Session) -> None:
    assert [card.id for card in cards_by_id(imported, ["113", "gone", "112"])] == ["113", "112"]


def test_without_an_import_a_search_finds_nothing_and_does_not_fail(session: Session) -> None:
    assert search(session, "pesten") == ()


def test_a_search_sees_a_new_import(imported: Session) -> None:
    import_entries(imported, [entry for entry in read_sheet(PACKAGED) if entry.id != "proud2bme"])

    assert first(imported, "eetstoornis") != "proud2bme"


def test_a_card_names_the_topic_by_which_a_word_led_to_it(imported: Session) -> None:
    assert search(imported, "ik word gepset")[0].topic == "Pesten"
    assert search(imported, "kindertelefoon")[0].topic == ""


@pytest.fixture
def translated(tmp_path: Path) -> Iterator[None]:
    catalogues.load(ROOT / "translations")
    yield
    catalogues.load(tmp_path)


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize("tag", ["nl", *sorted(path.parent.parent.name for path in TRANSLATIONS.glob(PATTERN))])
def test_every_suggestion_finds_something_in_every_language(imported: Session, tag: str) -> None:
    with using(tag):
        words = [str(text) for text in SUGGESTIONS]

    assert not [word for word in words if any(card.is_general for card in search(imported, word))]
