"""Word lists notice danger in what somebody typed, and let jokes pass; a bad line is named."""

from collections import Counter
from pathlib import Path

import pytest

from app.flows.faults import FlowError
from app.flows.watching import WatchLists, load_lists
from app.flows.watching_samples import figures, load_samples, missed
from app.settings import ROOT

FOLDER = ROOT / "flows" / "watch"
TOPICS = ("life", "threat", "sexual", "home")
FEWEST = {"nl": 40, "en": 30, "ar": 20}
SAMPLES = load_samples(FOLDER)


@pytest.fixture(scope="module")
def real() -> WatchLists:
    return load_lists(FOLDER)


def lists(tmp_path: Path, **contents: str) -> WatchLists:
    for name, content in contents.items():
        (tmp_path / f"{name.replace('_', '.')}.txt").write_text(content, "utf-8")
    return load_lists(tmp_path)


def hits(tmp_path: Path, phrases: str, *texts: str, tag: str = "nl") -> list[bool]:
    found = lists(tmp_path, **{f"life_{tag}": phrases})
    return [found.topics_in(text, ("life",)) == ("life",) for text in texts]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("tag", FEWEST)
def test_every_sample_is_taken_as_it_is_meant(real: WatchLists, topic: str, tag: str) -> None:
    own = tuple(sample for sample in SAMPLES if (sample.topic, sample.tag) == (topic, tag))
    assert [f"{sample.file}:{sample.line}: {sample.text}" for sample in missed(real, own)] == []


def test_every_topic_has_a_list_and_enough_samples_in_each_language(real: WatchLists) -> None:
    counts = Counter((sample.topic, sample.tag, sample.is_wanted) for sample in set(SAMPLES))
    for topic in TOPICS:
        assert real.languages_of(topic) == ("ar", "en", "nl")
        for tag, fewest in FEWEST.items():
            assert counts[topic, tag, True] >= fewest, (topic, tag)
            assert counts[topic, tag, False] >= fewest, (topic, tag)


