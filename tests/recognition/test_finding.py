from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.recognition.finding import apply, find
from app.recognition.model import Finding, Packs, Surroundings
from tests.recognition.golden_tables import SCHOOL, TABLES, released_packs, table

PACKS = released_packs()
NOWHERE = Surroundings()
SENTENCES = [sentence.text for name in TABLES for sentence in table(name)]
PIECES = (
    *(
        "ik heet",
        "Sam",
        "mijn naam is Noor",
        "de Vries",
        "\ngroetjes, Ali",
        "ik ben",
        "meneer",
        "Yilmaz",
        "José's",
        "Anne-Fleur",
    ),
    *(
        "klas 3B",
        "h4c",
        "2 vwo",
        "year 9",
        "in 3b",
        "alleen ik weet",
        "de enige jongen in",
        "mijn zus in 4a",
        "tweelingbroer",
    ),
    *(
        "om 10:20 uur",
        "half drie",
        "'s avonds",
        "kwart voor vier",
        "at 3pm",
        "12 november",
        "3/11",
        "May 12th",
        "٣/١١/٢٠٢٦",
    ),
    *(
        "06-12345678",
        "a.b@c.nl",
        "@sam_x",
        "insta: lola.x",
        "www.a.nl/",
        "My name is",
        "I'm Will",
        "said",
        "Van Gogh straat",
    ),
    *("e\u0301", "ß", "İ", "١٢:٣٠", "１２", "²", "½", "\n\n", "(", "“", ".", "3B\u0301"),
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map(" ".join))
MOST_LONGER = 36
"""So many characters a proposal may have more than what it replaces: vague words are longer than a digit."""


def found(text: str, surroundings: Surroundings = SCHOOL) -> list[tuple[str, str, str | None]]:
    return [(finding.kind, finding.found, finding.blurred) for finding in find(text, PACKS, surroundings)]


def digits_of(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isdigit())


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_gives_findings_in_order_that_do_not_overlap(text: str) -> None:
    findings = find(text, PACKS, SCHOOL)

    ends = [0, *(finding.end for finding in findings)]
    assert all(before <= finding.start < finding.end for before, finding in zip(ends, findings, strict=False))
    assert all(finding.found == text[finding.start : finding.end] for finding in findings)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_a_proposal_tells_no_digit_that_was_not_there_and_stays_short(text: str) -> None:
    for finding in find(text, PACKS, SCHOOL):
        if finding.blurred is not None:
            assert digits_of(finding.blurred) <= digits_of(finding.found)
            assert len(finding.blurred) <= len(finding.found) + MOST_LONGER


@settings(max_examples=200, deadline=None)
@given(texts)
def test_applying_a_proposal_changes_only_its_place(text: str) -> None:
    for finding in find(text, PACKS, SCHOOL):
        written = apply(text, finding)

        instead = finding.found if finding.blurred is None else finding.blurred
        assert written == text[: finding.start] + instead + text[finding.end :]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_text_with_every_proposal_applied_gets_no_more_proposals(text: str) -> None:
    for finding in reversed(find(text, PACKS, SCHOOL)):
        text = apply(text, finding)

    assert [finding for finding in find(text, PACKS, SCHOOL) if finding.blurred is not None] == []


@pytest.mark.parametrize("text", [*SENTENCES, " ".join(SENTENCES)])
def test_what_must_stand_near_hides_nothing_that_is_found(text: str) -> None:
    packs = (replace(pack, rules=tuple(replace(rule, near=()) for rule in pack.rules)) for pack in PACKS.packs)

    assert find(text, Packs(tuple(packs)), SCHOOL) == find(text, PACKS, SCHOOL)


@pytest.mark.parametrize(
    "piece", ["a", "A ", "06-", "3B ", "Sam van de ", "x@", "mijn zus ", "e\u0301", "www.", "\nSam"]
)
def test_ten_thousand_characters_of_the_same_are_read_to_the_end(piece: str) -> None:
    text = (piece * 10_000)[:10_000]

    assert all(finding.end <= len(text) for finding in find(text, PACKS, SCHOOL))


