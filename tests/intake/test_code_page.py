"""The code: shown until finished, in words and digits, and asked back once."""

import re

from app.vault.codes import parse_code
from tests.intake.conftest import NewStudent
from tests.intake.student import Student, arabic


def asked_word(student: Student) -> int:
    found = re.search(r"typ woord (\d) van je code", student.text)
    assert found
    return int(found[1]) - 1


def test_words_and_digits_are_one_code(student: Student) -> None:
    digits = student.tell().send()

    assert parse_code(student.words) == parse_code(digits)


def test_the_right_word_is_praised_and_the_code_folds_away(student: Student) -> None:
    student.tell().send()
    number, words, digits = asked_word(student), student.words.split(), student.digits

    student.submit("code", words[number])

    assert student.status == 200
    assert "Goed zo, je hebt je code." in student.text
    assert student.digits == digits
    assert student.step == ""


def test_the_word_of_the_other_list_counts_too(student: Student) -> None:
    student.tell().send()
    english = parse_code(student.digits).words("en")

    student.submit("code", english[asked_word(student)])

    assert "Goed zo" in student.text


def test_the_last_four_digits_count_in_any_script(student: Student) -> None:
    digits = student.tell().send()

    student.submit("code", arabic(digits[-4:]))

    assert "Goed zo" in student.text


def test_another_word_is_refused_kindly_and_the_code_still_shows(student: Student) -> None:
    digits = student.tell().send()

    student.submit("code", "fietsbel")

    assert (student.status, student.digits) == (422, digits)
    assert "Kijk nog eens naar je code hierboven" in student.text
    assert "fietsbel" not in student.text


def test_the_code_shows_again_until_the_student_is_finished(student: Student) -> None:
    digits = student.tell().send()
    for _ in range(2):
        assert student.get(student.home).digits == digits

    student.press("finish")

    assert "data-code" not in student.text
    assert "data-code" not in student.get(student.home).text


def test_a_word_before_sending_proves_nothing(student: Student) -> None:
    student.tell()
    fields = [(name, value) for name, value in student.fields("review") if name != "step"]

    student.post(student.home, [*fields, ("step", "code"), ("answer", "fietsbel")])

    assert student.status == 409
    student.get(student.home).send()
    assert student.step == "code"


def test_a_student_who_speaks_arabic_gets_dutch_words_and_digits(new_student: NewStudent) -> None:
    student = new_student(language="ar")
    digits = student.tell().send()

    assert 'dir="rtl"' in student.text
    assert tuple(student.words.split()) == parse_code(digits).words("nl")
    assert re.search(r'class="code" lang="nl" dir="ltr"', student.text)


def test_a_student_who_speaks_english_gets_english_words(new_student: NewStudent) -> None:
    student = new_student(language="en")
    digits = student.tell().send()

    assert tuple(student.words.split()) == parse_code(digits).words("en")


def test_the_last_page_shows_help_that_fits_what_was_told(student: Student) -> None:
    student.tell(story_me="Ik word gepest.").send()

    assert "Hulp die hierbij past" in student.text
    assert "data-service" in student.text
