"""The draft: found by a hash, sealed under the cookie's secret, and gone in time."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock, db
from app.intake import tabs
from app.vault.tabs import new_token
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Hij wacht me elke dag op bij de fietsen."
NOON = datetime(2026, 11, 24, 12, 7, 31, tzinfo=UTC)


def token_of(student: Student) -> str:
    with student.client.session_transaction() as cookie:
        return str(cookie["talks"][student.slug])


def test_nothing_readable_of_a_talk_lies_in_the_database(student: Student) -> None:
    student.tell(story_me=STORY)

    stored = rows.everything_stored()

    for trace in (STORY, token_of(student)):
        assert trace.encode() not in stored


def test_the_code_of_a_talk_lies_nowhere_in_the_database(student: Student) -> None:
    digits = student.tell().send()

    stored = rows.everything_stored()

    # Two words: one alone may well stand in a question that is kept.
    for trace in (digits, student.words, " ".join(student.words.split()[:2])):
        assert trace.encode() not in stored


def test_the_code_does_not_lie_in_the_cookie(student: Student) -> None:
    digits = student.tell().send()

    with student.client.session_transaction() as cookie:
        held = str(dict(cookie))
    assert digits not in held
    assert student.words not in held


def test_a_token_opens_only_its_own_row(installation: object) -> None:
    one, other = new_token(), new_token()
    with db.transaction() as session:
        tabs.keep(session, one, "talk", {"said": STORY})

    with db.reading() as session:
        assert tabs.held(session, other, "talk") is None
        assert tabs.held(session, one, "visit") is None
        assert tabs.held(session, one, "talk") == {"said": STORY}


def test_a_row_moved_under_another_token_does_not_open(installation: object) -> None:
    one, other = new_token(), new_token()
    with db.transaction() as session:
        tabs.keep(session, one, "talk", {"said": STORY})
        tabs.keep(session, other, "talk", {"said": "iets anders"})
        first, second = (session.get(tabs.Tab, tabs.token_id(token, "talk")) for token in (one, other))
        assert first
        assert second
        second.sealed = first.sealed

    with db.reading() as session:
        assert tabs.held(session, other, "talk") is None


def test_the_moment_of_an_end_is_stored_in_quarters_and_never_too_late(installation: object) -> None:
    with clock.at(NOON), db.transaction() as session:
        tabs.keep(session, new_token(), "talk", {})

    expires_at = tabs._aware(rows.tabs()[0].expires_at)
    assert expires_at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert expires_at <= NOON + timedelta(hours=2)


def test_a_talk_is_gone_after_two_hours(student: Student) -> None:
    with clock.at(NOON):
        student.until("what")

    with clock.at(NOON + timedelta(hours=1, minutes=45)):
        assert student.get(student.home).step == "what"
    with clock.at(NOON + timedelta(hours=2)):
        assert student.get(student.home).step == "begin"


def test_each_answer_gives_a_talk_two_more_hours(student: Student) -> None:
    with clock.at(NOON):
        student.until("what")
    with clock.at(NOON + timedelta(hours=1)):
        student.submit("what", "things")

    with clock.at(NOON + timedelta(hours=2, minutes=30)):
        assert student.get(student.home).step == "kind_things"


def test_the_clean_up_deletes_what_is_over_and_nothing_else(new_student: NewStudent) -> None:
    with clock.at(NOON):
        new_student().until("what")
    with clock.at(NOON + timedelta(hours=1)):
        fresh = new_student().until("what")

    with clock.at(NOON + timedelta(hours=2)):
        with db.transaction() as session:
            tabs.purge(session)
        assert len(rows.tabs()) == 1
        assert fresh.get(fresh.home).step == "what"


def test_finishing_deletes_the_row_and_forgets_the_talk(student: Student) -> None:
    student.tell().send()
    assert len(rows.tabs()) == 1

    student.press("finish")

    assert rows.tabs() == []
    assert student.step == "begin"
    with student.client.session_transaction() as cookie:
        assert student.slug not in cookie["talks"]


def test_after_sending_the_story_is_not_in_the_draft_any_more(student: Student) -> None:
    student.tell(story_me=STORY).send()

    with db.reading() as session:
        state = tabs.held(session, token_of(student), "talk")

    assert state
    assert state["answers"] == {}
    assert STORY not in str(state)


@pytest.mark.parametrize("length", [10, 200])
def test_the_size_of_a_row_does_not_tell_how_much_was_said(student: Student, length: int) -> None:
    student.tell(story_me="a" * length)

    assert len(rows.tabs()[0].sealed) == 1024 + 1 + 12 + 16
