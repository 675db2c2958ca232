"""The talk: one question after the other, back, change, another language, and what the review promises."""

import re

from app import db
from app.schools.models import School
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Ze lachen me elke dag uit in de pauze."


def test_the_start_page_sets_no_cookie(student: Student) -> None:
    student.get(student.home)

    assert student.status == 200
    assert student.cookies_set == []
    assert "Set-Cookie" not in student.headers


def test_the_start_page_says_who_reads_it_by_when_and_what_the_law_asks(
    student: Student, installation: Installation
) -> None:
    student.get(student.home)

    for name in (installation.internal.name, installation.external.name):
        assert name in student.text
    assert "Uiterlijk" in student.text
    assert "van de wet doorgeven aan het bestuur" in student.text


def test_every_answer_is_a_post_and_a_redirect_to_the_one_address_of_the_talk(student: Student) -> None:
    student.begin()

    assert student.step == "danger"
    student.submit("danger", "not_now")

    assert student.statuses == [303, 200]
    assert student.redirects == [student.home]
    assert student.step == "you"


def test_the_whole_talk_ends_in_a_review_and_a_code(student: Student) -> None:
    student.tell(story_me=STORY, who="student")

    assert STORY in student.text
    assert rows.case_count() == 0
    digits = student.send()

    assert re.fullmatch(r"\d{16}", digits)
    assert len(student.words.split()) == 5
    assert rows.case_count() == 1
    assert rows.waiting_mails() == 2


def test_nothing_is_sent_before_the_button_is_pressed(student: Student) -> None:
    student.tell(story_me=STORY)

    assert (rows.case_count(), rows.waiting_mails()) == (0, 0)


def test_the_review_names_the_readers_and_the_promised_day_before_sending(
    student: Student, installation: Installation
) -> None:
    student.tell()

    for name in (installation.internal.name, installation.external.name):
        assert name in student.text
    assert re.search(r"Uiterlijk \w+ \d+ \w+ \d{4} staat er een antwoord", student.text)


def test_an_urgent_talk_says_that_it_can_be_read_at_once(student: Student) -> None:
    student.tell(what="risky", kind_risky=["weapon"])

    assert "Dit is dringend" in student.text


def test_another_language_keeps_step_answers_and_school(student: Student) -> None:
    student.until("you")

    student.get(f"{student.home}?lang=ar")

    assert student.step == "you"
    assert 'dir="rtl"' in student.text
    student.get(student.home).submit("you", "me")
    assert student.step == "story_me"
    assert 'lang="ar"' in student.text


def test_back_opens_the_question_before_with_its_answer(student: Student) -> None:
    student.until("who", {"kind_mean": ["left_out", "online"]})

    student.press("back")

    assert student.step == "kind_mean"
    ticked = re.findall(r'value="(\w+)" checked', student.text)
    assert sorted(ticked) == ["left_out", "online"]


def test_back_pressed_twice_on_one_page_goes_back_once(student: Student) -> None:
    student.until("what")
    stale = next(form for form in student.page.forms if ("do", "back") in form.buttons)

    for _ in range(2):
        student.post(student.home, [*stale.hidden.items(), ("do", "back")])

    assert student.step == "story_me"


def test_the_first_question_offers_no_way_back(student: Student) -> None:
    student.begin()

    assert not any(("do", "back") in form.buttons for form in student.page.forms)


def test_back_from_the_review_opens_the_last_question(student: Student) -> None:
    student.tell()

    student.press("back")

    assert student.step == "consent"


def test_a_question_that_is_changed_keeps_all_other_answers(student: Student) -> None:
    student.tell(story_me=STORY, who="student")

    student.press("change", "kind_mean").submit("kind_mean", ["online"])

    assert student.step == "review"
    assert STORY in student.text
    assert "Via de telefoon of in een groepsapp" in student.text
    assert "Pesten, roddelen of buitensluiten" not in student.text


def test_a_branch_that_is_left_and_taken_again_keeps_its_answer(student: Student, installation: Installation) -> None:
    student.tell(who="staff", conflict=installation.internal.id, often="often")
    asked = "Over iemand die meeleest"
    assert asked in student.text

    student.press("change", "who").submit("who", "student")
    student.submit("often", "once")
    assert student.step == "review"
    assert asked not in student.text

    student.press("change", "who").submit("who", "staff")
    assert student.step == "review"
    assert asked in student.text


