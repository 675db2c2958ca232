"""The code as a sheet of words: only while it can be seen anyway, and with nothing on it that says what it is."""

import pytest

from app import db
from app.intake import paused
from app.schools.queries import school_by_slug
from app.vault.codes import parse_code
from tests.installations import Installation
from tests.intake.adviser import sent_case
from tests.intake.conftest import NewStudent
from tests.intake.student import Student


def test_the_sheet_has_the_five_words_to_write_over_and_nothing_else_of_the_code(student: Student) -> None:
    digits = student.tell().send()

    sheet = student.get(f"{student.home}/words")

    assert sheet.status == 200
    assert "<title>Woordjes</title>" in sheet.text
    assert "data-print" in sheet.text
    assert sheet.text.count("<bdi>") == 5
    for word in parse_code(digits).words("nl"):
        assert f"<bdi>{word}</bdi>" in sheet.text
    main = sheet.text[sheet.text.index("<main") : sheet.text.index("</main>")]
    for telling in (digits, digits[:4], "code", "Vertel", "De Meeuw"):
        assert telling not in main
    assert 'href="/w"' in sheet.text


def test_a_talk_that_was_put_away_has_its_sheet_too(student: Student) -> None:
    student.tell()
    with student.client.session_transaction() as cookie:
        token = cookie["talks"][student.slug]
    with db.reading() as session:
        school = school_by_slug(session, student.slug)
    assert school
    paused.pause(token, school)

    assert "Woordjes" in student.get(f"{student.home}/words").text


@pytest.mark.parametrize("step", ["begin", "danger", "review"])
def test_before_there_is_a_code_the_sheet_leads_to_the_talk(student: Student, step: str) -> None:
    student.get(student.home) if step == "begin" else student.until(step)

    student.get(f"{student.home}/words")

    assert student.redirects == [student.home]
    assert student.step == step


def test_once_the_code_is_taken_off_the_screen_there_is_no_sheet(student: Student, new_student: NewStudent) -> None:
    student.tell().send()
    assert new_student().get(f"{student.home}/words").step == "begin"

    student.press("finish").get(f"{student.home}/words")

    assert student.step == "begin"


def test_a_conversation_leads_only_to_the_sheet_of_its_own_code(student: Student, installation: Installation) -> None:
    digits = student.tell().send()

    assert f"{student.home}/words" not in student.come_back(sent_case(installation, "Iets anders.")).text
    student.press("leave").come_back(digits)
    assert f'href="{student.home}/words"' in student.text


def test_a_school_that_does_not_exist_has_no_sheet(student: Student) -> None:
    assert student.get("/nergens/words").status == 404
