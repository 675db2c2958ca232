"""Other ways in, through the pages: what an adviser wrote down, the printed code, and practice that touches nothing."""

import re
from contextvars import Context
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import MetaData, func, select
from werkzeug.test import TestResponse

from app import clock, db
from app.accounts.access import TOKEN
from app.accounts.proving import Proof
from app.accounts.sessions import begin_session
from app.cases import telling, training
from app.cases.models import Case, CaseReader
from app.intake import new_code as taking
from app.notifications.jobs import jobs_of
from app.schools.models import School
from app.schools.queries import all_schools, open_schools, school_by_slug
from app.vault.errors import BusyError
from tests.installations import Installation
from tests.intake.adviser import adviser_of, sent_case
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Ze duwen hem elke dag, zei hij op de gang."
COUNTED = ("outbox", "promise_tally", "deed", "membership", "person", "place", "holiday", "mail_state")
SEED = re.compile(r'name="seed"[^>]*value="([^"]+)"')
CASES = re.compile(r'data-case="(\w+)"')
DIGITS = re.compile(r'data-code-digits="(\d+)"')
TOKENS = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
BUSY = BusyError(7)


class Desk:
    """The internal adviser at a browser of his own, whose every request is one of its own."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.desk = adviser_of(installation).desk
        self.client: FlaskClient = installation.app.test_client()
        with db.transaction() as session:
            token = begin_session(session, Proof(self.desk.person_id, self.desk.pair, None))
        with self.client.session_transaction("/staff/") as cookie:
            cookie[TOKEN] = token

    def get(self, path: str) -> TestResponse:
        return Context().run(self.client.get, path)

    def post(self, path: str, **fields: Any) -> TestResponse:
        token = TOKENS.search(self.get("/staff/account").text)
        assert token
        return Context().run(self.client.post, path, data={"csrf_token": token[1], **fields})

    def fields(self, **changes: Any) -> dict[str, Any]:
        """What stands in the form of what was told, filled in."""
        seed = SEED.search(self.get("/staff/cases/new").text)
        assert seed
        filled = {"seed": seed[1], "school": self.installation.school.id, "story": STORY}
        return {**filled, "about": "mean", "danger": "not_now", **changes}

    def tell(self, **changes: Any) -> str:
        """Write down what was told and return the digits of the printed code."""
        answer = self.post("/staff/cases/new", **self.fields(**changes))
        digits = DIGITS.search(answer.text)
        assert digits, answer.text
        return digits[1]

    def queue(self) -> list[str]:
        return CASES.findall(self.get("/staff/cases").text)


@pytest.fixture
def desk(installation: Installation) -> Desk:
    return Desk(installation)


def readers(session: Any) -> set[str]:
    return set(session.scalars(select(CaseReader.person_id)))


def take_new_code(student: Student) -> str:
    """Take the code that is offered; return its digits."""
    student.post("/code", {**student.form_with("text").hidden, "do": "new_code"})
    digits = student.digits
    type_word(student, digits[-4:])
    return digits


def type_word(student: Student, word: str) -> None:
    student.post("/code", {**student.form_with("word").hidden, "do": "take_code", "word": word})


def test_what_was_told_becomes_a_case_that_the_printed_code_opens(desk: Desk, student: Student) -> None:
    digits = desk.tell()

    student.come_back(digits)

    assert STORY in student.text
    assert "Jouw code stond op papier" in student.text
    (case_id,) = desk.queue()
    assert STORY in desk.get(f"/staff/cases/{case_id}").text


def test_what_was_told_is_stored_once_and_shows_the_same_code(desk: Desk) -> None:
    fields = desk.fields()

    first, second = (DIGITS.search(desk.post("/staff/cases/new", **fields).text) for _ in range(2))

    assert first
    assert second
    assert first[1] == second[1]
    assert len(desk.queue()) == 1


def test_a_colleague_whom_it_is_about_gets_no_key_and_no_mail(desk: Desk, installation: Installation) -> None:
    desk.tell(without=installation.external.id)

    with db.reading() as session:
        assert readers(session) == {installation.internal.id}
        outbox = MetaData()
        outbox.reflect(db.current().engine, only=["outbox"])
        payloads = session.execute(select(outbox.tables["outbox"].c.payload)).scalars().all()
    assert all(installation.external.id not in payload for payload in payloads)


def test_without_an_answer_nothing_is_stored_and_the_text_stays(desk: Desk) -> None:
    answer = desk.post("/staff/cases/new", **desk.fields(danger=""))

    assert (answer.status_code, STORY in answer.text) == (422, True)
    assert desk.queue() == []


def test_a_school_that_is_not_his_or_a_stranger_is_not_found(desk: Desk) -> None:
    assert desk.post("/staff/cases/new", **desk.fields(school="0" * 32)).status_code == 404
    assert desk.post("/staff/cases/new", **desk.fields(without="0" * 32)).status_code == 404
    assert desk.get("/staff/cases/new?school=elsewhere").status_code == 404


def test_when_it_is_too_busy_for_a_code_the_text_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = desk.fields()
    monkeypatch.setattr(telling, "derive", _busy)

    answer = desk.post("/staff/cases/new", **fields)

    assert (answer.status_code, answer.headers["Retry-After"], STORY in answer.text) == (503, "7", True)


def _busy(*_: object) -> None:
    raise BUSY


def test_a_new_code_opens_everything_and_the_old_one_nothing(
    desk: Desk, student: Student, new_student: NewStudent
) -> None:
    old = desk.tell()
    student.come_back(old)

    new = take_new_code(student)

    assert "Je nieuwe code werkt" in student.text
    assert "stond op papier" not in student.text
    assert STORY not in new_student().come_back(old).text
    assert STORY in new_student().come_back(new).text


def test_who_still_looks_on_with_the_old_code_is_put_out(desk: Desk, student: Student, new_student: NewStudent) -> None:
    old = desk.tell()
    onlooker = new_student().come_back(old)

    take_new_code(student.come_back(old))

    assert STORY not in onlooker.get("/code").text


def test_the_old_code_works_until_a_word_of_the_new_one_is_typed(
    desk: Desk, student: Student, new_student: NewStudent
) -> None:
    old = desk.tell()
    student.come_back(old)

    student.post("/code", {**student.form_with("text").hidden, "do": "new_code"})
    type_word(student, "verkeerd")

    assert student.status == 422
    assert STORY in new_student().come_back(old).text
    assert STORY in student.press("keep_code").text


def test_when_it_is_too_busy_the_old_code_stays(desk: Desk, student: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    student.come_back(desk.tell())
    monkeypatch.setattr(taking, "derive", _busy)

    take_new_code(student)

    assert (student.status, "oude code werkt nog" in student.text) == (503, True)


def test_practice_has_its_own_cases_whose_students_answer(desk: Desk, installation: Installation) -> None:
    sent_case(installation, STORY)
    real = desk.queue()

    desk.post("/staff/training")
    practised = desk.queue()
    case_id = _case_of(installation, "bullying")
    desk.post(f"/staff/cases/{case_id}/reply", **_reply(desk, case_id))

    assert set(real).isdisjoint(practised)
    assert case_id in practised
    assert "Je oefent." in desk.get("/staff/cases").text
    assert "Het zijn er drie uit mijn klas." in desk.get(f"/staff/cases/{case_id}").text
    assert desk.get(f"/staff/cases/{real[0]}").status_code == 404
    desk.post("/staff/training/stop")
    assert desk.queue() == real
    assert desk.get(f"/staff/cases/{case_id}").status_code == 404


def _case_of(installation: Installation, script: str) -> str:
    with db.reading() as session:
        found = session.scalar(select(Case.id).where(Case.submit_id == script.encode()))
    assert found
    return found


def _reply(desk: Desk, case_id: str) -> dict[str, str]:
    page = desk.get(f"/staff/cases/{case_id}").text
    form = next(part for part in page.split("<form") if f"{case_id}/reply" in part)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    hidden.pop("csrf_token", None)
    return {**hidden, "text": "Goed dat je dit vertelt. Weet je wie het zijn?"}


def _everything(installation: Installation) -> dict[str, Any]:
    """What stands in every table that counts or sends, and what every list of schools says."""
    tables = MetaData()
    tables.reflect(db.current().engine, only=COUNTED)
    with db.reading() as session:
        rows = {name: sorted(map(repr, session.execute(select(tables.tables[name])).all())) for name in COUNTED}
        schools = (all_schools(session), open_schools(session))
    home = Context().run(installation.app.test_client().get, "/").text
    return {**rows, "schools": schools, "home": TOKENS.sub("", home)}


def test_a_whole_practice_leaves_every_count_list_and_mail_as_it_was(desk: Desk, installation: Installation) -> None:
    before = _everything(installation)

    desk.post("/staff/training")
    case_id = _case_of(installation, "threat_online")
    desk.post(f"/staff/cases/{case_id}/reply", **_reply(desk, case_id))
    desk.get(f"/staff/cases/{case_id}")
    with clock.at(clock.now() + timedelta(days=8)):
        for task in ("late answers", "reminders"):
            with db.transaction() as session:
                jobs_of(installation.app).periodic[task].function(session)

    assert _everything(installation) == before
    with db.reading() as session:
        slug = session.scalar(select(School.slug).where(School.trainee_id.is_not(None)))
        assert slug
        assert school_by_slug(session, slug) is None
    desk.post("/staff/training/stop")
    assert _everything(installation) == before


def test_practice_that_nobody_stops_is_gone_after_two_weeks(desk: Desk) -> None:
    desk.post("/staff/training")

    for days, left in ((14, True), (15, False)):
        with clock.at(clock.now() + timedelta(days=days)), db.transaction() as session:
            training.wipe_left_over(session)
        with db.reading() as session:
            assert bool(session.scalar(select(func.count()).select_from(Case))) is left


def test_who_practises_cannot_write_down_what_was_told(desk: Desk) -> None:
    fields = desk.fields()
    desk.post("/staff/training")

    assert desk.get("/staff/cases/new").location == "/staff/training"
    assert desk.post("/staff/cases/new", **fields).location == "/staff/training"