def test_danger_now_leads_past_people_to_call_and_on(student: Student) -> None:
    student.begin()

    student.submit("danger", "right_now")

    assert student.step.startswith("emergency.")
    assert 'data-service="112"' in student.text
    while student.step.startswith("emergency."):
        code = next(value for name, value in student.form(student.step).buttons if value in ("go_on", "_skip"))
        student.submit(student.step, code)
    assert student.step == "you"


def test_who_the_talk_is_about_gets_no_key(student: Student, installation: Installation) -> None:
    student.tell(who="staff", conflict=installation.internal.id)

    assert f"{installation.internal.name}</bdi>" not in student.text
    student.send()

    assert rows.reader_ids() == {installation.external.id}


def test_a_reader_who_cannot_read_it_is_replaced_and_the_review_says_so(
    student: Student, installation: Installation
) -> None:
    student.tell(who="staff", conflict=installation.external.id)

    assert "leest het nu niet" in student.text
    assert installation.internal.name in student.text
    student.send()

    assert rows.reader_ids() == {installation.internal.id}


def test_the_review_does_not_speak_of_a_change_of_reader_when_there_is_none(student: Student) -> None:
    student.tell()

    assert "leest het nu niet" not in student.text


def test_with_nobody_left_the_review_says_so_and_shows_help_outside(
    student: Student, installation: Installation
) -> None:
    student.tell(who="staff", conflict=installation.internal.id, story_me=STORY).strike(installation.external.id)

    assert student.status == 200
    assert "data-service" in student.text
    assert STORY in student.text
    assert not any(form.step == "review" for form in student.page.forms)


def test_with_nobody_left_the_help_outside_fits_what_was_told(student: Student, installation: Installation) -> None:
    student.tell(story_me=STORY, what="home").strike(installation.internal.id).strike(installation.external.id)

    for service in ("veilig-thuis", "vertrouwensinspecteur"):
        assert f'data-service="{service}"' in student.text


def test_with_nobody_left_a_post_stores_no_case(student: Student, installation: Installation) -> None:
    student.tell(who="staff", conflict=installation.internal.id).strike(installation.external.id)
    fields = next(form for form in student.page.forms if ("do", "back") in form.buttons).hidden

    student.post(student.home, {**fields, "step": "review", "answer": "send"})

    assert (student.status, student.redirects) == (200, [student.home])
    assert rows.case_count() == 0
    assert "data-service" in student.text


def test_a_question_that_must_be_answered_cannot_be_skipped(student: Student) -> None:
    student.until("danger")

    student.submit("danger", skip="1")

    assert (student.status, student.step) == (422, "danger")
    assert "field-error" in student.text


def test_a_page_with_a_fault_says_so_in_its_title_and_above_the_question(student: Student) -> None:
    student.until("danger").submit("danger")

    assert student.status == 422
    assert "<title>Fout:" in student.text
    assert 'role="alert"' in student.text


def test_a_school_that_opens_a_talk_in_two_browsers_mixes_nothing(new_student: NewStudent) -> None:
    one, other = new_student(), new_student()
    one.tell(story_me="Het verhaal van de een.")
    other.tell(story_me="Het verhaal van de ander.")

    assert "de ander" not in one.get(one.home).text
    assert one.send() != other.send()
    assert rows.case_count() == 2


def test_the_hooks_that_other_programs_rely_on_stand_on_the_pages(student: Student) -> None:
    student.get(student.home)
    assert re.search(r'<form method="post"[^>]*data-step="begin"', student.text)

    student.begin()
    assert re.search(r'<form method="post"[^>]*data-step="danger"', student.text)
    assert re.search(r'<button [^>]*name="answer" value="not_now"', student.text)

    student.submit("danger", "not_now")
    assert student.form("you").names >= {"answer", "step", "csrf_token"}

    student.until("story_me")
    assert re.search(r'<textarea name="answer"', student.text)

    student.until("kind_mean")
    assert 'name="answer" value="left_out"' in student.text

    digits = student.tell().send()
    assert f'data-code-digits="{digits}"' in student.text
    assert re.search(r'data-code-words="[a-z]+( [a-z]+){4}"', student.text)

    student.get("/code")
    assert "code" in student.form_with("code").names


def test_a_school_of_another_region_knows_only_its_own_talk(student: Student, installation: Installation) -> None:
    student.until("what")
    with db.transaction() as session:
        session.add(_other_school())

    student.get("/andere-school")

    assert student.step == "begin"
    assert "Nu in gevaar" not in student.text
    with db.transaction() as session:
        session.delete(session.get(School, "f" * 32))


def _other_school() -> School:
    return School(
        id="f" * 32,
        slug="andere-school",
        name="De Andere School",
        brin="00XB",
        location_code="00XB00",
        is_open=True,
    )
