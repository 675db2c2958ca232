"""Who reads a talk, what shows next, and which word proves that the code was kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.queries import Reader
from app.flows.engine import Outcome, Path, PathStep
from app.flows.model import Step
from app.intake.rules import (
    NoReaderError,
    Talk,
    Team,
    at_once,
    has_told,
    is_asked_word,
    mark_of,
    own_words,
    readers_for,
    shown_step,
)
from app.settings import ROOT
from app.vault.codes import damm, parse_code
from app.vault.words import load_words
from tests.intake.student import arabic

ANNE = Reader("anne", "Anne", "internal", b"1")
BAS = Reader("bas", "Bas", "internal", b"2")
CHRIS = Reader("chris", "Chris", "external", b"3")
EVERYBODY = (ANNE, BAS, CHRIS)
DEE = Reader("dee", "Dee", "internal", b"4", is_deputy=True)
EVE = Reader("eve", "Eve", "external", b"5", is_deputy=True)
INTERNAL = Outcome(
    categories=("bullying",),
    urgency="soon",
    excluded=frozenset(),
    to=("internal",),
    else_to=("external",),
    but_not=(),
    flags=frozenset(),
)
TALK = Talk(school_id="s", submit_id="02", code_number=f"123456789012345{damm('123456789012345')}")


def seen_at_once_by(outcome: Outcome, people: tuple[Reader, ...], struck: tuple[str, ...] = ()) -> tuple[Reader, ...]:
    return at_once(readers_for(outcome, Team(available=people), struck))


def stages(outcome: Outcome, team: Team, struck: tuple[str, ...] = ()) -> dict[str, int]:
    return {reader.person_id: reader.stage for reader in readers_for(outcome, team, struck)}


@pytest.fixture(autouse=True)
def _words() -> None:
    load_words(ROOT / "flows" / "words")


def test_everybody_of_the_chosen_kind_reads_it() -> None:
    assert seen_at_once_by(INTERNAL, EVERYBODY) == (ANNE, BAS)


def test_nobody_whom_it_is_about_reads_it() -> None:
    assert seen_at_once_by(replace(INTERNAL, excluded=frozenset({"anne"})), EVERYBODY) == (BAS,)


def test_when_all_of_the_chosen_kind_are_in_it_the_other_kind_reads_it() -> None:
    assert seen_at_once_by(replace(INTERNAL, excluded=frozenset({"anne", "bas"})), EVERYBODY) == (CHRIS,)


def test_whom_it_is_about_does_not_read_it_by_the_other_kind_either() -> None:
    outcome = replace(INTERNAL, excluded=frozenset({"anne", "bas", "chris"}))

    with pytest.raises(NoReaderError):
        seen_at_once_by(outcome, EVERYBODY)


def test_both_kinds_means_both() -> None:
    both = replace(INTERNAL, to=("internal", "external"))

    assert seen_at_once_by(both, EVERYBODY) == EVERYBODY
    assert seen_at_once_by(replace(both, excluded=frozenset({"chris"})), EVERYBODY) == (ANNE, BAS)


def test_a_kind_that_may_not_read_it_never_does() -> None:
    with pytest.raises(NoReaderError):
        seen_at_once_by(replace(INTERNAL, to=("internal",), else_to=("internal",), but_not=("internal",)), EVERYBODY)


def test_a_deputy_stands_behind_those_of_his_kind() -> None:
    both = replace(INTERNAL, to=("internal", "external"))

    assert stages(both, Team(available=(ANNE, DEE, CHRIS, EVE))) == {"anne": 0, "dee": 1, "chris": 0, "eve": 1}
    assert stages(both, Team(available=(DEE, CHRIS))) == {"dee": 0, "chris": 0}


def test_the_external_adviser_stands_behind_those_of_the_school_when_only_they_were_chosen() -> None:
    assert stages(INTERNAL, Team(available=(ANNE, DEE, CHRIS))) == {"anne": 0, "dee": 1, "chris": 2}
    assert stages(replace(INTERNAL, to=("external",)), Team(available=(ANNE, CHRIS))) == {"chris": 0}


def test_nobody_stands_behind_who_is_in_it_or_struck_out_or_of_a_kind_that_may_not_read() -> None:
    team = Team(available=(ANNE, DEE, CHRIS))

    assert stages(replace(INTERNAL, excluded=frozenset({"dee", "chris"})), team) == {"anne": 0}
    assert stages(INTERNAL, team, ("dee", "chris")) == {"anne": 0}
    assert stages(replace(INTERNAL, but_not=("external",)), team) == {"anne": 0, "dee": 1}


def test_a_deputy_sees_it_at_once_when_those_before_him_are_away() -> None:
    team = Team(available=(ANNE, BAS, DEE, CHRIS), away=frozenset({"anne", "bas"}))

    assert stages(INTERNAL, team) == {"anne": 0, "bas": 0, "dee": 0, "chris": 2}
    assert stages(INTERNAL, replace(team, away=frozenset({"anne"})))["dee"] == 1
    assert stages(INTERNAL, team, ("anne", "bas"))["dee"] == 0


def test_what_follows_a_report_keeps_everybody_where_he_stood() -> None:
    both = replace(INTERNAL, to=("internal", "external"))
    team = Team(available=(ANNE, replace(DEE, stage=1), replace(CHRIS, stage=2)), keeps_stages=True)

    assert stages(both, team) == {"anne": 0, "dee": 1, "chris": 2}
    assert stages(both, team, ("anne",)) == {"dee": 0, "chris": 2}


@given(
    available=st.sets(st.sampled_from((ANNE, BAS, CHRIS, DEE, EVE))),
    excluded=st.sets(st.sampled_from(("anne", "bas", "chris", "dee", "eve"))),
    struck=st.sets(st.sampled_from(("anne", "bas", "chris", "dee", "eve"))),
    away=st.sets(st.sampled_from(("anne", "bas", "chris", "dee", "eve"))),
)
def test_somebody_sees_it_at_once_and_never_who_may_not(
    available: set[Reader], excluded: set[str], struck: set[str], away: set[str]
) -> None:
    team = Team(available=tuple(available), away=frozenset(away))
    try:
        found = readers_for(replace(INTERNAL, excluded=frozenset(excluded)), team, struck)
    except NoReaderError:
        assert {reader.person_id for reader in available} <= excluded | struck
        return

    assert at_once(found)
    assert not {reader.person_id for reader in found} & (excluded | struck)


def test_who_is_struck_out_is_left_out_like_who_it_is_about() -> None:
    both = replace(INTERNAL, to=("internal", "external"), excluded=frozenset({"bas"}))

    assert seen_at_once_by(both, EVERYBODY, ("anne",)) == (CHRIS,)
    assert seen_at_once_by(INTERNAL, EVERYBODY, ("anne", "bas")) == (CHRIS,)
    with pytest.raises(NoReaderError):
        seen_at_once_by(both, EVERYBODY, ("anne", "chris"))


def test_a_school_without_readers_has_nobody() -> None:
    with pytest.raises(NoReaderError):
        seen_at_once_by(INTERNAL, ())


def test_the_mark_is_that_of_the_people_in_any_order() -> None:
    assert mark_of((ANNE, CHRIS)) == mark_of((CHRIS, ANNE))
    assert mark_of((ANNE, CHRIS)) != mark_of((ANNE,))
    assert mark_of(()) != mark_of((ANNE,))


def test_a_talk_comes_back_from_its_state_as_it_was() -> None:
    talk = replace(TALK.with_answer("what", ("theft", "other")), changing="what", help_ids=("112",), struck=("anne",))

    assert Talk.from_state(talk.as_state()) == talk


def test_an_answer_ends_only_the_change_of_its_own_question() -> None:
    changing = replace(TALK, changing="what")

    assert changing.with_answer("what", ("theft",)).changing is None
    assert changing.with_answer("when", ("today",)).changing == "what"


def test_a_question_that_left_the_path_is_not_shown() -> None:
    current = PathStep("what", Step(id="what", kind="chips", ask="?", chips={"a": "A"}), None)

    assert shown_step(replace(TALK, changing="conflict"), Path((current,))) is current


@pytest.mark.parametrize(
    "typed",
    [
        "{word}",
        " {word} ",
        "{capitals}",
        "{word}.",
        "{words}",
        "{last}",
        " {last}",
        "{arabic}",
        "{digits}",
        "{english}",
    ],
)
def test_the_asked_word_or_the_last_digits_prove_that_the_code_is_kept(typed: str) -> None:
    code = parse_code(TALK.code_number)
    word, last = code.words("nl")[TALK.asked_word], code.digits[-4:]

    assert is_asked_word(
        TALK,
        typed.format(
            word=word,
            capitals=word.upper(),
            words=" ".join(code.words("nl")),
            english=code.words("en")[TALK.asked_word],
            last=last,
            arabic=arabic(last),
            digits=code.digits,
        ),
    )


@pytest.mark.parametrize("typed", ["", " ", "fietsbel", "{first}", "123", "0000", "²²²²", "{word}x"])
def test_anything_else_does_not(typed: str) -> None:
    words = parse_code(TALK.code_number).words("nl")

    assert not is_asked_word(TALK, typed.format(first=words[0], word=words[TALK.asked_word]))


def test_the_asked_word_is_one_of_the_five_and_stays_the_same() -> None:
    talks = [replace(TALK, submit_id=f"{number:064x}") for number in range(10)]

    assert {talk.asked_word for talk in talks} == {0, 1, 2, 3, 4}


def test_a_talk_of_another_version_is_read_with_what_both_know() -> None:
    state = {"school_id": "s", "submit_id": "ab", "code_number": "1", "answers": {"what": ["theft"]}, "mood": "grey"}

    assert Talk.from_state(state).answers == {"what": ("theft",)}


CHIPS = Step(id="you", kind="chips", ask="?", chips={"me": "Ik"})
TEXT = Step(id="words", kind="text", ask="?")
LATER = Step(id="what", kind="chips", ask="?", chips={"a": "A"})


def path(*values: tuple[str, ...] | None) -> Path:
    steps = (CHIPS, TEXT, LATER)
    return Path(tuple(PathStep(step.id, step, value) for step, value in zip(steps, values, strict=True)))


@pytest.mark.parametrize("words", [None, ("_skip",), ("_unsure",)])
def test_without_words_or_a_tap_after_them_nothing_is_told(words: tuple[str, ...] | None) -> None:
    assert not has_told(path(("me",), words, None))
    assert not has_told(path(("me",), words, ("_skip",)))


def test_words_or_a_tap_after_them_tell_something() -> None:
    assert has_told(path(("_skip",), ("Het was zo.",), None))
    assert has_told(path(("me",), ("_skip",), ("a",)))


def test_own_words_are_every_text_on_the_path_by_its_step() -> None:
    told = path(("me",), ("Het was zo.",), ("a",))

    assert own_words(told) == (("words", "Het was zo."),)
    assert own_words(path(("me",), ("_skip",), ("a",))) == ()


def test_topics_of_a_text_are_noted_and_taken_away_again() -> None:
    talk = TALK.with_answer("words", ("Het was zo.",))

    noted = talk.with_flags("words._watch", ("life",))

    assert noted.answers == {"words": ("Het was zo.",), "words._watch": ("life",)}
    assert noted.with_flags("words._watch", ()) == talk
