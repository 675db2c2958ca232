"""What search makes of misspelt, denied, compound and long texts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.referrals.cli import referrals
from app.referrals.matching.compounds import parts
from app.referrals.matching.spelling import Spelling
from app.referrals.queries import search_among
from app.referrals.sheet import PACKAGED, read_sheet

SERVICES = {entry.id: entry for entry in read_sheet(PACKAGED)}


def first(words: str) -> str:
    return search_among(SERVICES, words)[0].id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gepset", "gepest"), ("kyberpesten", "cyberpesten"), ("ferkracht", "verkracht"), ("zelfmort", "zelfmoord")],
)
def test_a_misspelt_word_is_taken_for_the_nearest(typed: str, meant: str) -> None:
    assert Spelling(["gepest", "cyberpesten", "verkracht", "zelfmoord"]).nearest(typed) == [meant]


def test_a_neighbouring_key_is_nearer_than_another_letter() -> None:
    assert Spelling(["gesten", "festen"]).nearest("hesten") == ["gesten"]


def test_a_compound_is_taken_apart_into_known_words() -> None:
    assert list(parts("pestenprobleem", {"pesten", "probleem"})) == ["probleem", "pesten"]


def test_what_was_denied_does_not_count_beside_what_was_not() -> None:
    assert first("het gaat niet om drugs maar ik word gepest") == "kindertelefoon"
    assert "drugsinfo" not in [card.id for card in search_among(SERVICES, "het is geen drugs, ik word gepest")]


@pytest.mark.parametrize(
    "words", ["ik word niet gepest maar mijn vriendin wel", "i am not bullied but my friend is", "mijn zusje is gepest"]
)
def test_the_topic_of_somebody_else_stays(words: str) -> None:
    assert first(words) == "kindertelefoon"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("ik wil niet meer leven", "113"),
        ("ik wil niet dood maar soms denk ik aan zelfmoord", "113"),
        ("mijn vader slaat me niet vaak maar ik ben bang thuis", "veilig-thuis"),
        ("hij heeft geen pistool maar wel een mes", "112"),
    ],
)
def test_a_denial_never_hides_danger_that_stands_there_as_well(words: str, line: str) -> None:
    assert first(words) == line


def test_a_danger_that_is_denied_whole_does_not_lead_but_stays() -> None:
    cards = [card.id for card in search_among(SERVICES, "hij heeft geen mes")]

    assert "112" in cards


def test_every_card_of_a_search_says_why() -> None:
    assert all(card.because for card in search_among(SERVICES, "mn vriend slikt pilen en ik ben bang"))


@pytest.mark.parametrize(
    "words", ["😀" * 50, "<b>pesten</b>", "06 12345678", "你好", "niet", "a " * 6000, "pesten " * 800]
)
def test_odd_texts_are_answered(words: str) -> None:
    assert search_among(SERVICES, words)


def test_parents_who_ask_get_services_for_parents_first() -> None:
    assert first("als ouder: mijn kind wordt gepest") == "ouders-onderwijs"


def test_the_tuned_questions_reach_their_bars() -> None:
    result = CliRunner().invoke(referrals, ["evaluate"])

    assert result.exit_code == 0, result.output
    assert "tuned-nl" in result.output


def test_a_figure_below_its_bar_ends_with_one(tmp_path: Path) -> None:
    (tmp_path / "some.tsv").write_text("pesten|halt|\n", "utf-8")

    result = CliRunner().invoke(referrals, ["evaluate", str(tmp_path)])

    assert result.exit_code == 1
    assert "below the bars" in result.output


def test_a_kept_out_figure_below_its_bar_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept-out-some.tsv").write_text("pesten|halt|\n", "utf-8")

    result = CliRunner().invoke(referrals, ["evaluate", str(tmp_path)])

    assert result.exit_code == 0
    assert "(below the bars)" in result.output
    assert "pesten" not in result.output


def test_a_judged_line_without_an_answer_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "some.tsv").write_text("pesten\n", "utf-8")

    result = CliRunner().invoke(referrals, ["evaluate", str(tmp_path)])

    assert result.exit_code == 1
    assert "some.tsv:1" in result.output
