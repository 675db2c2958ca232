"""Enough told: two taps and own words lead to a report that can be sent."""

import pytest

from tests.intake import rows
from tests.intake.student import Student

STORY = "Ze pakken steeds mijn tas af."
ENOUGH = ("do", "enough")


def offers_enough(student: Student) -> bool:
    return any(ENOUGH in form.buttons for form in student.page.forms)


def test_two_taps_and_own_words_make_a_report_that_can_be_sent(student: Student) -> None:
    student.begin().submit("danger", "not_now").submit("you", "me").submit("story_me", STORY)

    student.press("enough")

    assert student.step == "review"
    assert STORY in student.text
    student.send()
    assert rows.case_count() == 1


@pytest.mark.parametrize("step", ["danger", "you", "story_me"])
def test_before_anything_is_told_there_is_not_enough(student: Student, step: str) -> None:
    student.until(step)

    assert not offers_enough(student)


def test_whoever_skips_the_words_has_told_enough_with_the_first_tap_after(student: Student) -> None:
    student.until("what")
    assert not offers_enough(student)

    student.submit("what", "things")

    assert offers_enough(student)


@pytest.mark.parametrize("step", ["what", "kind_mean", "who", "when", "consent"])
def test_every_question_after_the_words_offers_it(student: Student, step: str) -> None:
    student.until(step, {"story_me": STORY})

    form = next(form for form in student.page.forms if ENOUGH in form.buttons)

    # What is ticked goes along; beside chips nothing is, so there the button stands apart.
    assert (student.step, form.step) == (step, step if step == "kind_mean" else "")


def test_words_that_stand_in_the_field_go_along(student: Student) -> None:
    student.until("what", {"story_me": STORY}).press("change", "story_me")
    form = student.form("story_me")

    student.post(student.url, [*form.hidden.items(), ("answer", "Een nieuw begin."), ENOUGH])

    assert student.step == "review"
    assert "Een nieuw begin." in student.text
    assert STORY not in student.text


def test_ticks_go_along(student: Student) -> None:
    student.until("kind_mean", {"story_me": STORY})
    form = student.form("kind_mean")

    student.post(student.url, [*form.hidden.items(), ("answer", "followed"), ENOUGH])

    assert student.step == "review"
    assert "Steeds volgen of bang maken" in student.text


def test_what_was_left_out_can_still_be_told(student: Student) -> None:
    student.until("what", {"story_me": STORY}).press("enough")

    student.press("change", "what").submit("what", "things").submit("kind_things", ["stolen"])

    assert student.step == "review"
    assert "Iets is gestolen" in student.text


def test_enough_ends_a_change_without_changing_the_answer(student: Student) -> None:
    student.tell(story_me=STORY).press("change", "what")

    student.press("enough")

    assert student.step == "review"
    assert "Pesten, buitensluiten of bang maken" in student.text


def test_enough_before_a_question_that_must_be_answered_skips_nothing(student: Student) -> None:
    student.begin()

    student.post(student.home, [*student.fields("danger"), ENOUGH])

    assert (student.status, student.step) == (200, "danger")


def test_enough_after_sending_shows_the_code(student: Student) -> None:
    student.until("what", {"story_me": STORY})
    form = next(form for form in student.page.forms if ENOUGH in form.buttons)
    digits = student.press("enough").send()

    student.post(student.home, [*form.hidden.items(), ENOUGH])

    assert student.digits == digits
