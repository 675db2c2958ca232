"""Danger leads to its crisis line, whoever wrote the words down; what only sounds like danger does not."""

from pathlib import Path

import pytest

from app.flows.watching_samples import Sample, load_samples
from app.referrals.matching.danger import LINES
from app.referrals.queries import search_among
from app.referrals.sheet import PACKAGED, read_sheet
from app.settings import ROOT

SERVICES = {entry.id: entry for entry in read_sheet(PACKAGED)}
JUDGED = Path(__file__).parent / "judged"
SAMPLES = load_samples(ROOT / "flows" / "watch")
MOST_ALARMS = 0.025
"""Share of harmless samples that a crisis line may lead: 2.1 % on 2026-11-23."""


def found(words: str) -> list[str]:
    return [card.id for card in search_among(SERVICES, words)]


def harmless() -> list[str]:
    lines = [line for path in sorted(JUDGED.glob("harmless-*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def is_right(sample: Sample) -> bool:
    """A suicide line stands first, or behind 112; another one may follow whoever helps best with it."""
    return LINES[sample.topic] in found(sample.text)[:2]


def test_every_sentence_that_a_talk_watches_for_leads_to_its_crisis_line() -> None:
    wanted = [sample for sample in SAMPLES if sample.is_wanted]

    assert len(wanted) > 700
    assert [(sample.file, sample.line) for sample in wanted if not is_right(sample)] == []


def test_suicide_stands_first_in_every_sentence_about_it() -> None:
    wanted = [sample.text for sample in SAMPLES if sample.is_wanted and sample.topic == "life"]
    first = [text for text in wanted if found(text)[0] == "113"]

    assert len(wanted) - len(first) <= 1  # A knife on a wrist: 112.


def test_a_crisis_line_leads_no_harmless_sentence() -> None:
    lines = {*LINES.values()}

    assert [words for words in harmless() if found(words)[0] in lines] == []


def test_there_are_enough_harmless_sentences_to_tell() -> None:
    assert len(harmless()) >= 70


def test_few_of_the_harmless_samples_of_the_talks_are_led_by_their_crisis_line() -> None:
    unwanted = [sample for sample in SAMPLES if not sample.is_wanted]
    alarms = [sample.text for sample in unwanted if found(sample.text)[0] == LINES[sample.topic]]

    assert len(alarms) <= MOST_ALARMS * len(unwanted), alarms


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("mes in zijn tas en dreigt nu", "112"),
        ("hij heeft hier een mes in zijn tas", "112"),
        ("ik word nu achtervolgd", "112"),
        ("112", "112"),
        ("mijn vader slaat me niet vaak", "veilig-thuis"),
        ("my dad does not hit me every day", "veilig-thuis"),
        ("hij sloeg me niet alleen maar heeft me ook verkracht", "csg"),
    ],
)
def test_danger_of_this_moment_and_danger_now_and_then_lead(words: str, line: str) -> None:
    assert found(words)[0] == line


def test_how_often_is_no_denial() -> None:
    assert found("hij slaat me niet vaak") == found("hij slaat me")


def test_what_cannot_be_stopped_is_not_denied() -> None:
    assert found("ik kan niet stoppen met vapen")[0] in {"drugsinfo", "jellinek"}


def test_a_crisis_line_that_only_the_lists_know_follows_who_helps_best() -> None:
    assert found("mn nudes zijn gelekt")[:2] == ["helpwanted", "csg"]


def test_harmless_words_hide_no_danger_beside_them() -> None:
    assert found("we aten met mes en vork en toen pakte hij een pistool")[0] == "112"


def test_one_word_is_no_phrase_of_two_words_that_share_its_stem() -> None:
    assert found("steken")[0] == "112"  # "steken" and "steekje" are harmless only together.