def test_a_warning_changes_nothing() -> None:
    text = "Alleen ik weet dit."

    (finding,) = find(text, PACKS, NOWHERE)

    assert finding == Finding(0, 9, "only_i", "Alleen ik", None, 1)
    assert apply(text, finding) == text


def test_a_finding_shows_no_words_where_it_is_printed() -> None:
    (finding,) = find("Ik heet Sam.", PACKS, NOWHERE)

    assert "Sam" not in repr(finding)


@pytest.mark.parametrize(
    ("text", "crowd"),
    [
        ("Ik heet Sam.", 1),
        ("Ik zit in klas 3B.", 25),
        ("Ik zit in klas 2.", 150),
        ("Mijn tweelingbroer ziet het.", 2),
        ("Ik zat naast Fatima.", None),
    ],
)
def test_the_crowd_is_estimated_where_numbers_are_known(text: str, crowd: int | None) -> None:
    assert [finding.crowd for finding in find(text, PACKS, SCHOOL)] == [crowd]


@pytest.mark.parametrize("text", ["Ik zit in klas 3B.", "Ik zit in klas 2."])
def test_no_crowd_is_invented_for_a_school_without_numbers(text: str) -> None:
    assert [finding.crowd for finding in find(text, PACKS, NOWHERE)] == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dat zei meneer A. Yilmaz.", "meneer A. Yilmaz"),
        ("Dat zei A. Yilmaz.", "A. Yilmaz"),
        ("Dat zei dhr. Yılmaz.", "dhr. Yılmaz"),
        ("Dat zei mevrouw Vries.", "mevrouw Vries"),
        ("Dat zei Yilmaz.", "Yilmaz"),
        ("Dat zei juf Smit.", "juf Smit"),
        ("Dat zei juf Bo.", "juf Bo"),
        ("Dat zei meester de Smit-Jansen.", "meester de Smit-Jansen"),
    ],
)
def test_whoever_reads_reports_is_found_however_he_is_named(text: str, name: str) -> None:
    school = Surroundings(staff_names=("Karin de Vries", "A. Yilmaz", "mevrouw de Smit-Jansen", "mevrouw", "", "Bo"))

    assert found(text, school) == [("staff_name", name, None)]


def test_a_pupil_with_the_surname_of_a_reader_is_a_pupil() -> None:
    assert found("Dat zei Sam de Vries.") == [("name", "Sam de Vries", "iemand")]


def test_the_name_of_the_school_is_nobody() -> None:
    school = Surroundings(school_names=("Emma", ""))

    assert found("Ik zit op emma.", school) == []
    assert found("Ik zit op emma.", NOWHERE) == [("name", "emma", "iemand")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ik was bij Kevin.", "iemand"),
        ("I was at the house of Kevin.", "someone"),
        ("Kevin", "Iemand"),
    ],
)
def test_a_proposal_is_in_the_language_of_the_text_or_in_dutch(text: str, wanted: str) -> None:
    assert [blurred for _, _, blurred in found(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Will",
        "Ik zag Jan en",
        "Grace and Peace",
        "ik zag anne-lotte niet",
        "Adams jas",
        "Sams",
        "meneer Kevin",
        "Ik zag iets van Mij",
        "ik heet 4you",
    ],
)
def test_what_is_hardly_a_name_is_left_or_found_whole(text: str) -> None:
    kinds = {kind for kind, _, _ in found(text)}

    assert kinds <= {"name"}


def test_a_letter_written_in_two_parts_stays_whole() -> None:
    assert found("Ik zag Rene\u0301 daar.") == [("name", "Rene\u0301", "iemand")]
    assert found("Dat is 3B\u0301!") == [("class", "3B\u0301", "leerjaar 3")]
    assert found("Dat is Sam\u0301!") == [("name", "Sam\u0301", "iemand")]
