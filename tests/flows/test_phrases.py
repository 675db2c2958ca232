from pathlib import Path

import pytest

from app.flows.faults import FlowError
from app.flows.phrases import CLOSING, FILE, load_phrases, read_phrases
from app.i18n.extraction import extract_texts

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
choices:
  part:
    label: Moment
    codes:
      lunch: in de grote pauze
groups:
  closing:
    title: Afsluiten
    cards:
      bye:
        text: Tot %(day)s, %(part)s.
      old:
        text: Tot later.
        retired: true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "flows" / FILE
    path.parent.mkdir(parents=True)
    path.write_text(GOOD, "utf-8")
    return tmp_path / "flows"


def test_a_sentence_knows_its_blanks_and_whether_it_is_retired(folder: Path) -> None:
    book = load_phrases(folder)

    bye, old = book.groups[0].phrases
    assert (bye.id, bye.slots, bye.is_retired) == ("closing.bye", ("day", "part"), False)
    assert old.is_retired
    assert book.phrase("closing.bye") is bye
    assert book.phrase("closing.none") is None
    assert book.choices["part"].codes == {"lunch": "in de grote pauze"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("%(day)s", "%(dya)s", ':11: [E11] unknown blank "dya": did you mean "day"?'),
        ("%(day)s", "%(who)s", ':11: [E11] unknown blank "who": known are day, place, service, person, part'),
        ("%(day)s", "%(day)", ":11: [E40] the sentence has a broken blank: write it as %(name)s"),
        ("Tot later.", '" "', ":13: [E06] the sentence is empty: write it or remove its card"),
        ("Tot later.", "la " * 70, ":13: [W32] the sentence has over 200 letters: make two of it"),
        ("retired", "retierd", ':14: [E01] unknown key "retierd": did you mean "retired"?'),
        ("    title:", "    titel:", ':8: [E01] unknown key "titel": did you mean "title"?'),
        ("      bye:", "      Bye!:", ':10: [E04] "Bye!" cannot be a name: use small letters, digits and _'),
        ("  closing:", "  ending:", ':6: [E00] the group "closing" is missing: a case is closed with its sentences'),
        ("label:", "lable:", ':3: [E01] unknown key "lable": did you mean "label"?'),
        ("groups:", "gruops:", ':6: [E01] unknown key "gruops": did you mean "groups"?'),
    ],
)
def test_a_fault_names_its_line_and_its_cure(folder: Path, old: str, new: str, fault: str) -> None:
    (folder / FILE).write_text(GOOD.replace(old, new, 1), "utf-8")

    _book, faults = read_phrases(folder)

    assert f"flows/{FILE}{fault}" in map(str, faults)


@pytest.mark.parametrize("content", ["", "- a", "groups: ["])
def test_a_file_that_says_nothing_is_refused(folder: Path, content: str) -> None:
    (folder / FILE).write_text(content, "utf-8")
    with pytest.raises(FlowError):
        load_phrases(folder)


def test_a_file_that_is_gone_is_refused_with_its_name(folder: Path) -> None:
    (folder / FILE).unlink()
    with pytest.raises(FlowError, match=r"flows/desk/phrases\.yaml:1: \[E00\] the file cannot be read"):
        load_phrases(folder)


def test_the_sentences_of_the_program_are_in_order_and_about_sixty() -> None:
    book = load_phrases(ROOT / "flows")

    texts = [phrase.text for group in book.groups for phrase in group.phrases]
    assert 60 <= len(texts) <= 75
    assert len(set(texts)) == len(texts)
    assert CLOSING in {group.id for group in book.groups}


def test_translators_get_every_sentence_with_its_group_and_every_choice() -> None:
    template, book = extract_texts(ROOT), load_phrases(ROOT / "flows")

    for phrase in (each for group in book.groups for each in group.phrases):
        message = template.get(phrase.text)
        assert message is not None
        assert any(phrase.group in comment for comment in message.auto_comments)
    for choice in book.choices.values():
        assert all(template.get(text) for text in (choice.label, *choice.codes.values()))
