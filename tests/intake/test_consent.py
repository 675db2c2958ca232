"""What an adviser asks before a step, as the student finds it in his conversation."""

import pytest

from app import db
from app.cases import stepping
from tests.installations import Installation
from tests.intake.adviser import adviser_of, case_id
from tests.intake.conftest import NewStudent
from tests.intake.test_conversation import DRAFT, Talking, talking

__all__ = ["talking"]

ABOUT = "Woensdag met die jongen praten, zonder jou te noemen."


def asked(talking: Talking, kind: str = "accused") -> str:
    """Let the adviser ask for a step and return its id."""
    with db.transaction() as session:
        step = stepping.plan_step(session, talking.adviser.desk, case_id(), stepping.NewStep(kind, ABOUT))
        stepping.ask_step(session, talking.adviser.desk, case_id(), step)
    return step


def done(talking: Talking, step: str) -> None:
    with db.transaction() as session:
        stepping.finish_step(session, talking.adviser.desk, case_id(), step)


def test_a_question_says_what_it_would_mean_and_presses_nobody(talking: Talking) -> None:
    step = asked(talking)

    page = talking.back().text

    assert f'data-consent="{step}"' in page
    for said in (ABOUT, "hoort dat iemand iets vertelde", "Nee zeggen heeft geen gevolgen", "Nog niet"):
        assert said in page


@pytest.mark.parametrize("answer", ["yes", "only_general", "not_yet"])
def test_one_tap_answers_and_can_be_taken_back(talking: Talking, answer: str) -> None:
    step = asked(talking)
    talking.back()

    talking.act(consent=f"{answer}:{step}", text=DRAFT)

    assert "Je antwoordde:" in talking.student.text
    assert "Bedenk je je? Tik opnieuw." in talking.student.text
    assert DRAFT in talking.student.text


def test_an_answer_may_come_in_fields_of_its_own(talking: Talking) -> None:
    step = asked(talking)
    student = talking.back()
    form = next(form for form in student.page.forms if "thread" in form.hidden)

    student.post("/code", {**form.hidden, "do": "consent", "step": step, "answer": "yes"})

    assert "Je antwoordde: ja, dat mag." in student.text


def test_after_it_is_done_nothing_is_asked_and_a_late_answer_is_told_kindly(talking: Talking) -> None:
    step = asked(talking)
    talking.back()
    talking.act(consent=f"yes:{step}")
    form = next(form for form in talking.student.page.forms if "thread" in form.hidden)
    done(talking, step)

    talking.student.post("/code", {**form.hidden, "consent": f"not_yet:{step}"})

    assert "Hier verandert nu niets meer aan." in talking.student.text
    assert "data-consent" not in talking.student.text


def test_a_step_that_was_only_planned_is_no_business_of_the_student(talking: Talking) -> None:
    with db.transaction() as session:
        stepping.plan_step(session, talking.adviser.desk, case_id(), stepping.NewStep("police", ABOUT))

    assert ABOUT not in talking.back().text


def test_what_the_law_asks_is_told_with_its_source(talking: Talking) -> None:
    step = asked(talking, "police")
    with db.transaction() as session:
        told = ("danger_now", "Ik vraag nu om hulp.")
        stepping.override_step(session, talking.adviser.desk, case_id(), step, told)

    page = talking.back().text

    assert "Dit moet van de wet" in page
    assert "WVO 2020, art. 3.40" in page
    assert "Ik vraag nu om hulp." in page


def test_a_withdrawn_case_takes_no_answer(talking: Talking) -> None:
    step = asked(talking)
    student = talking.back()
    form = next(form for form in student.page.forms if "thread" in form.hidden)
    talking.act(do="withdraw")

    student.post("/code", {**form.hidden, "consent": f"yes:{step}"})

    assert "Haal het eerst terug" in student.text


def test_a_strangers_step_is_no_step_of_this_conversation(
    installation: Installation, talking: Talking, new_student: NewStudent
) -> None:
    asked(talking)
    student = talking.back()
    form = next(form for form in student.page.forms if "thread" in form.hidden)

    student.post("/code", {**form.hidden, "consent": f"yes:{'0' * 16}"})

    assert adviser_of(installation).case_ids()
    assert "Je antwoordde:" not in new_student().get("/").text
