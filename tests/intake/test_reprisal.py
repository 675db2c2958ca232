"""Telling what happened after an earlier report: one code, a thread of its own, and no other talk lost on the way."""

import pytest

from app import db
from app.intake.running import TalkGoneError, resume
from tests.installations import Installation
from tests.intake import rows
from tests.intake.adviser import adviser_of, case_id, follow_up_id, sent_case
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Ze lachen me elke dag uit in de pauze."
SINCE = "Nu wachten ze me op."


@pytest.fixture
def back(installation: Installation, new_student: NewStudent) -> Student:
    """Somebody in the conversation about what he told before."""
    return new_student().come_back(sent_case(installation, STORY))


def begin(student: Student) -> Student:
    student.post("/code", {**student.form_with("text").hidden, "do": "since"})
    return student.press("reprisal")


def token_of(student: Student) -> str:
    with student.client.session_transaction() as cookie:
        return str(cookie["talks"][student.slug])


def answer_on(student: Student, **talk: str | list[str]) -> Student:
    while student.step not in ("review", ""):
        asked = student.step
        student.answer(asked, {"danger": "not_now", **talk}.get(asked))
        assert (student.status, student.step != asked) == (200, True), student.text
    return student


def sent_since(student: Student) -> Student:
    answer_on(begin(student), story=SINCE)
    return student.submit("review", "send")


def test_what_happened_since_is_told_sent_and_read_with_the_same_code(
    back: Student, installation: Installation
) -> None:
    sent_since(back)
    assert "data-code-digits" not in back.text

    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "return", "school": back.slug})

    assert back.statuses == [303, 200]
    assert SINCE in back.text
    assert 'aria-current="true"' in back.text
    assert rows.case_count() == 2
    adviser_of(installation).answer(follow_up_id(), "Dat mag niet.")
    assert "Dat mag niet." in back.get("/code").text


def test_the_sent_talk_is_over_once_its_student_reads_the_conversation(back: Student) -> None:
    sent_since(back)
    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "return", "school": back.slug})

    assert back.get(back.home).step == "begin"
    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "return", "school": back.slug})
    assert back.status == 410


def test_the_code_opens_what_was_told_first_and_leads_to_what_happened_since(
    back: Student, installation: Installation, new_student: NewStudent
) -> None:
    sent_since(back)
    adviser_of(installation).answer(case_id(), "Over het eerste.")

    back.get("/code")
    assert "Over het eerste." in back.text
    back.post("/code", {**back.form_with("text").hidden, "to": follow_up_id()})

    assert SINCE in back.text
    assert "Over het eerste." not in back.text


def test_a_message_goes_to_the_thread_of_its_page_whatever_another_tab_looks_at(back: Student) -> None:
    sent_since(back)
    first_tab = back.get("/code").page
    back.post("/code", {**back.form_with("text").hidden, "to": follow_up_id()})
    assert SINCE in back.text

    back.page = first_tab
    back.write("Dit hoort bij het eerste.")

    assert "Dit hoort bij het eerste." in back.text
    assert "Ze lachen me elke dag uit" in back.text
    assert SINCE not in back.text


def test_nobody_turns_to_a_conversation_of_another_code(
    back: Student, installation: Installation, new_student: NewStudent
) -> None:
    mine = back.form_with("text").hidden["thread"]
    other = new_student().come_back(sent_case(installation, "Iets van een ander."))

    other.post("/code", {**other.form_with("text").hidden, "to": mine, "text": "Ik wil dit houden."})

    assert other.status == 410
    assert STORY not in other.text
    assert "Ik wil dit houden." in other.text


def test_a_second_tap_goes_on_with_the_same_talk(back: Student) -> None:
    conversation = back.page
    first = token_of(answer_on(begin(back), story=SINCE))

    back.page = conversation
    begin(back)

    assert token_of(back) == first
    assert back.step == "review"


def test_a_talk_that_was_not_sent_yet_is_not_lost(back: Student) -> None:
    back.until("what", {"story_me": "Nog niet verstuurd."})
    held = token_of(back)

    begin(back.get("/code"))

    assert back.status == 409
    assert "Je was nog bezig" in back.text
    assert f'href="{back.home}"' in back.text
    assert token_of(back) == held
    assert "Nog niet verstuurd." in back.get(back.home).text


def test_it_is_let_go_of_when_the_student_says_so(back: Student) -> None:
    back.until("what", {"story_me": "Nog niet verstuurd."})
    held = token_of(back)
    begin(back.get("/code")).press("reprisal")

    assert back.redirects == [back.home]
    assert back.step == "danger"
    with db.reading() as session, pytest.raises(TalkGoneError):
        resume(session, held, rows.case().school_id)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_code_that_was_not_noted_yet_is_not_lost_either(
    installation: Installation, new_student: NewStudent, *, is_kept: bool
) -> None:
    student = new_student()
    digits = student.tell(story_me=STORY).send()
    if is_kept:
        student.submit("code", digits[-4:])
    student.come_back(digits)

    begin(student)

    assert student.status == (200 if is_kept else 409)


@pytest.mark.parametrize("school", ["", "nergens"])
def test_only_a_talk_that_was_sent_leads_to_its_conversation(back: Student, school: str) -> None:
    begin(back)

    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "return", "school": school or back.slug})

    assert back.status == 410
    assert back.get(back.home).step == "danger"


def test_words_of_the_new_talk_are_given_back_and_a_tapped_answer_is_not(back: Student) -> None:
    begin(back)

    hidden = dict(back.fields("danger"))

    back.post(back.home, {**hidden, "step": "story", "answer": SINCE})
    assert (back.status, SINCE in back.text) == (409, True)

    back.post(back.home, {**hidden, "step": "safe_now", "answer": "unsafe"})
    assert (back.status, "unsafe" in back.text) == (409, False)
