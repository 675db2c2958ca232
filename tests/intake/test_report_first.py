"""A rush: the report arrives at once, its code follows, and nobody is told that it is too busy to be heard."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from app import db
from app.intake import code_keys, sending
from app.schools.models import School
from app.vault import kdf
from app.vault.codes import derive, new_code
from app.vault.errors import BusyError
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student
from tests.intake.test_paused import quick_stretch
from tests.intake.test_sending import failing_stretch

STORY = "Ze lachen me elke dag uit in de pauze."
COMING = "Je verhaal is verstuurd. Je code komt eraan."


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "stretch", quick_stretch)


@pytest.fixture
def rushed(student: Student) -> Iterator[Student]:
    """A student who sent while no slow hash had a place."""
    student.tell(story_me=STORY)
    with failing_stretch(BusyError(3)):
        student.submit("review", "send")
        yield student


def test_in_a_rush_the_report_arrives_and_the_page_asks_for_its_code_by_itself(rushed: Student) -> None:
    assert (rushed.status, rushed.step) == (200, "code")
    assert COMING in rushed.text
    assert re.search(r'<form method="post" data-step="code" data-again="3" data-swap>', rushed.text)
    assert (rows.case_count(), rows.waiting_mails(), len(rows.reader_ids())) == (1, 2, 2)


def test_no_code_is_shown_before_it_opens_the_report(rushed: Student) -> None:
    assert "data-code" not in rushed.text
    assert rushed.page.codes == {}


def test_busy_still_is_the_same_page_and_no_error(rushed: Student) -> None:
    for _ in range(2):
        rushed.submit("code")

        assert (rushed.status, rushed.statuses[0]) == (200, 303)
        assert COMING in rushed.text


def test_the_code_that_follows_opens_the_report(new_student: NewStudent) -> None:
    student = new_student().tell(story_me=STORY)
    with failing_stretch(BusyError(3)):
        student.submit("review", "send")

    student.submit("code")

    assert "Bewaar je code" in student.text
    assert STORY in new_student().come_back(student.digits).text
    assert rows.case_count() == 1


def test_sending_again_in_a_rush_makes_no_second_case(rushed: Student) -> None:
    fields = [*rushed.fields("code")]

    for step in ("review", "code"):
        rushed.post(rushed.home, [*((name, value) for name, value in fields if name == "csrf_token"), ("step", step)])

    assert (rows.case_count(), rows.waiting_mails()) == (1, 2)
    assert COMING in rushed.get(rushed.home).text


def test_a_lost_response_to_the_code_shows_the_same_code_again(rushed: Student) -> None:
    fields = rushed.fields("code")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "stretch", quick_stretch)
        assert rushed.once("POST", rushed.home, urlencode(fields)).status_code == 303
        first = rushed.post(rushed.home, fields).digits

        assert rushed.get(rushed.home).digits == first
    assert rows.case_count() == 1


def test_a_tap_whose_hash_was_ready_gives_the_code_to_the_report_of_a_tap_that_had_no_place(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    student.tell()
    body = urlencode([*student.fields("review"), ("answer", "send")])
    real, raced = derive, []

    def overtaken(*given: object) -> object:
        if not raced:
            raced.append(True)
            with failing_stretch(BusyError(3)):
                assert student.once("POST", student.home, body).status_code == 303
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(code_keys, "derive", overtaken)
    assert student.once("POST", student.home, body).status_code == 303

    assert student.get(student.home).digits
    assert rows.case_count() == 1


def test_a_code_that_opens_something_else_is_renewed_before_it_is_shown(
    new_student: NewStudent, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = new_code()
    with monkeypatch.context() as patch:
        patch.setattr("app.intake.running.new_code", lambda: same)
        first, away, late = (new_student().until("what") for _ in range(3))
        first.tell().send()
    late.tell(story_me=STORY)
    with failing_stretch(BusyError(3)):
        late.submit("review", "send")

    late.submit("code")

    assert late.digits != first.digits
    assert away.pause() not in (first.digits, late.digits)
    assert rows.case_count() == 2


def test_a_word_before_the_code_was_shown_proves_nothing(rushed: Student) -> None:
    fields = [(name, value) for name, value in rushed.fields("code") if name != "do"]

    rushed.post(rushed.home, [*fields, ("answer", "fietsbel")])

    assert rushed.status == 409


def test_asking_for_a_code_before_sending_sends_nothing(student: Student) -> None:
    student.tell()

    student.post(student.home, [*student.fields("review"), ("do", "code")])

    assert (student.status, rows.case_count()) == (409, 0)


def test_who_closes_the_page_before_the_code_was_made_is_heard_all_the_same(rushed: Student) -> None:
    assert rushed.once("GET", "/w").status_code == 303

    assert rows.tabs() == []
    assert (rows.case_count(), rows.waiting_mails()) == (1, 2)


def test_a_school_that_closes_meanwhile_does_not_take_the_code_away(
    student: Student, installation: Installation
) -> None:
    student.tell()
    with failing_stretch(BusyError(3)):
        student.submit("review", "send")
    with db.transaction() as session:
        session.execute(update(School).where(School.id == installation.school.id).values(is_open=False))

    student.submit("code")

    assert student.digits


def test_an_error_while_the_code_is_given_changes_nothing_and_the_next_try_succeeds(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    student.tell()
    with failing_stretch(BusyError(3)):
        student.submit("review", "send")
    fields = student.fields("code")

    def fail(*_given: object) -> None:
        raise RuntimeError("no")

    with monkeypatch.context() as patch:
        patch.setattr(sending, "attach_code", fail)
        assert student.once("POST", student.home, urlencode(fields)).status_code == 500

    assert student.post(student.home, fields).digits
    assert rows.case_count() == 1


def test_nothing_of_what_was_told_and_no_key_lies_open_while_the_code_is_awaited(
    rushed: Student, installation: Installation
) -> None:
    stored = rows.everything_stored()

    assert STORY.encode() not in stored
    assert rows.case().student_wrap == b""
