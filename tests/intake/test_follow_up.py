"""What happened after a report: to the readers of that report only, sooner, and opened with the same code."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from app import clock, db
from app.accounts.models import Person
from app.cases.models import Case, CaseReader
from app.vault import kdf
from app.vault.errors import BusyError
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student
from tests.intake.test_paused import quick_stretch
from tests.intake.test_sending import failing_stretch

TUESDAY = datetime(2026, 11, 24, 12, 7, tzinfo=UTC)
AFTER: dict[str, str | list[str]] = {"danger": "not_now"}


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "stretch", quick_stretch)


@pytest.fixture
def _windows(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports wait for their window, as outside the demo."""
    waiting = replace(installation.app.config["SETTINGS"], deliver_at_once=False)
    monkeypatch.setitem(installation.app.config, "SETTINGS", waiting)


def follow_up(student: Student, digits: str) -> Student:
    """Come back and tell what happened since, up to the review."""
    student.come_back(digits)
    student.post("/code", [*student.form_with("text").hidden.items(), ("do", "reprisal")])
    while student.step not in ("review", ""):
        asked = student.step
        student.answer(asked, AFTER.get(asked))
        assert (student.status, student.step != asked) == (200, True), student.text
    return student


def cases() -> tuple[Case, Case]:
    with db.reading() as session:
        found = {case.parent_id is None: case for case in session.scalars(select(Case))}
        session.expunge_all()
    return found[True], found[False]


def readers_of(case: Case) -> set[str]:
    with db.reading() as session:
        return set(session.scalars(select(CaseReader.person_id).where(CaseReader.case_id == case.id)))


def test_it_is_a_case_of_its_own_that_opens_with_the_same_code(new_student: NewStudent) -> None:
    digits = new_student().tell().send()
    student = follow_up(new_student(), digits)

    student.submit("review", "send")
    first, second = cases()

    assert "data-code" not in student.text
    assert "Je krijgt geen nieuwe code" in student.text
    assert second.parent_id == first.id
    assert second.student_public == first.student_public
    assert second.lookup != first.lookup
    assert "Jouw gesprek" in student.press("return").text


def test_it_goes_to_those_who_read_the_report_and_to_nobody_else(
    new_student: NewStudent, installation: Installation
) -> None:
    student = new_student().tell()
    digits = student.strike(installation.internal.id).send()
    after = follow_up(new_student(), digits)

    assert installation.internal.name not in after.text
    after.submit("review", "send")

    assert readers_of(cases()[1]) == {installation.external.id}


def test_it_goes_to_no_reader_who_was_taken_away_now(new_student: NewStudent, installation: Installation) -> None:
    digits = new_student().tell().send()
    student = follow_up(new_student(), digits).strike(installation.external.id)

    student.submit("review", "send")

    assert readers_of(cases()[1]) == {installation.internal.id}


def test_when_no_reader_of_the_report_is_left_it_says_where_else_to_go(
    new_student: NewStudent, installation: Installation
) -> None:
    student = new_student().tell()
    digits = student.strike(installation.internal.id).send()
    with db.transaction() as session:
        session.execute(update(Person).where(Person.id == installation.external.id).values(is_disabled=True))

    after = follow_up(new_student(), digits)

    assert "niemand meer die dit kan lezen" in after.text
    assert rows.case_count() == 1


@pytest.mark.usefixtures("_windows")
def test_it_is_shown_at_once_and_answered_by_the_next_school_day(new_student: NewStudent) -> None:
    with clock.at(TUESDAY):
        digits = new_student().tell().send()
        follow_up(new_student(), digits).submit("review", "send")

    first, second = cases()

    assert (first.visible_part, second.visible_part) == ("afternoon", "at_once")
    assert (first.promised_on.isoformat(), second.promised_on.isoformat()) == ("2026-11-27", "2026-11-25")


def test_it_needs_no_slow_hash_and_a_second_tap_makes_no_second_case(new_student: NewStudent) -> None:
    digits = new_student().tell().send()
    student = follow_up(new_student(), digits)
    fields = [*student.fields("review"), ("answer", "send")]

    with failing_stretch(BusyError(3)):
        for _ in range(2):
            assert "Je krijgt geen nieuwe code" in student.post(student.home, fields).text

    assert rows.case_count() == 2


def test_it_cannot_be_put_away(new_student: NewStudent) -> None:
    digits = new_student().tell().send()
    student = follow_up(new_student(), digits)

    assert 'value="pause"' not in student.text
    student.post(student.home, [*student.fields("review"), ("do", "pause")])

    assert (student.step, rows.paused()) == ("review", [])
