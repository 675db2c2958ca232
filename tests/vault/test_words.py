from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.vault import words
from app.vault.errors import WordListError
from app.vault.words import WordList, load_words, word_list, word_lists
from tests.vault.conftest import WORDS_FOLDER

UNSUITABLE = frozenset((Path(__file__).parent / "unsuitable-words.txt").read_text(encoding="ascii").split())
"""Hurtful, frightening, brand and given names, and what happens at schools: five words are shown to a child of 13."""

BOTH = pytest.mark.parametrize("tag", ["nl", "en"])


def listed(tag: str) -> list[str]:
    return (WORDS_FOLDER / f"{tag}.txt").read_text(encoding="ascii").splitlines()


@BOTH
def test_a_list_has_2048_sorted_words_of_4_to_8_plain_letters(tag: str) -> None:
    found = listed(tag)

    assert len(found) == 2048
    assert found == sorted(set(found))
    assert all(4 <= len(word) <= 8 and word.isascii() and word.isalpha() and word.islower() for word in found)


@BOTH
def test_four_letters_tell_a_word(tag: str) -> None:
    assert max(Counter(word[:4] for word in listed(tag)).values()) == 1


@BOTH
def test_one_slip_never_turns_a_word_into_another(tag: str) -> None:
    found = listed(tag)

    for word in found:
        near = process.extract(word, found, scorer=OSA.distance, score_cutoff=1, limit=2)
        assert [match for match, *_ in near] == [word]


def test_no_two_dutch_words_differ_by_one_slip_and_spellings_that_sound_alike() -> None:
    heard = [word.replace("ij", "ei").replace("ou", "au") for word in listed("nl")]

    for word in heard:
        assert len(process.extract(word, heard, scorer=OSA.distance, score_cutoff=1, limit=2)) == 1


@BOTH
def test_no_word_hurts_frightens_or_names(tag: str) -> None:
    assert UNSUITABLE.isdisjoint(listed(tag))


@given(st.integers(0, 2047), st.integers(0, 7), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_a_wrong_letter_is_repaired_or_asked_about_unless_it_begins_another_word(n: int, at: int, letter: str) -> None:
    word = word_list("nl").words[n]

    match = word_list("nl").match(word[:at] + letter + word[at + 1 :])

    assert match.number in {n, None} or match.doubt == 1


def test_a_slip_that_two_words_explain_is_not_repaired() -> None:
    both = WordList(("boter", "bomen"))

    assert both.match("boten").number is None
    assert set(both.near("boten")) == {"boter", "bomen"}


def test_a_word_written_as_it_sounds_is_read() -> None:
    assert WordList(("ijsbeer", "kameel")).match("eisbeer") == (0, 2)


def test_a_language_without_a_list_gets_the_dutch_one() -> None:
    assert word_list("ar") is word_list("nl")
    assert word_list("en-GB") is word_list("EN")
    assert word_list("en") is not word_list("nl")


def test_reading_before_loading_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_lists", {})

    with pytest.raises(WordListError, match="load_words"):
        word_lists()


def fold_list(tmp_path: Path, change: dict[str, str]) -> Path:
    """Write both released lists with the words of *change* replaced in the English one."""
    for tag in ("nl", "en"):
        found = listed(tag)
        replaced = [change.get(word, word) for word in found] if tag == "en" else found
        (tmp_path / f"{tag}.txt").write_text("\n".join(word for word in replaced if word), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("replacement", "fault"),
    [("", "has 2047 words"), ("Table", "'Table' is not"), ("café", "plain ASCII"), ("abacuses", "'abac'")],
)
def test_a_broken_list_is_refused_with_file_and_fault(tmp_path: Path, replacement: str, fault: str) -> None:
    folder = fold_list(tmp_path, {"zoom": replacement})

    with pytest.raises(WordListError, match=rf"en\.txt.*{fault}"):
        load_words(folder)


def test_a_missing_list_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(WordListError, match=r"nl\.txt"):
        load_words(tmp_path)
