"""The topics and lists fit the packaged social map."""

from pathlib import Path

from app.referrals.matching.topics import faults_of, load
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.tables import choices, table_faults, topics

BILL = "violence sexual intimidation threat bullying vandalism theft drugs weapon"
HELP_ONLY = "discrimination online recruited home other"


def test_the_packaged_topics_have_no_faults() -> None:
    assert list(table_faults(read_sheet(PACKAGED))) == []


def test_a_withdrawn_service_that_a_topic_names_is_a_fault_with_its_line() -> None:
    left = [entry for entry in read_sheet(PACKAGED) if entry.id != "113"]

    assert any("danger.yaml:" in fault and "'113'" in fault for fault in table_faults(left))


def test_every_category_of_a_talk_has_services() -> None:
    assert {*BILL.split(), *HELP_ONLY.split()} <= choices().keys()


def test_no_word_stands_twice_in_a_topic() -> None:
    lists = [(name, words) for name, topic in topics().items() for words in topic.words.values()]

    assert [name for name, words in lists if len(words) != len(set(words))] == []


def test_a_topic_without_words_in_a_language_is_a_fault_with_line_and_cure(tmp_path: Path) -> None:
    text = 'fire:\n  label: Brand\n  services: ["112"]\n  words:\n    nl: [vlammen]\n    en: ["?"]\n'
    (tmp_path / "some.yaml").write_text(text, "utf-8")

    faults = list(faults_of(tmp_path, {"112"}))

    assert any("some.yaml:4: fire: no words in ar: add at least one" in fault for fault in faults)
    assert any("some.yaml:6: fire: '?' is no word" in fault for fault in faults)


def test_a_file_that_is_no_yaml_is_a_fault_and_nothing_else_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("fire: [", "utf-8")

    assert load(tmp_path).topics == {}
    assert any("broken.yaml" in fault for fault in faults_of(tmp_path, set()))