def test_no_sample_stands_twice_in_a_file() -> None:
    counts = Counter((sample.file, sample.text.casefold()) for sample in SAMPLES)
    assert [place for place, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_every_file_says_that_nobody_has_reviewed_it_yet(path: Path) -> None:
    head = "".join(line for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    assert "no native speaker" in head
    assert "crisis worker" in head


def test_the_figures_tell_how_well_the_lists_do() -> None:
    found = figures(FOLDER)
    assert [(figure.topic, figure.tag) for figure in found] == [
        (topic, tag) for topic in sorted(TOPICS) for tag in ("ar", "en", "nl")
    ]
    assert all(figure.wanted_hit == figure.wanted and figure.unwanted_hit == 0 for figure in found)


def test_a_figure_is_one_line(tmp_path: Path) -> None:
    lists(
        tmp_path,
        life_nl="ik wil dood\ndoodop\n",
        life_nl_samples="+ ik wil dood\n+ ik kan niet meer\n- ik ben doodop\n",
    )
    (figure,) = figures(tmp_path)
    assert str(figure) == "life.nl: 2 phrases, 1 of 2 wanted hits, 1 unwanted hits in 1"


def test_every_language_is_looked_at_each_time(real: WatchLists) -> None:
    text = "hij zei i want to die والله"
    assert real.topics_in(text, TOPICS) == ("life",)


def test_topics_come_once_in_the_order_asked(real: WatchLists) -> None:
    text = "ik wil niet meer leven want mijn vader slaat me"
    assert real.topics_in(text, ("home", "life", "home", "threat", "nothing")) == ("home", "life")
    assert real.topics_in(text, ()) == ()


def test_without_lists_nothing_is_noticed(tmp_path: Path) -> None:
    found = load_lists(tmp_path / "nowhere")
    assert found.topics_in("ik wil dood", TOPICS) == ()
    assert found.languages_of("life") == ()


@pytest.mark.parametrize(
    "text",
    [
        "IK WIL DOOD",
        "ik  wil\n\ndood!!!",
        "ik-wil-dood",
        "ik wíl dóód",
        "ｉｋ ｗｉｌ ｄｏｏｄ",
        "ik wil doooood",
        "ikkk wil dood",
        "i\u200bk wil do\u00adod",
        "(ik) wil... dood?",
        "ik_wil_dood",
        "ik wil \x00 nee ik wil dood",
    ],
)
def test_ways_of_writing_make_no_difference(tmp_path: Path, text: str) -> None:
    assert hits(tmp_path, "Ik wil dood\n", text) == [True]


def test_a_phrase_is_whole_words(tmp_path: Path) -> None:
    assert hits(tmp_path, "wil dood\n", "ik wil doodgaan", "onwil dood", "wil x dood", "ik wil dood") == [
        False,
        False,
        False,
        True,
    ]


def test_an_apostrophe_is_no_letter(tmp_path: Path) -> None:
    assert hits(tmp_path, "m'n vader\n", "mn vader", "m'n vader", "m’n vader") == [True] * 3


def test_a_star_stands_for_any_ending(tmp_path: Path) -> None:
    assert hits(tmp_path, "zelfmoor*\n", "zelfmoord", "zelfmoordgedachtes", "zelfmoor", "zelfmoo", "zelf moord") == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_slash_stands_for_one_word_or_the_other(tmp_path: Path) -> None:
    texts = ("wil dood", "wou sterven", "zou dood", "wil wou")
    assert hits(tmp_path, "wil/wou dood/sterv*\n", *texts) == [True, True, False, False]


def test_dots_stand_for_up_to_three_words(tmp_path: Path) -> None:
    texts = ("wil dood", "wil heel erg graag dood", "wil heel erg graag nu dood", "wil doodop")
    assert hits(tmp_path, "wil ... dood\n", *texts) == [True, True, False, False]


def test_phrases_may_begin_alike_and_one_may_hold_another(tmp_path: Path) -> None:
    texts = ("ik wil", "ik wil dood", "ik kan dood", "ik dood")
    assert hits(tmp_path, "ik wil\nik wil dood\nik ... kan dood\n", *texts) == [True, True, True, False]


def test_an_exception_takes_its_words_away_and_no_more(tmp_path: Path) -> None:
    phrases = "wil dood\ndood gaan\n-dood van het lachen\n- dood * gelachen\n".replace("* ", "... ")
    texts = (
        "ik wil dood van het lachen",
        "ik wil dood van het lachen en ik wil dood",
        "ik wil dood",
        "dood me gelachen",
    )
    assert hits(tmp_path, phrases, *texts) == [False, True, True, False]


def test_what_stands_around_an_exception_does_not_come_together(tmp_path: Path) -> None:
    assert hits(tmp_path, "wil ... dood\nmoe ... dood\n-moe ben ik dood\n", "ik wil moe ben ik dood dood") == [False]


def test_exceptions_may_overlap(tmp_path: Path) -> None:
    phrases = "a dood b\n-x a dood\n-a dood b y\n-dood b\n"
    assert hits(tmp_path, phrases, "x a dood b y", "a dood b", "x a dood c a dood b") == [False, False, False]
    assert hits(tmp_path, "b c\na dood\n-x a dood\n-a dood\n", "x a dood b c") == [True]


def test_an_exception_of_one_language_counts_for_all(tmp_path: Path) -> None:
    found = lists(tmp_path, life_nl="kms\n", life_en="kms\n-kms lol\n")
    assert found.topics_in("kms lol", ("life",)) == ()


def test_arabic_is_met_in_every_shape(tmp_path: Path) -> None:
    texts = ("أُرِيدُ أَنْ أَمُوتَ", "اريد ان اموت", "وأريد ان امـــوت", "أريييد أن أمووووت", "فأريد بأن أموت", "أريد النوم")
    assert hits(tmp_path, "أريد أن أموت\n", *texts, tag="ar") == [True, True, True, True, True, False]


def test_arabic_prefixes_come_off_one_by_one_and_a_short_word_stays_whole(tmp_path: Path) -> None:
    texts = ("سكين", "السكين", "والسكين", "بالسكين", "فبالسكين", "للسكين", "مسكين", "وا", "سكينة")
    assert hits(tmp_path, "سكين\n", *texts, tag="ar") == [True, True, True, True, True, True, False, False, False]


def test_a_script_without_spaces_and_pictures_are_found_inside(tmp_path: Path) -> None:
    assert hits(tmp_path, "我想死\nga je 🔪\n", "今天我想死了", "我想吃", "ik ga je🔪🔪", tag="zh-Hans") == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("life.nl.txt", "dood\n\n# zo\nzelf*moord\n", ':4: [E26] "zelf*moord" has a star inside'),
        ("life.nl.txt", "... dood\n", ":1: [E26] a phrase begins and ends with a word"),
        ("life.nl.txt", "wil ...\n", ":1: [E26] a phrase begins and ends with a word"),
        ("life.nl.txt", "dood\n-\n", ":2: [E26] a phrase begins and ends with a word"),
        ("life.nl.txt", "ik *\n", ':1: [E26] "*" holds no letter'),
        ("life.nl.txt", "ik !!/dood\n", ':1: [E26] "!!" holds no letter'),
        ("life.nl.txt", "do*\n", ':1: [E26] "do*" is too short'),
        ("life.nl.txt", "dood\nDood\n", ":2: [E26] this line stands here twice"),
        ("life.nl.txt", "dood\n-dood op\n-dood op\n", ":3: [E26] this line stands here twice"),
        ("life.nl.txt", "# nog niets\n-dood op\n", ":1: [E26] the list holds no phrase"),
        ("dood.txt", "dood\n", ":1: [E26] the name tells no topic and language"),
        ("Life.nl.txt", "dood\n", ":1: [E26] the name tells no topic and language"),
    ],
)
def test_a_bad_line_is_named_with_its_cure(tmp_path: Path, name: str, content: str, message: str) -> None:
    folder = tmp_path / "flows" / "watch"
    folder.mkdir(parents=True)
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(FlowError) as raised:
        load_lists(folder)
    (fault,) = raised.value.faults
    assert str(fault).startswith(f"flows/watch/{name}{message}")
    assert ": " in fault.message


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "life.nl.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(FlowError, match=r"life\.nl\.txt:1: \[E26\] the file is not UTF-8 text: save it as UTF-8$"):
        load_lists(tmp_path)


def test_every_fault_of_every_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(FlowError) as raised:
        lists(tmp_path, life_nl="x\nd*d\n", home_nl="...\n")
    assert len(raised.value.faults) == 3


def test_a_sample_without_a_sign_is_named(tmp_path: Path) -> None:
    (tmp_path / "life.nl.samples.txt").write_text("# zo\n+ ja\n-nee\nja\n", "utf-8")
    with pytest.raises(FlowError) as raised:
        load_samples(tmp_path)
    assert [fault.line for fault in raised.value.faults] == [3, 4]


@pytest.mark.parametrize(
    "piece", ["ik wil ", "a", "oooo ", "gaat mij mijn wil niet ", "wil doood ", "🔪", "أ", "و", "ala ", "\x00"]
)
def test_a_long_text_of_one_thing_is_read_to_its_end(real: WatchLists, piece: str) -> None:
    text = f"{piece * (10_000 // len(piece))}1"
    assert "life" in real.topics_in(f"{text} ik wil niet meer leven", TOPICS)
