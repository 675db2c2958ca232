"""What becomes of a step: every order of events, and what may be done after each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.steps import (
    ANSWERS,
    LEVELS,
    Event,
    Step,
    StepBlockedError,
    StepFinishedError,
    UnknownStepError,
    What,
    agreed_readers,
    awaits_consent,
    for_student,
    ground_of,
    replay,
    step_with,
)

DAY = date(2026, 11, 23)
Said = tuple[What, dict[str, Any]]
DONE: Said = ("done", {"ground": "consent"})
ASKED: Said = ("asked", {})
DROPPED: Said = ("dropped", {})
OVERRIDDEN: Said = ("overridden", {"duty": "danger_now"})

said = st.one_of(
    st.sampled_from([ASKED, DONE, DROPPED, OVERRIDDEN]),
    st.sampled_from([*ANSWERS, "perhaps", ""]).map(lambda answer: ("answered", {"answer": answer})),
)


def planned(kind: str = "accused", **extra: str) -> Said:
    return "planned", {"kind": kind, "about": "Woensdag.", "extra": extra}


def answered(answer: str) -> Said:
    return "answered", {"answer": answer}


def events(*told: Said, step: str = "s1") -> tuple[Event, ...]:
    return tuple(Event((place, 1, place), what, step, DAY, value) for place, (what, value) in enumerate(told))


def after(*told: Said, kind: str = "accused") -> Step:
    return replay(events(planned(kind), *told))[0]


@given(st.sampled_from(sorted(LEVELS)), st.lists(said, max_size=8))
def test_a_step_that_gives_somebody_away_goes_on_only_by_a_yes_or_a_duty(kind: str, told: Sequence[Said]) -> None:
    step = after(*told, kind=kind)

    if step.can_be_done and step.level > 1:
        assert step.answer == "yes" or step.duty
    if step.can_be_done:
        assert ground_of(step)
    else:
        with pytest.raises((StepBlockedError, StepFinishedError)):
            ground_of(step)


@given(st.lists(said, max_size=8), st.sampled_from([DONE, DROPPED]), st.lists(said, max_size=8))
def test_nothing_changes_a_step_that_is_finished(before: Sequence[Said], end: Said, later: Sequence[Said]) -> None:
    assert after(*before, end, *later) == after(*before, end)


@given(st.lists(said, max_size=8))
def test_a_step_waits_only_between_the_question_and_the_first_answer(told: Sequence[Said]) -> None:
    step = after(*told)

    if step.waits:
        assert (step.asked_on, step.answer, step.duty) == (DAY, "", "")
    assert awaits_consent([step]) == step.waits


@given(st.lists(said, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_read_does_not_matter(told: Sequence[Said], chance: Any) -> None:
    read = list(events(planned(), *told))
    chance.shuffle(read)

    assert replay(read) == replay(events(planned(), *told))


@given(st.lists(said, max_size=6), st.lists(said, max_size=6))
def test_what_happens_to_one_step_leaves_another_alone(mine: Sequence[Said], other: Sequence[Said]) -> None:
    alone = replay(events(planned(), *mine))

    both = replay((*events(planned(), *mine), *events(planned(), *other, step="s2")))

    assert step_with(both, "s1") == alone[0]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ((), "planned"),
        ((ASKED,), "asked"),
        ((ASKED, answered("yes")), "agreed"),
        ((ASKED, answered("only_general")), "only_general"),
        ((ASKED, answered("yes"), answered("not_yet")), "not_yet"),
        ((ASKED, answered("not_yet"), OVERRIDDEN), "overridden"),
        ((OVERRIDDEN, ASKED, answered("not_yet")), "overridden"),
        ((ASKED, OVERRIDDEN, answered("yes")), "agreed"),
        ((ASKED, answered("yes"), DONE, answered("not_yet")), "done"),
        ((DROPPED,), "dropped"),
        ((answered("yes"),), "planned"),
    ],
)
def test_a_step_stands_as_the_last_word_left_it(told: tuple[Said, ...], state: str) -> None:
    assert after(*told).state == state


def test_a_general_step_needs_no_answer() -> None:
    assert ground_of(after(kind="talk_general")) == "general"


def test_a_general_step_that_was_asked_waits_for_the_answer() -> None:
    assert after(ASKED, kind="watch").is_blocked
    assert after(ASKED, answered("not_yet"), kind="watch").is_blocked
    assert ground_of(after(ASKED, answered("only_general"), kind="watch")) == "general"


def test_only_in_general_is_no_yes_to_a_step_that_gives_somebody_away() -> None:
    with pytest.raises(StepBlockedError):
        ground_of(after(ASKED, answered("only_general")))


def test_a_yes_is_a_better_ground_than_a_duty() -> None:
    assert ground_of(after(OVERRIDDEN)) == "duty:danger_now"
    assert ground_of(after(ASKED, OVERRIDDEN, answered("yes"))) == "consent"


def test_a_kind_that_is_no_longer_known_counts_as_the_most() -> None:
    assert after(kind="pigeon").level == 3


def test_what_is_about_no_planned_step_changes_nothing() -> None:
    assert replay(events(ASKED, DONE)) == ()
    with pytest.raises(UnknownStepError):
        step_with((), "s1")


def test_a_student_is_shown_what_he_was_asked_until_it_is_done() -> None:
    steps = [after(), after(ASKED), after(OVERRIDDEN), after(ASKED, answered("yes"), DONE)]

    assert for_student(steps) == (steps[1], steps[2])


def test_only_a_colleague_to_whom_the_student_said_yes_may_read_along() -> None:
    def reader(person_id: str, *told: Said) -> Step:
        return replay(events(planned("reader", person_id=person_id), *told))[0]

    steps = [
        reader("yes", ASKED, answered("yes")),
        reader("not", ASKED, answered("not_yet")),
        reader("law", OVERRIDDEN),
        reader("gone", ASKED, answered("yes"), DROPPED),
        reader("given", ASKED, answered("yes"), DONE),
        after(ASKED, answered("yes")),
    ]

    assert agreed_readers(steps) == {"yes"}
