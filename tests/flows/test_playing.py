"""A talk in the terminal."""

from datetime import date

import pytest

from app.flows.answers import Choices
from app.flows.engine import Outcome
from app.flows.playing import Playing
from app.flows.sentences import plain
from app.flows.transcript_runs import run
from app.flows.transcripts import CURRENT, read_transcripts
from app.flows.watching import load_lists
from tests.flows.talks import DATA, flow_set

LISTS = load_lists(DATA / "told" / "watch")


def _playing(*typed: str) -> Playing:
    playing = Playing(flow_set("told"), "main", LISTS, Choices(("gym",), ("anna",), date(2026, 11, 20)), plain)
    for line in typed:
        playing.show()
        assert playing.take(line) == []
    return playing


def test_bubbles_are_shown_once_and_answers_have_numbers() -> None:
    playing = _playing()

    first = playing.show()

    assert first == [
        "  Hallo",
        "",
        "danger: Is er gevaar?",
        "   1  Ja, nu  (right_now)",
        "   2  Nee  (past)",
        "   3  weet ik niet  (_unsure)",
    ]
    assert playing.show()[0] == ""
    assert playing.take("1") == []
    assert playing.show()[:2] == ["  Bel", "  [112]"]


def test_a_number_a_code_and_own_words_are_answers() -> None:
    playing = _playing("past", "1 knife", "_skip", "1", "_today", "Ik ben zo bang.")

    assert playing.path.current is None
    assert playing.answers["what"] == ("mean", "knife")
    assert playing.path.watch == {"fear"}


def test_what_is_no_answer_is_said_and_changes_nothing() -> None:
    playing = _playing()

    (said,) = playing.take("7")

    assert said.startswith("this is no answer here (foreign); type a number")
    assert playing.moves == []
    assert playing.take("") == [
        "this is no answer here (required); type a number or code (several with spaces), "
        "your own words, or: back, change STEP, enough, quit"
    ]


def test_back_and_change_ask_again() -> None:
    playing = _playing("past", "mean", "back")

    assert playing.question is not None
    assert playing.question.id == "what"
    assert playing.take("knife") == []
    assert playing.take("change danger") == []
    assert "danger: Is er gevaar?" in playing.show()
    assert playing.take("back") == ["there is nothing to go back to"]
    assert playing.take("change nothing") == ["change needs the id of an answered question: danger, what"]
    assert _playing().take("change") == ["change needs the id of an answered question: there is none yet"]


def test_enough_skips_the_rest_when_nothing_must_be_answered() -> None:
    assert _playing().take("enough") == ["this is not enough to send: a question on the way must be answered"]

    playing = _playing("past", "enough")

    assert "categories: other" in playing.show()
    assert playing.is_over
    assert playing.take("more") == []
    assert playing.take("back") == ["there is nothing to go back to"]


def test_words_that_begin_like_a_command_are_words() -> None:
    playing = _playing("past", "_skip", "_skip", "_skip", "back then it began")

    assert playing.answers["story"] == ("back then it began",)


def test_an_empty_line_skips_and_a_skipped_text_is_no_word() -> None:
    playing = _playing("past", "", "_nobody", "2026-11-01", "")

    assert playing.answers["story"] == ("_skip",)
    assert _playing("past", "", "", "", "1").answers["story"] == ("_skip",)


def test_quitting_ends_the_talk() -> None:
    assert _playing("quit").is_over


@pytest.mark.parametrize(
    "typed", [("past", "knife", "saw", "gym", "_today", "Zo bang."), ("past", "mean", "back", "enough")]
)
def test_a_talk_becomes_a_test_that_passes(typed: tuple[str, ...]) -> None:
    playing = _playing(*typed)

    (transcript,) = read_transcripts("tests/a.yaml", playing.as_test("it goes so").encode())

    assert transcript.name == "it goes so"
    assert transcript.expect["urgency"]
    assert isinstance(run(transcript, {CURRENT: flow_set("told")}, LISTS), Outcome)


def test_a_change_is_kept_as_a_change() -> None:
    playing = _playing("past", "knife", "change what", "mean", "enough")

    assert "{change: what, to: mean}" in playing.as_test("a change")
    assert isinstance(
        run(read_transcripts("a", playing.as_test("a").encode())[0], {CURRENT: flow_set("told")}, LISTS), Outcome
    )
