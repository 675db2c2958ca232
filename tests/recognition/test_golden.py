import pytest

from app.recognition.model import KINDS, Packs
from tests.recognition.__main__ import main
from tests.recognition.golden_tables import TABLES, Sentence, figures, found_in, released_packs, table

TUNED = [sentence for name in TABLES if "kept-out" not in name for sentence in table(name)]
LEAST_FOUND, MOST_UNWANTED = 0.8, 4
"""What the kept-out tables must hold to; the measured figures are better and stand in the documentation."""


@pytest.fixture(scope="module")
def packs() -> Packs:
    return released_packs()


@pytest.mark.parametrize("sentence", TUNED, ids=lambda sentence: sentence.text[:60])
def test_a_golden_sentence_gives_exactly_what_is_wanted(packs: Packs, sentence: Sentence) -> None:
    assert found_in(sentence, packs) == sentence.wanted


@pytest.mark.parametrize("name", [name for name in TABLES if "kept-out" in name])
def test_sentences_that_no_rule_was_written_with_are_found_too(packs: Packs, name: str) -> None:
    counted = figures(name, packs)

    assert counted.found / counted.wanted >= LEAST_FOUND
    assert counted.unwanted <= MOST_UNWANTED


@pytest.mark.parametrize(("language", "least"), [("nl", 120), ("en", 80)])
def test_the_tables_are_large_keep_out_a_quarter_and_name_every_kind(language: str, least: int) -> None:
    tuned, kept_out = table(language), table(f"{language}.kept-out")

    assert len(tuned) + len(kept_out) >= least
    assert len(kept_out) >= (len(tuned) + len(kept_out)) / 4
    assert {kind for sentence in tuned for kind, _, _ in sentence.wanted} == set(KINDS)


def test_no_sentence_stands_in_two_tables() -> None:
    texts = [sentence.text for name in TABLES for sentence in table(name)]

    assert len(texts) == len(set(texts))


def test_the_figures_are_printed_for_every_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["tests.recognition", "-v"])

    main()

    assert all(name in capsys.readouterr().out for name in TABLES[:1])
