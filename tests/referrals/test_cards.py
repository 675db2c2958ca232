"""What a student reads on a card."""

from dataclasses import replace

import pytest

from app.i18n.translate import archived, using
from app.referrals.cards import Card, card_of, honest
from app.referrals.sheet import PACKAGED, Entry, read_sheet

ENTRIES = {entry.id: entry for entry in read_sheet(PACKAGED)}


def shown(entry: Entry) -> Card:
    return card_of(entry, because="", is_for_staff=False)


def test_a_number_that_nobody_verified_is_not_shown() -> None:
    card = shown(replace(ENTRIES["kindertelefoon"], verified=False))

    assert (card.phone, card.tel, card.phone_trace) == ("", "", "")


def test_every_number_shown_is_the_verified_one_of_the_file() -> None:
    for entry in ENTRIES.values():
        assert shown(entry).phone == (entry.phone if entry.verified else "")


@pytest.mark.parametrize(
    ("service", "is_free"), [("kindertelefoon", True), ("112", True), ("politie", False), ("lkc", False)]
)
def test_only_a_number_with_charges_may_stand_on_the_bill(service: str, is_free: bool) -> None:
    card = shown(ENTRIES[service])

    assert "bellijst" in card.phone_trace
    assert ("rekening" not in card.phone_trace) == is_free


def test_a_website_leaves_a_trace_in_the_browser() -> None:
    assert "geschiedenis" in shown(ENTRIES["meldknop"]).web_trace
    assert not shown(ENTRIES["school-smw"]).web_trace


def test_in_direct_danger_no_card_says_that_a_name_is_asked() -> None:
    assert shown(ENTRIES["112"]).anonymous == ""
    assert "naam" in shown(ENTRIES["halt"]).anonymous


def test_texts_without_dutch_are_english_and_say_so() -> None:
    plain = replace(ENTRIES["politie"], what_they_do_nl="", for_whom_nl="", opening_hours_nl="", cost_nl="")

    card = shown(plain)

    assert card.lang == "en"
    assert card.what.startswith("Report or ask")
    assert card.hours == "24/7; check website"


def test_a_card_in_easy_dutch_is_dutch_where_it_has_no_easier_text() -> None:
    with using("nl-easy"), archived({ENTRIES["113"].what_they_do_nl: "Praten over niet meer willen leven."}):
        card = shown(ENTRIES["113"])

    assert (card.lang, card.name_lang) == ("nl", "nl")
    assert card.what == "Praten over niet meer willen leven."
    assert card.for_whom == ENTRIES["113"].for_whom_nl


def test_every_card_says_what_for_whom_when_and_at_what_cost_in_one_language() -> None:
    for tag in ("nl", "en", "ar"):
        with using(tag):
            for entry in ENTRIES.values():
                card = shown(entry)
                assert card.lang in {"nl", tag}
                assert card.what
                assert card.for_whom
                assert card.hours
                assert card.cost


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("check website (not in a stored source)", "check website"),
        ("daily 11:00-21:00 (2019 press; confirm)", "daily 11:00-21:00; check website"),
        ("24/7 (also 0800-0113)", "24/7"),
        ("Known officer; through 0900-8844 or politie.nl", "Known officer"),
        ("school hours (set per school)", "school hours (set per school)"),
    ],
)
def test_an_english_text_keeps_no_remark_for_ourselves_and_no_number(text: str, read: str) -> None:
    assert honest(text) == read
