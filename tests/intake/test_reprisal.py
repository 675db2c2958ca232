"""Telling what happened after an earlier report: one code, a thread of its own, and no other talk lost on the way."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app import clock, db
from app.cases import deletion, opening
from app.cases.correspondence import Access
from app.cases.models import Case, CaseReader
from app.intake import visits
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


def test_what_was_told_by_now_is_not_offered_again(back: Student) -> None:
    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "since"})
    assert "Wil je vertellen wat er gebeurde?" in back.text

    sent_since(back)
    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "return", "school": back.slug})

    assert "Wil je vertellen wat er gebeurde?" not in back.text


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


def turn(student: Student, thread: str, draft: str = "") -> Student:
    """Turn to another thread with *draft* in the field."""
    return student.post("/code", {**student.form_with("text").hidden, "to": thread, "text": draft})


@pytest.mark.parametrize("is_sent", [True, False])
def test_after_leaving_nothing_of_the_talk_that_followed_stays(back: Student, *, is_sent: bool) -> None:
    answer_on(begin(back), story=SINCE)
    if is_sent:
        back.submit("review", "send")
    held = token_of(back)
    back.get("/code")
    assert ("Sluit je dit gesprek, dan wissen we dat." in back.text) is not is_sent

    back.press("leave")

    assert back.get(back.home).step == "begin"
    assert rows.tabs() == []
    with db.reading() as session, pytest.raises(TalkGoneError):
        resume(session, held, rows_school())


def rows_school() -> str:
    with db.reading() as session:
        return session.scalars(select(Case.school_id).limit(1)).one()


def test_stopping_here_closes_the_open_conversation_too(back: Student) -> None:
    sent_since(back).press("finish")

    assert STORY not in back.get("/code").text
    assert back.form_with("code")
    assert rows.tabs() == []


def test_a_sent_talk_holds_no_key_and_leads_back_only_while_the_conversation_is_open(back: Student) -> None:
    sent_since(back)
    with db.reading() as session:
        assert dict(resume(session, token_of(back), rows_school()).talk.parent) == {"case_id": case_id()}
    with back.client.session_transaction() as cookie:
        cookie.pop("visit")

    back.press("return")

    assert (back.status, SINCE in back.text) == (410, False)


def test_words_in_the_field_stay_with_the_thread_in_which_they_were_typed(back: Student) -> None:
    sent_since(back)
    turn(back.get("/code"), follow_up_id())
    turn(back, case_id(), draft="Mira bedreigde me")

    assert STORY in back.text
    assert "Mira bedreigde me" not in back.text
    assert "\nMira bedreigde me</textarea>" in turn(back, follow_up_id()).text
    back.write("Toch iets anders.")
    assert "Mira bedreigde me" not in back.text


def test_a_refused_message_stands_in_its_own_thread_whatever_another_tab_looks_at(back: Student) -> None:
    sent_since(back)
    tab = turn(back.get("/code"), follow_up_id()).page
    turn(back, case_id())

    back.page = tab
    back.write("Mira " + "x" * 30_000)

    assert back.status == 422
    assert back.form_with("text").hidden["thread"] == follow_up_id()
    assert "Mira xxx" in back.text


def test_who_was_kept_away_from_one_follow_up_reads_no_later_one(back: Student, installation: Installation) -> None:
    answer_on(begin(back), story=SINCE)
    back.strike(installation.internal.id).submit("review", "send")
    back.press("return")
    answer_on(begin(back), story="Nog iets over haar.")
    assert installation.internal.name not in back.text

    back.submit("review", "send")

    with db.reading() as session:
        query = select(func.count()).where(CaseReader.person_id == installation.internal.id)
        assert session.scalar(query) == 1
    assert adviser_of(installation).case_ids() == {case_id()}


def test_when_nobody_read_all_of_it_the_review_says_where_else_to_go(back: Student, installation: Installation) -> None:
    answer_on(begin(back), story=SINCE)
    back.strike(installation.internal.id).submit("review", "send")
    back.press("return")

    answer_on(begin(back), story="Nog iets.").strike(installation.external.id)

    assert "niemand meer die dit kan lezen" in back.text


def test_what_follows_a_report_that_is_withdrawn_meanwhile_is_sent_once_the_page_has_said_so(
    back: Student, installation: Installation
) -> None:
    answer_on(begin(back), story=SINCE)
    review = back.page
    back.get("/code").post("/code", {**back.form_with("text").hidden, "do": "withdraw"})
    back.page = review
    back.get(back.home)
    fields = [(name, value.rstrip("-")) for name, value in back.fields("review")]

    back.post(back.home, [*fields, ("answer", "send")])
    assert (back.status, rows.case_count()) == (409, 1)
    assert "heb je ingetrokken. Dat blijft weg." in back.text
    assert SINCE in back.text

    back.submit("review", "send")
    assert adviser_of(installation).case_ids() == {follow_up_id()}


def test_withdrawing_and_the_clean_up_do_not_block_each_other(
    back: Student, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.current().engine.dialect.name == "sqlite":
        pytest.skip("only one writes at a time there")
    # What follows comes first in the order of ids.
    first_id = SimpleNamespace(token_hex=lambda _size: "0" * 32, token_bytes=secrets.token_bytes)
    monkeypatch.setattr(opening, "secrets", first_id)
    sent_since(back).get("/code")
    with db.transaction() as session:
        session.execute(update(Case).values(due_since=clock.today()))
    has_looked, look_at = Event(), visits.look_at

    def look_and_wait(session: Session, token: str, thread: str) -> Access:
        access = look_at(session, token, thread)
        has_looked.set()
        wait_until_somebody_waits()
        return access

    def clean_up() -> None:
        has_looked.wait(10)
        with installation.app.app_context(), db.transaction() as session:
            deletion.delete_expired(session)

    monkeypatch.setattr(visits, "look_at", look_and_wait)
    with ThreadPoolExecutor() as pool:
        cleaning = pool.submit(clean_up)
        back.post("/code", {**back.form_with("text").hidden, "do": "withdraw"})
        cleaning.result()

    assert back.status == 200
    with db.reading() as session:
        assert None not in session.scalars(select(Case.withdrawn_on)).all()


def wait_until_somebody_waits() -> None:
    """Return once another connection waits for a lock, or when none does for long."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    for _ in range(100):
        with db.reading() as session:
            if session.scalar(text(waiting)):
                return
        sleep(0.02)


def test_who_holds_an_old_code_tells_nothing_more_in_the_name_of_its_student(
    new_student: NewStudent, installation: Installation
) -> None:
    old = sent_case(installation, STORY)
    back, other = new_student().come_back(old), new_student().come_back(old)
    answer_on(begin(back), story=SINCE)
    other.post("/code", {**other.form_with("text").hidden, "do": "new_code"})
    digits = other.digits
    other.post("/code", {**other.form_with("word").hidden, "do": "take_code", "word": digits[-4:]})

    back.submit("review", "send")

    assert "Je verhaal staat er nog" in back.text
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
