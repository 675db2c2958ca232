"""Whatever comes in: the right status, a clear page that says how to go on, and nothing half stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app import db
from app.intake import sending, services, views_talk, visits
from app.schools.models import School
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Ze lachen me elke dag uit in de pauze."
LONGEST = 10_000


def way_on(student: Student) -> bool:
    """Tell whether the page offers a way on: our own link in its main part, or its form."""
    main = student.text.split("<main", 1)[1].split("</main>", 1)[0]
    return 'href="/' in main or "<form" in main


def told(student: Student, story: str) -> Student:
    """Send *story* as the answer of the open question about own words."""
    return student.until("story_me").answer("story_me", story)


@pytest.mark.parametrize("step", ["", "nowhere", "reader", "a.b.c", "hello", "emergency.nothing", "é" * 300])
def test_a_question_that_does_not_exist_is_not_found(student: Student, step: str) -> None:
    student.until("what")
    fields = {**dict(student.fields("what")), "step": step, "answer": STORY}

    student.post(student.home, fields)

    assert student.status == 404
    assert STORY in student.text
    assert way_on(student)
    assert student.get(student.home).step == "what"


@pytest.mark.parametrize("step", ["consent", "conflict", "emergency.next", "story_other"])
def test_a_question_that_is_not_on_the_path_is_a_conflict(student: Student, step: str) -> None:
    student.until("what")
    fields = {**dict(student.fields("what")), "step": step, "answer": "internal"}

    student.post(student.home, fields)

    assert student.status == 409
    assert way_on(student)
    assert student.get(student.home).step == "what"


def test_words_for_a_question_that_left_the_path_are_given_back(student: Student) -> None:
    student.until("what")
    fields = {**dict(student.fields("what")), "step": "story_other", "answer": STORY}

    student.post(student.home, fields)

    assert student.status == 409
    assert STORY in student.text


def test_a_tapped_code_is_not_shown_as_something_typed(student: Student) -> None:
    student.until("what")
    fields = {**dict(student.fields("what")), "step": "consent", "answer": "ask_first"}

    student.post(student.home, fields)

    assert "<textarea" not in student.text


@pytest.mark.parametrize(
    ("do", "step", "status"), [("change", "hello", 404), ("change", "consent", 409), ("fly", "", 404)]
)
def test_an_action_that_makes_no_sense_changes_nothing(student: Student, do: str, step: str, status: int) -> None:
    student.until("what")

    student.post(student.home, {**dict(student.fields("what")), "step": step, "do": do})

    assert student.status == status
    assert student.get(student.home).step == "what"


@pytest.mark.parametrize(
    ("step", "answer"),
    [("danger", "maybe"), ("danger", "mean"), ("what", "_nobody"), ("where", "roof"), ("consent", "ask_first ")],
)
def test_an_option_that_the_question_does_not_have_is_refused(student: Student, step: str, answer: str) -> None:
    student.until(step)

    student.submit(step, answer)

    assert (student.status, student.step) == (422, step)
    assert "hoort niet bij deze vraag" in student.text
    assert student.get(student.home).step == step


def test_somebody_who_does_not_read_at_this_school_cannot_be_chosen(
    student: Student, installation: Installation
) -> None:
    student.until("conflict", {"who": "staff"})

    student.submit("conflict", installation.manager.id)

    assert (student.status, student.step) == (422, "conflict")


@pytest.mark.parametrize("field", ["step", "do", "skip", "seen", "csrf_token"])
def test_a_repeated_field_is_refused(student: Student, field: str) -> None:
    student.until("what")
    fields = dict(student.fields("what"))

    student.post(student.home, [*fields.items(), ("answer", "things"), (field, fields.get(field, "1")), (field, "2")])

    assert student.status == 400
    assert way_on(student)
    assert student.get(student.home).step == "what"


@pytest.mark.parametrize(("step", "answers"), [("danger", ["not_now", "right_now"]), ("story_me", ["kort", STORY])])
def test_two_answers_to_a_question_that_takes_one_are_refused(student: Student, step: str, answers: list[str]) -> None:
    student.until(step)

    student.submit(step, answers)

    assert (student.status, student.step) == (400, step)
    assert (STORY in student.text) == (step == "story_me")


KEPT = {
    "line ends": "een\r\ntwee\r\n\r\ndrie",
    "a leading line end": "\r\n\r\neen",
    "spaces around": "  een \t ",
    "emoji": "😞🏳️‍🌈👩‍👩‍👧‍👦",
    "zero width": "na\u200bam\u200d\ufeff",
    "right to left": "يضحكون عليّ \u202bكل يوم\u202c",
    "tigrinya": "ንዓይ ይስሕቁ",
    "decomposed": "e\u0301é",
    "markup": "</textarea><script>alert(1)</script> & &amp; {{ 7*7 }} %(x)s",
    "nearly a mark": "_skipped",
    "the longest": "é" * LONGEST,
    "the longest in four bytes": "😞" * LONGEST,
    "line separators": "een\u2028twee\u0085drie\x0b",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_words_are_kept_to_the_byte(student: Student, text: str, sent: list[sending.NewReport]) -> None:
    told(student, text)
    assert student.status == 200

    student.tell().send()

    assert sent[0].answers["story_me"] == (text,)


@pytest.mark.parametrize("text", ["\r\n een", "</textarea><script>", "&amp; 😞", "_skipped"])
def test_words_stand_in_the_field_again_as_they_were(student: Student, text: str) -> None:
    told(student, text)

    student.press("change", "story_me")

    shown = student.text.split("<textarea", 1)[1].split(">\n", 1)[1].split("</textarea>", 1)[0]
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_one_character_too_many_is_refused_and_everything_stays_in_the_field(student: Student) -> None:
    text = "é" * (LONGEST + 1)

    told(student, text)

    assert (student.status, student.step) == (422, "story_me")
    assert text in student.text
    assert "te lang" in student.text
    assert text not in student.get(student.home).text


def test_a_megabyte_is_refused_with_a_way_on(student: Student) -> None:
    told(student, "a" * 1_000_000)

    assert student.status == 413
    assert way_on(student)
    assert student.get(student.home).step == "story_me"


UNREADABLE = {"a NUL": b"%00", "a lone surrogate": b"%ED%A0%80", "bytes that are not UTF-8": b"%FF%FE", "raw": b"\xff"}


@pytest.mark.parametrize("encoded", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_text_is_refused_and_not_stored(student: Student, encoded: bytes) -> None:
    student.until("story_me")
    body = urlencode(student.fields("story_me")).encode() + b"&answer=verhaal" + encoded

    answer = student.once("POST", student.home, body)

    assert answer.status_code == 400
    assert b"verhaal" not in answer.data
    assert student.get(student.home).step == "story_me"


def test_a_file_is_refused(student: Student) -> None:
    student.until("story_me")
    kind = "multipart/form-data; boundary=x"

    with student.app.app_context():
        answer = student.client.post(student.home, data=b"--x--", content_type=kind)

    assert answer.status_code == 415
    assert student.get(student.home).step == "story_me"


def test_an_answer_to_an_expired_talk_is_given_back(student: Student) -> None:
    student.until("story_me")
    with db.transaction() as session:
        services.leave(session, [token_of(student)], [])

    student.submit("story_me", STORY)

    assert student.status == 410
    assert STORY in student.text
    assert way_on(student)
    assert student.get(student.home).step == "begin"


def token_of(student: Student) -> str:
    with student.client.session_transaction() as cookie:
        return str(cookie["talks"][student.slug])


def test_a_talk_that_was_sent_and_expired_is_not_called_unsent(student: Student) -> None:
    student.tell().send()
    with db.transaction() as session:
        services.leave(session, [token_of(student)], [])

    student.submit("code", "fietsbel")

    assert student.status == 410
    assert "Dan is je verhaal wel verstuurd." in student.text
    assert "niets verstuurd" not in student.text


@pytest.mark.parametrize("token", ["", "not-a-token"])
def test_a_form_without_its_token_is_refused(student: Student, token: str) -> None:
    student.until("what")

    student.post(student.home, {"step": "what", "answer": "things", **({"csrf_token": token} if token else {})})

    assert student.status == 400
    assert "verouderd" in student.text
    assert way_on(student)
    assert student.get(student.home).step == "what"


def test_the_token_of_another_browser_is_refused(new_student: NewStudent) -> None:
    thief, student = new_student().until("what"), new_student().until("what")

    student.post(student.home, [*thief.fields("what"), ("answer", "things")])

    assert student.status == 400
    assert student.get(student.home).step == "what"


def test_without_cookies_the_begin_says_so(student: Student) -> None:
    student.client = student.app.test_client(use_cookies=False)

    student.get(student.home).submit("begin", "begin")

    assert student.status == 400
    assert "Zet cookies aan" in student.text
    assert way_on(student)


def test_a_link_that_somebody_passes_on_is_not_taken_for_cookies_off(new_student: NewStudent) -> None:
    sender, friend = new_student().begin(), new_student()

    friend.get(sender.url)

    assert (friend.status, friend.step) == (200, "begin")


def test_an_unknown_school_gets_a_page_with_the_schools_that_take_part(student: Student) -> None:
    for path in ("/geen-school", "/geen-school/begin", "/%C3%A9", "/wp-login.php"):
        assert student.get(path).status == 404
        assert "We kennen deze school niet" in student.text
        assert f'href="/{student.slug}"' in student.text


def test_a_post_to_an_unknown_school_is_not_found(student: Student) -> None:
    student.until("what")

    student.post("/geen-school", [*student.fields("what"), ("answer", "things")])

    assert student.status == 404


def close(installation: Installation) -> None:
    with db.transaction() as session:
        session.execute(update(School).where(School.id == installation.school.id).values(is_open=False))


def test_a_closed_school_shows_help_and_begins_nothing(student: Student, installation: Installation) -> None:
    close(installation)

    student.get(student.home)
    assert student.status == 200
    assert "data-service" in student.text
    student.post(f"{student.home}/begin", {"answer": "begin"})

    assert student.status == 409
    assert way_on(student)
    assert rows.tabs() == []


def test_a_school_that_closes_during_a_talk_gives_back_what_was_typed(
    student: Student, installation: Installation
) -> None:
    student.until("story_me")
    close(installation)

    student.submit("story_me", STORY)

    assert student.status == 409
    assert STORY in student.text


def test_a_school_that_closes_before_sending_gets_no_case(student: Student, installation: Installation) -> None:
    student.tell()
    close(installation)

    student.submit("review", "send")

    assert student.status == 409
    assert rows.case_count() == 0


def test_a_school_that_closes_takes_no_code_away(student: Student, installation: Installation) -> None:
    digits = student.tell().send()
    close(installation)

    assert student.get(student.home).digits == digits
    student.submit("code", digits[-4:])
    assert "Goed zo" in student.text
    student.press("finish")
    assert rows.tabs() == []


def test_reading_the_address_of_begin_leads_to_the_start(student: Student) -> None:
    student.get(f"{student.home}/begin")

    assert (student.redirects, student.step) == ([student.home], "begin")
    assert rows.tabs() == []


def test_begin_again_goes_on_with_the_talk_that_is_open(student: Student) -> None:
    student.until("what")

    student.post(f"{student.home}/begin", {"answer": "begin"})

    assert student.step == "what"
    assert len(rows.tabs()) == 1


@pytest.mark.parametrize(
    "headers", [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://elders.example"}, {"Origin": "null"}]
)
def test_another_site_cannot_begin_a_talk(student: Student, headers: dict[str, str]) -> None:
    answer = student.once("POST", f"{student.home}/begin", "answer=begin", **headers)

    assert answer.status_code == 403
    assert rows.tabs() == []
    assert "Set-Cookie" not in answer.headers


LOCKED = OperationalError("UPDATE", {}, Exception("database is locked"))
BUSY = {"locked": LOCKED, "no connection left": PoolTimeoutError("no connection")}


@contextmanager
def failing(module: object, name: str, error: Exception) -> Iterator[None]:
    def fail(*_args: object, **_named: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, fail)
        yield


@pytest.mark.parametrize("error", BUSY.values(), ids=BUSY.keys())
def test_a_busy_database_gives_back_what_was_typed(
    student: Student, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    student.until("story_me")

    with failing(services, "answer", error):
        student.submit("story_me", STORY)

    assert student.status == 503
    assert int(student.headers["Retry-After"]) > 0
    assert STORY in student.text
    assert way_on(student)
    assert type(error).__name__ in caplog.text
    assert STORY not in caplog.text
    assert student.get(student.home).step == "story_me"


def test_a_writer_who_holds_the_database_too_long_costs_nobody_his_words(
    student: Student, installation: Installation
) -> None:
    if db.current().engine.dialect.name != "sqlite":
        pytest.skip("only SQLite lets one writer shut out all others")
    student.until("story_me")

    with sqlite3.connect(db.current().engine.url.database or "", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        student.submit("story_me", STORY)
        other.execute("ROLLBACK")
    other.close()

    assert student.status == 503
    assert STORY in student.text
    assert student.get(student.home).step == "story_me"


def test_a_busy_database_gives_back_a_message_and_leads_to_the_conversation(student: Student) -> None:
    student.come_back(student.tell().send())

    with failing(visits, "write", LOCKED):
        student.write("Ben je er nog?")

    assert student.status == 503
    assert "Ben je er nog?" in student.text
    assert 'href="/code"' in student.text


def test_a_busy_database_never_repeats_a_code(student: Student) -> None:
    digits = student.tell().send()

    with failing(visits, "find_case", LOCKED):
        student.come_back(digits)

    assert student.status == 503
    assert digits not in student.text


def test_a_busy_database_while_reading_says_to_wait(student: Student) -> None:
    student.begin()

    with failing(views_talk, "resume", LOCKED):
        student.get(student.home)

    assert student.status == 503
    assert int(student.headers["Retry-After"]) > 0


ERRORS_OF_THE_WEB = {
    "other site": ("/de-meeuw-lyceum", "answer=", 403),
    "not found": ("/a/b/c", "answer=", 404),
    "too large": ("/de-meeuw-lyceum", "answer=" + "a" * 300_000, 413),
}


@pytest.mark.parametrize(("path", "body", "status"), ERRORS_OF_THE_WEB.values(), ids=ERRORS_OF_THE_WEB.keys())
def test_an_error_page_of_the_web_repeats_nothing(student: Student, path: str, body: str, status: int) -> None:
    student.until("story_me")
    headers = {"Sec_Fetch_Site": "cross-site"} if status == 403 else {}

    answer = student.once("POST", path, body + quote(STORY), **headers)

    assert answer.status_code == status
    assert STORY not in answer.get_data(as_text=True)


def test_an_unexpected_error_repeats_nothing_and_logs_no_words(
    student: Student, caplog: pytest.LogCaptureFixture
) -> None:
    student.until("story_me")

    with failing(services, "answer", ValueError(STORY)):
        student.submit("story_me", STORY)

    assert student.status == 500
    assert STORY not in student.text
    assert STORY not in caplog.text
    assert student.get(student.home).step == "story_me"


def test_words_that_came_without_their_cookie_are_shown_again(installation: Installation, student: Student) -> None:
    student.until("story_me")

    page = installation.app.test_client().post(student.home, data={"step": "story_me", "answer": STORY})

    assert page.status_code == 400
    assert STORY in page.text
