"""The topics and lists fit the packaged social map."""

from pathlib import Path

from app.i18n.extraction import extract_texts
from app.referrals.matching.linting import faults_of
from app.referrals.matching.topics import load
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.tables import choices, districts, harmless, table_faults, topics
from app.settings import ROOT

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

    faults = list(faults_of(tmp_path, {"112": ["112"]}))

    assert any("some.yaml:4: fire: no words in ar: add at least one" in fault for fault in faults)
    assert any("some.yaml:6: fire: '?' is no word" in fault for fault in faults)


def test_a_file_that_is_no_yaml_is_a_fault_and_nothing_else_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("fire: [", "utf-8")

    assert load(tmp_path).topics == {}
    assert any("broken.yaml" in fault for fault in faults_of(tmp_path, {}))


TOPIC = (
    '{name}:\n  label: {name}\n  services: ["112"]\n  words:\n    nl: [{nl}]\n    en: [{nl} en]\n    ar: [{nl} ar]\n'
)


def linted(folder: Path, topics: str, services: dict[str, list[str]], stopwords: str = "de") -> list[str]:
    lists = 'first: ["112"]\nstaff: ["112"]\nsearch_only: ["112"]\ncategories: {}\nharmless: {}\ndistricts: {}\n'
    (folder / "_lists.yaml").write_text(f"{lists}stopwords: {stopwords}\n", "utf-8")
    (folder / "some.yaml").write_text(topics, "utf-8")
    return list(faults_of(folder, services))


def test_a_folder_in_order_has_no_faults(tmp_path: Path) -> None:
    assert linted(tmp_path, TOPIC.format(name="fire", nl="vlammen"), {"112": []}) == []


def test_a_phrase_of_two_topics_is_a_fault_that_names_both(tmp_path: Path) -> None:
    topics = TOPIC.format(name="fire", nl="rook/vuur zien") + TOPIC.format(name="smoke", nl="vuur zien")

    faults = linted(tmp_path, topics, {"112": []})

    assert any(
        "some.yaml:12: smoke: 'vuur zien' stands in fire too (some.yaml:5); leave it" in fault for fault in faults
    )


def test_a_topic_without_words_of_its_own_is_a_fault(tmp_path: Path) -> None:
    topics = TOPIC.format(name="fire", nl="vuur") + TOPIC.format(name="smoke", nl="vuur")

    faults = linted(tmp_path, topics, {"112": []})

    assert any("some.yaml:8: smoke: nothing leads to this topic; give it words" in fault for fault in faults)


def test_a_service_that_nothing_leads_to_is_a_fault(tmp_path: Path) -> None:
    faults = linted(tmp_path, TOPIC.format(name="fire", nl="vuur"), {"112": [], "lost": ["", "?"], "own": ["hulp"]})

    assert [fault for fault in faults if "the service 'lost'; name it in a topic" in fault]
    assert not [fault for fault in faults if "own" in fault]


def test_a_stopword_that_is_a_topic_of_its_own_is_a_fault(tmp_path: Path) -> None:
    faults = linted(tmp_path, TOPIC.format(name="fire", nl="vuur"), {"112": []}, "de vuur")

    assert any("some.yaml:5: fire: 'vuur' is a stopword in _lists.yaml; take it out" in fault for fault in faults)


def test_the_name_of_every_topic_is_extracted_for_translation() -> None:
    extracted = {message.id for message in extract_texts(ROOT)}

    assert {topic.label for topic in topics().values()} <= extracted


def test_every_district_has_its_names_and_every_language_its_harmless_phrases() -> None:
    assert len(districts()) == 8
    assert {"mes en vork", "knife and fork"} <= {*harmless()}
