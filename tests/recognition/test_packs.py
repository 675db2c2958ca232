from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.recognition.building import Builder
from app.recognition.finding import find
from app.recognition.model import Surroundings
from app.recognition.packs import RecognitionError, load_packs
from app.recognition.reading import MOST_BYTES, Document

PACK = """\
language: nl
someone: iemand
someones: iemands
frequent: [ik]
titles: juf, meester
prefixes: [van]
verbs: [zei]
joins: [en]
not_names: [school]
names: {own: [Anna, Zoë]}
names_also_words: {own: [Roos]}
numbers: [een/eerste, twee]
months: [jan, feb, mrt, apr, mei, jun, jul, aug, sep, okt, nov, dec]
parts: {night: n, morning: o, afternoon: m, evening: a, open: dag}
said: {night: [nacht], morning: [], afternoon: [], evening: [], before_noon: [], after_noon: []}
lists: {app: [insta]}
rules:
  - kind: class
    find: 'klas (?P<year>[1-6])[a-z]'
    blur: leerjaar {year}
    near: [klas]
    crowd: class
"""


def folder_with(tmp_path: Path, content: str | bytes, name: str = "nl.yaml") -> Path:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def changed(old: str, new: str) -> str:
    assert old in PACK
    return PACK.replace(old, new)


def test_a_pack_is_read_and_used(tmp_path: Path) -> None:
    packs = load_packs(folder_with(tmp_path, PACK))

    (finding,) = find("Dat was in klas 3b.", packs, Surroundings())

    assert (finding.kind, finding.found, finding.blurred) == ("class", "klas 3b", "leerjaar 3")


def test_dutch_comes_first(tmp_path: Path) -> None:
    folder_with(tmp_path, PACK.replace("language: nl", "language: en"), "en.yaml")

    packs = load_packs(folder_with(tmp_path, PACK))

    assert [pack.language for pack in packs.packs] == ["nl", "en"]


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match=r"no rule packs: name one with nl\.yaml"):
        load_packs(tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        ("", 1, "the file is empty"),
        ("- a", 1, "a mapping is needed here"),
        ("a: [", 1, "this is not YAML"),
        ("a: b: c", 1, "this is not YAML"),
        ("a: \x01", 1, "cannot be printed"),
        (b"a: \xff", 1, "not UTF-8"),
        ("a: " + "[" * 600, 1, "too deep"),
        ("#" * (MOST_BYTES + 1), 1, "over 256 kB"),
        ("language: nl", 1, "someone, someones, frequent.* must stand here too"),
        ("? [a]\n: b", 1, r'unknown key "\[\.\.\.\]"'),
        (changed("someone: iemand\n", "someone:\n"), 2, '"someone" is empty'),
        (changed("frequent: [ik]", "frequent:"), 4, '"frequent" is empty'),
        (changed("names: {own: [Anna, Zoë]}", "names:"), 10, '"names" is empty'),
        (changed("someone: iemand\n", "someone: [a]\n"), 2, "a text is needed here"),
        (changed("frequent: [ik]", "frequent: {a: b}"), 4, "a list is needed here"),
        (changed("language: nl", "language: de"), 1, "this stands in nl.yaml"),
        (changed("verbs: [zei]", "verbs: [zei]\nverbs: [zegt]"), 8, '"verbs" stands here twice'),
        (changed("verbs: [zei]", "verbs: [zei]\nverb: [zegt]"), 8, 'unknown key "verb": did you mean "verbs"'),
        (changed(", dec]", "]"), 13, "a year has 12 months, not 11"),
        (changed("night: n, ", ""), 14, "night must stand here too"),
        (changed("night: n, ", "night: n, noon: x, "), 14, 'unknown key "noon"'),
        (changed("lists: {app:", "lists: {month:"), 16, 'every pack has a list "month"'),
        (changed("  - kind: class\n    find", "  - find"), 18, "a rule needs kind"),
        (changed("kind: class", "kind: clas"), 18, 'unknown word "clas": did you mean "class"'),
        (changed("crowd: class", "crowd: many"), 22, 'unknown word "many": known are one, few'),
        (changed("crowd: class", "cased: maybe"), 22, 'unknown word "maybe"'),
        (changed("crowd: class", "who: known"), 18, 'the pattern has no group "who"'),
        (changed("[a-z]'", "[a-z]+'"), 19, '"\\+" has no end'),
        (changed("leerjaar {year}", "leerjaar 3"), 20, "no digits of its own"),
        (
            changed("leerjaar {year}", "leerjaar {yaer}"),
            20,
            r"\{yaer\} comes from nowhere: the pattern needs \(\?P<yaer>",
        ),
        (changed("leerjaar {year}", "'{part}'"), 20, r"needs \(\?P<hour>...\) or \(\?P<lesson>...\) or \(\?P<next>"),
        (changed("near: [klas]", "near: {klas: klas}"), 21, "a list is needed here"),
        (PACK[: PACK.index("rules:")] + "rules:", 17, '"rules" is empty'),
        (changed("near: [klas]", "near:"), 21, '"near" is empty'),
    ],
)
def test_a_faulty_pack_is_refused_with_its_line_and_the_cure(
    tmp_path: Path, content: str | bytes, line: int, fault: str
) -> None:
    with pytest.raises(RecognitionError, match=fault) as refused:
        load_packs(folder_with(tmp_path, content))

    (first, *_) = refused.value.faults
    assert str(first).startswith(f"{tmp_path.name}/nl.yaml:{line}: ")


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    folder_with(tmp_path, "", "en.yaml")

    with pytest.raises(RecognitionError) as refused:
        load_packs(folder_with(tmp_path, changed("kind: class", "kind: clas").replace("[a-z]'", "[a-z]*'")))

    assert [(fault.file.rsplit("/")[-1], fault.line) for fault in refused.value.faults] == [
        ("en.yaml", 1),
        ("nl.yaml", 18),
        ("nl.yaml", 19),
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:[]{}-#&*!|>'\"%@` \n\t,?"))
def test_no_file_whatever_is_in_it_stops_the_reading(content: str) -> None:
    builder = Builder(Document("x/nl.yaml"), "nl")

    assert builder.build(content.encode()) is None
    assert builder.document.faults
