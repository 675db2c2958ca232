"""What is shown of a place in a text that could tell who wrote it."""

import re

import pytest

from app.accounts.queries import Reader
from app.intake.guesses import CONTEXT, WHY, Guess, guesses_in, surroundings_of, wanted_text
from app.recognition.model import KINDS, Packs, Surroundings
from app.recognition.packs import load_packs
from app.schools.queries import SchoolInfo
from app.settings import ROOT

MIRA = Reader("mira", "Mira van Zonneveld", "internal", b"1")
JORIS = Reader("joris", "Joris Waterman", "external", b"2")
SCHOOL = SchoolInfo(
    id="s",
    slug="s",
    name="De Meeuw",
    official_name="De Meeuw Lyceum",
    district="",
    district_source="",
    is_open=True,
    exit_url="",
    pupils=900,
    class_size=28,
)
LONG = "Elke dag na de grote pauze in de lange gang bij de kluisjes wacht hij me op. "


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(ROOT / "flows" / "recognition")


def shown(text: str, packs: Packs, *readers: Reader) -> tuple[Guess, ...]:
    return guesses_in([("story", text)], packs, surroundings_of(SCHOOL, (MIRA, JORIS)), readers)


def test_there_is_a_reason_for_every_kind_of_finding() -> None:
    assert set(WHY) == set(KINDS)


def test_what_is_known_of_the_school_are_its_names_numbers_and_readers() -> None:
    assert surroundings_of(SCHOOL, (MIRA,)) == Surroundings(
        staff_names=("Mira van Zonneveld",), school_names=("De Meeuw", "De Meeuw Lyceum"), pupils=900, class_size=28
    )


def test_a_long_text_is_cut_between_words_around_what_was_found(packs: Packs) -> None:
    guess = next(one for one in shown(f"{LONG}Ik zit in klas 3B. {LONG}", packs) if "3B" in one.found)

    assert guess.before.startswith("…\u00a0")
    assert guess.after.endswith("\u00a0…")
    assert max(len(guess.before), len(guess.after)) <= CONTEXT + 2
    for piece in re.split(r"[…\u00a0]+", f"{guess.before}…{guess.after}"):
        assert piece in f"{LONG}Ik zit in klas 3B. {LONG}"


@pytest.mark.parametrize("around", ["", "\u4e2d" * 100])
def test_a_text_without_spaces_is_shown_too(packs: Packs, around: str) -> None:
    guess = next(one for one in shown(f"{around} klas 3B {around}", packs) if "3B" in one.found)

    assert (len(guess.before) > 1, len(guess.after) > 1) == (bool(around), bool(around))


def test_a_class_says_about_how_many_it_fits(packs: Packs) -> None:
    crowds = [one.crowd for one in shown("Ik zit in klas 3B.", packs)]

    assert any(re.search(r"ongeveer \d+ mensen", crowd) for crowd in crowds)


def test_what_only_the_writer_knows_is_a_warning_without_a_proposal(packs: Packs) -> None:
    guess = next(one for one in shown("Alleen ik heb dit gezien.", packs) if one.why == str(WHY["only_i"]))

    assert (guess.button, guess.crowd) == ("", "Dit past misschien maar bij één persoon.")


def test_the_name_of_who_will_read_it_offers_him_and_no_other_words(packs: Packs) -> None:
    named = [one for one in shown("Mevrouw van Zonneveld hielp niet.", packs, MIRA, JORIS) if one.reader]

    assert [(one.reader, one.button) for one in named] == [(MIRA, "")]


def test_of_two_readers_with_a_like_name_the_right_one_is_offered(packs: Packs) -> None:
    other = Reader("anna", "Anna van Duin", "internal", b"3")
    both = surroundings_of(SCHOOL, (other, MIRA))

    found = guesses_in([("story", "Mevrouw van Zonneveld hielp niet.")], packs, both, (other, MIRA))

    assert [one.reader for one in found if one.reader] == [MIRA]


def test_the_name_of_who_will_not_read_it_is_not_mentioned(packs: Packs) -> None:
    assert not any(
        one.why == str(WHY["staff_name"]) for one in shown("Mevrouw van Zonneveld hielp niet.", packs, JORIS)
    )


@pytest.mark.parametrize("other", ["Om 10:20 zat hij aan me!", " Om 10:20 zat hij aan me."])
def test_a_mark_belongs_to_one_text(packs: Packs, other: str) -> None:
    text = "Om 10:20 zat hij aan me."
    surroundings = surroundings_of(SCHOOL, ())
    mark = shown(text, packs)[0].mark

    blurred = wanted_text(text, mark, packs, surroundings)

    assert blurred
    assert "10:20" not in blurred
    assert wanted_text(other, mark, packs, surroundings) is None


def test_a_warning_cannot_be_taken_over(packs: Packs) -> None:
    text = "Alleen ik heb dit gezien."
    marks = [one.mark for one in shown(text, packs) if not one.button]

    assert marks
    assert [wanted_text(text, mark, packs, surroundings_of(SCHOOL, ())) for mark in marks] == [None] * len(marks)
