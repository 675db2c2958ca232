"""Sending: one transaction, and one case however often, from wherever and in whatever order it is asked."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from app import db
from app.accounts.models import Membership, Person
from app.intake import code_keys, running, sending
from app.intake.sending import NewReport
from app.vault import kdf
from app.vault.codes import new_code
from app.vault.errors import BusyError
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Fields, Student

STORY = "Ze lachen me elke dag uit in de pauze."


def review_fields(student: Student) -> Fields:
    return [*student.fields("review"), ("answer", "send")]


def test_a_double_tap_makes_one_case_and_shows_one_code(student: Student) -> None:
    student.tell()
    fields = review_fields(student)

    codes = [student.post(student.home, fields).page.codes["data-code-digits"] for _ in range(2)]

    assert codes[0] == codes[1]
    assert (rows.case_count(), rows.waiting_mails()) == (1, 2)


def test_fifty_posts_at_once_from_one_browser_make_one_case(student: Student) -> None:
    student.tell()
    body = urlencode(review_fields(student))
    cookie = "; ".join(f"{cookie.key}={cookie.value}" for cookie in student.client._cookies.values())

    def tap(_number: int) -> int:
        client = student.app.test_client(use_cookies=False)
        kind = "application/x-www-form-urlencoded"
        return client.post(student.home, data=body, content_type=kind, headers={"Cookie": cookie}).status_code

    with ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(tap, range(50)))

    assert set(statuses) <= {303, 503}
    assert 303 in statuses
    assert (rows.case_count(), rows.waiting_mails()) == (1, 2)
    first = student.get(student.home).digits
    assert student.post(student.home, review_fields_again(student, body)).digits == first


def review_fields_again(student: Student, body: str) -> Fields:
    pairs = [pair.split("=", 1) for pair in body.split("&")]
    return [(name, value) for name, value in pairs]


def test_the_code_that_is_shown_opens_the_case_that_was_sent(student: Student) -> None:
    digits = student.tell(story_me=STORY).send()

    student.come_back(digits)

    assert (student.status, student.url.endswith("/code")) == (200, True)
    assert STORY in student.text


def test_a_lost_response_is_asked_again_and_finds_the_same_code(student: Student) -> None:
    student.tell()
    fields = review_fields(student)
    lost = student.once("POST", student.home, urlencode(fields))
    assert lost.status_code == 303

    first = student.post(student.home, fields).digits

    assert student.get(student.home).digits == first
    assert rows.case_count() == 1


def test_back_after_sending_shows_the_code_again(student: Student) -> None:
    digits = student.tell().send()

    assert student.get(student.home).digits == digits


def test_an_answer_from_another_tab_after_sending_is_given_back_not_lost(student: Student) -> None:
    student.until("story_me")
    stale = student.fields("story_me")
    digits = student.tell().send()

    student.post(student.home, [*stale, ("answer", "Nog één ding.")])

    assert student.status == 409
    assert "Nog één ding." in student.text
    assert "Je verhaal was al verstuurd" in student.text
    assert student.get(student.home).digits == digits
    assert rows.case_count() == 1


@pytest.mark.parametrize("do", ["back", "change"])
def test_going_back_from_another_tab_after_sending_shows_the_code(student: Student, do: str) -> None:
    student.until("you")
    form = next(form for form in student.page.forms if ("do", do) in form.buttons)
    digits = student.tell().send()

    student.post(student.home, [*form.hidden.items(), ("do", do)])

    assert (student.status, student.digits) == (200, digits)


def test_a_stale_form_for_an_earlier_question_only_answers_that_question(student: Student) -> None:
    student.until("what", {"story_me": STORY})
    stale = student.fields("what")
    student.tell()

    student.post(student.home, [*stale, ("answer", "things")])

    assert student.step == "kind_things"
    assert STORY in student.text


def test_sending_with_a_question_open_again_leads_to_that_question(student: Student) -> None:
    student.tell()
    fields = review_fields(student)
    student.press("change", "who").submit("who", "staff")
    assert student.step == "conflict"

    student.post(student.home, fields)

    assert (student.status, student.step) == (200, "conflict")
    assert rows.case_count() == 0


def test_a_page_that_showed_other_readers_does_not_send(student: Student, installation: Installation) -> None:
    student.tell()
    shown_before = review_fields(student)
    student.strike(installation.internal.id)

    student.post(student.home, shown_before)

    assert (student.status, student.step) == (409, "review")
    assert rows.case_count() == 0
    student.send()
    assert rows.reader_ids() == {installation.external.id}


def test_a_reader_who_went_away_meanwhile_is_not_replaced_unseen(student: Student, installation: Installation) -> None:
    student.tell(who="staff", conflict="_nobody")
    with db.transaction() as session:
        session.execute(update(Person).where(Person.id == installation.external.id).values(is_disabled=True))

    student.submit("review", "send")

    assert (student.status, student.step) == (409, "review")
    assert "leest het nu niet" in student.text
    assert installation.internal.name in student.text
    assert rows.case_count() == 0


def test_a_school_without_an_external_adviser_says_truly_why_another_reads_it(
    student: Student, installation: Installation
) -> None:
    with db.transaction() as session:
        own = update(Membership).where(Membership.person_id == installation.external.id)
        session.execute(own.values(kind="internal"))

    student.tell(who="staff", conflict="_nobody")

    assert "Wie dit eerst zou lezen, leest het nu niet." in student.text


@contextmanager
def failing_stretch(error: Exception) -> Iterator[None]:
    def fail(_secret: bytes, _salt: bytes, _length: int) -> bytes:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "stretch", fail)
        yield


def test_a_tap_that_waited_in_vain_while_the_other_was_sent_shows_the_code(student: Student) -> None:
    student.tell()
    fields = review_fields(student)
    real = code_keys.derive

    def first_somebody_else(*given: object) -> object:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(code_keys, "derive", real)
            assert student.once("POST", student.home, urlencode(fields)).status_code == 303
        raise BusyError(3)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code_keys, "derive", first_somebody_else)
        student.post(student.home, fields)

    assert (student.status, student.redirects) == (200, [student.home])
    assert student.digits
    assert rows.case_count() == 1


def test_an_error_while_storing_leaves_no_half_case_and_keeps_the_draft(student: Student) -> None:
    student.tell(story_me=STORY)
    failed = _failing_once(sending, "fitting_cards", RuntimeError("no"))

    with failed:
        assert student.once("POST", student.home, urlencode(review_fields(student))).status_code == 500

    assert (rows.case_count(), rows.message_count(), rows.waiting_mails()) == (0, 0, 0)
    assert STORY in student.get(student.home).text
    assert student.send()


@contextmanager
def _failing_once(module: object, name: str, error: Exception) -> Iterator[None]:
    def fail(*_args: object, **_named: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, fail)
        yield


def test_two_talks_with_one_code_get_two_codes(new_student: NewStudent, monkeypatch: pytest.MonkeyPatch) -> None:
    same = new_code()
    monkeypatch.setattr(running, "new_code", _first(same, then=new_code))
    one, other = new_student(), new_student()
    one.tell(story_me="Het verhaal van de een.")
    monkeypatch.setattr(running, "new_code", _first(same, then=new_code))
    other.tell(story_me="Het verhaal van de ander.")

    codes = one.send(), other.send()

    assert codes[0] == same.digits.replace(" ", "")
    assert codes[0] != codes[1]
    assert rows.case_count() == 2
    assert "Het verhaal van de ander." in other.come_back(codes[1]).text


def _first(code: object, then: Callable[[], object]) -> Callable[[], object]:
    left = [code]
    return lambda: left.pop() if left else then()


def test_keys_of_a_code_that_was_replaced_meanwhile_are_not_used(
    student: Student, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    student.tell()
    real, raced = code_keys.derive, []

    def replaced_meanwhile(*given: object) -> object:
        keys = real(*given)  # type: ignore[arg-type]
        if not raced:
            raced.append(True)
            with student.client.session_transaction() as cookie:
                token = cookie["talks"][student.slug]
            with db.reading() as session:
                held = running.resume(session, token, installation.school.id)
            code_keys._renew(token, held.talk)
        return keys

    monkeypatch.setattr(code_keys, "derive", replaced_meanwhile)
    digits = student.send()

    assert student.come_back(digits).url.endswith("/code")
    assert student.status == 200


def test_what_is_sent_holds_what_is_on_the_path_and_nothing_else(student: Student, sent: list[NewReport]) -> None:
    student.tell(who="staff", conflict="_nobody", often="once")
    student.press("change", "who").submit("who", "student").submit("often", "once")

    student.send()

    assert "conflict" not in sent[0].answers
    assert sent[0].answers["who"] == ("student",)


def test_a_case_holds_no_trace_of_the_draft_that_it_came_from(student: Student) -> None:
    student.tell()
    tokens = [tab.token_id for tab in rows.tabs()]
    student.send()

    case = rows.case()
    assert case.submit_id not in tokens
    assert case.lookup not in tokens
