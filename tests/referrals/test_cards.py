"""What a student reads on a card."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import clock
from app.i18n import catalogues
from app.i18n.translate import archived, using
from app.referrals.cards import Card, card_of, honest
from app.referrals.hours import read_hours
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


MONDAY_EVENING = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
"""20:00 in the Netherlands."""


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("altijd", "Dag en nacht open"),
        ("ma-zo 11:00-21:00; feestdagen open", "Open tot 21:00"),
        ("ma-zo 20:00-02:30", "Open tot 02:30"),
        ("ma-wo 00:00-24:00; feestdagen open", "Nu open"),
        ("ma 22:00-23:00", "Dicht, weer open om 22:00"),
        ("ma-vr 09:00-17:00", "Dicht, weer open morgen om 09:00"),
        ("do 09:00-17:00", "Dicht, weer open donderdag om 09:00"),
        ("ma 09:00-17:00", "Dicht, weer open 30 november om 09:00"),
        ("ma 09:00-17:00 van 2027-01-04", "Nu dicht"),
        ("", ""),
    ],
)
def test_a_card_says_whether_it_is_open_and_until_when(hours: str, said: str) -> None:
    entry = replace(ENTRIES["kindertelefoon"], phone_hours=read_hours(hours), chat_hours=read_hours(hours))

    with clock.at(MONDAY_EVENING):
        card = shown(entry)

    assert (card.phone_when, card.chat_when) == (said, said)
    assert card.is_timed == bool(said)


def test_on_a_holiday_of_which_nobody_said_anything_a_card_calls_nothing_open_or_closed() -> None:
    entry = replace(ENTRIES["drugsinfo"], phone_hours=read_hours("ma-vr 09:00-17:00"))

    with clock.at(datetime(2026, 12, 25, 11, 0, tzinfo=UTC)):
        assert not shown(entry).is_timed


def test_hours_of_a_number_or_an_address_that_is_not_shown_say_nothing() -> None:
    hours = read_hours("altijd")
    card = shown(replace(ENTRIES["drugsinfo"], verified=False, phone_hours=hours, walk_in_hours=hours))

    assert not card.is_timed


def test_who_may_be_overheard_reads_that_he_can_type_or_call_elsewhere() -> None:
    assert "typen" in shown(ENTRIES["kindertelefoon"]).overheard
    assert "buiten" in shown(ENTRIES["kinderombudsman"]).overheard
    assert shown(ENTRIES["112"]).overheard == ""
    assert shown(replace(ENTRIES["kinderombudsman"], verified=False)).overheard == ""


@pytest.mark.parametrize(
    ("checked_on", "checked_by", "said"),
    [
        (date(2026, 11, 3), "het netwerk", "Gecontroleerd op 3 november 2026 door het netwerk"),
        (date(2026, 11, 3), "", "Gecontroleerd op 3 november 2026"),
        (date(2026, 5, 24), "het netwerk", "Gecontroleerd op 24 mei 2026 door het netwerk"),
        (date(2026, 5, 23), "het netwerk", "Niet gecontroleerd in de laatste zes maanden"),
        (None, "", "Nog niet gecontroleerd"),
    ],
)
def test_a_card_says_when_and_by_whom_it_was_checked(checked_on: date | None, checked_by: str, said: str) -> None:
    with clock.at(MONDAY_EVENING):
        assert shown(replace(ENTRIES["sense"], checked_on=checked_on, checked_by=checked_by)).checked == said


def test_a_number_for_danger_to_life_does_not_tell_that_nobody_checked_it() -> None:
    assert shown(replace(ENTRIES["112"], checked_on=None)).checked == ""
    assert shown(replace(ENTRIES["113"], checked_on=None)).checked == ""


def test_languages_are_named_only_when_all_are_known() -> None:
    assert shown(ENTRIES["mind-hulplijn"]).languages
    assert shown(ENTRIES["school-smw"]).languages == ""
    with using("en"):
        assert shown(replace(ENTRIES["113"], languages="nl;en")).languages == "Dutch and English"


def test_a_first_sentence_stands_there_in_dutch_too_for_who_reads_another_language(tmp_path: Path) -> None:
    catalogues.load(tmp_path)  # None: the words of the test are the only translation.
    sentence = ENTRIES["kindertelefoon"].first_sentence_nl
    assert (shown(ENTRIES["kindertelefoon"]).say, shown(ENTRIES["kindertelefoon"]).say_dutch) == (sentence, "")

    with using("ar"), archived({ENTRIES["kindertelefoon"].what_they_do_nl: "x", sentence: "مرحبا"}):
        card = shown(ENTRIES["kindertelefoon"])

    assert (card.say, card.say_dutch) == ("مرحبا", sentence)


def test_every_line_that_a_student_may_call_for_help_has_a_first_sentence() -> None:
    lines = ("112", "113", "kindertelefoon", "injebol", "veilig-thuis", "csg", "helpwanted", "slachtofferhulp")
    assert all(ENTRIES[one].first_sentence_nl for one in lines)
