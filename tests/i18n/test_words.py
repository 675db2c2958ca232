"""One language's words: what no text may promise, and one word for one thing."""

from pathlib import Path

import pytest
from babel.messages import Catalog, Message

from app.i18n.checking import Sheet, message_faults
from app.i18n.wording import Words, WordsError, missing_terms, words_of


def written(folder: Path, text: str) -> Path:
    (folder / "tr").mkdir(exist_ok=True)
    (folder / "tr" / "words.yaml").write_text(text)
    return folder


def test_a_language_without_a_file_has_no_words(tmp_path: Path) -> None:
    assert words_of("tr", tmp_path) == Words()


def test_an_empty_file_and_one_without_terms_are_files_too(tmp_path: Path) -> None:
    assert words_of("tr", written(tmp_path, "never: []\n")) == Words([], {})


@pytest.mark.parametrize(
    "text",
    [
        "never: [",
        "never: [{pattern: '(', shown: x, instead: who}]",
        "never: [{shown: x}]",
        "- a",
        "never: 3",
        "terms: {}",
    ],
)
def test_a_broken_file_is_named_with_what_it_must_hold(tmp_path: Path, text: str) -> None:
    with pytest.raises(WordsError, match=r"translations/tr/words\.yaml: .*; write never \(pattern, shown, instead\)"):
        words_of("tr", written(tmp_path, text))


def test_a_term_must_be_said_as_agreed() -> None:
    assert [word for word, _ in missing_terms("De vertrouwenspersoon leest mee.", "A person reads it.", "en")] == [
        "vertrouwenspersoon"
    ]
    assert not list(missing_terms("De vertrouwenspersoon leest mee.", "The confidential adviser reads it.", "en"))
    assert not list(missing_terms("Iemand leest mee.", "A person reads it.", "en"))


def fault_of(file: str) -> list[str]:
    message = Message("Pesten stoppen", "Stop it", locations=[(file, 1)])
    return [str(fault) for fault in message_faults(Sheet("en", "en.po", Catalog()), message)]


def test_the_check_names_the_word_and_the_ways_to_say_it() -> None:
    assert fault_of("flows/report.yaml") == [
        "en.po:1: \"Pesten stoppen\" says 'pesten' in another way than agreed, write one of: bully"
    ]


def test_the_name_of_a_service_stays_its_own() -> None:
    assert fault_of("app/referrals/data/social-map.csv") == []
