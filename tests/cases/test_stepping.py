"""Planning, asking, answering and doing a step, and the ledger, at the desk and in the student's conversation."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock, db
from app.cases import services
from app.cases.correspondence import read_conversation, withdraw, write
from app.cases.desk import hold
from app.cases.models import Case, CaseReader, CaseRecord
from app.cases.rules import CaseClosedError, CaseWithdrawnError
from app.cases.step_reading import steps_of
from app.cases.stepping import (
    NewStep,
    answer_consent,
    ask_step,
    drop_step,
    finish_step,
    override_step,
    plan_step,
)
from app.cases.steps import Step, StepBlockedError, StepFinishedError, UnknownStepError
from app.notifications.models import Outbox
from tests.cases.conftest import SignIn
from tests.cases.factories import desk_of, new_adviser, new_case, new_school
from tests.cases.test_reading import flipped

ABOUT = "Met de mentor praten, zonder jou te noemen."


class Room:
    """An adviser at his desk, a colleague who reads nothing, and one case."""

    def __init__(self, database: db.Database, sign_in: SignIn) -> None:
        self.database = database
        with database.writer.begin() as session:
            school = new_school(session)
            self.adviser = new_adviser(session, school)
            self.stranger = new_adviser(session, school, name="Wim Blok")
            self.opened = new_case(session, school, self.adviser)
            self.desk = desk_of(self.adviser, school)
        self.id, self.access = self.opened.case_id, self.opened.access
        self.client: FlaskClient = sign_in(self.adviser)
        self.outsider: FlaskClient = sign_in(self.stranger)
        self.url = f"/staff/cases/{self.id}"

    def plan(self, kind: str = "accused", *, asked: bool = False) -> str:
        with self.database.writer.begin() as session:
            step = plan_step(session, self.desk, self.id, NewStep(kind, ABOUT))
            if asked:
                ask_step(session, self.desk, self.id, step)
        return step

    def answer(self, step: str, *answers: str) -> None:
        with self.database.writer.begin() as session:
            for answer in answers:
                answer_consent(session, self.access, step, answer)

    def step(self, step_id: str) -> Step:
        with self.database.reader() as session:
            held = hold(session, self.desk, self.id)
            return next(each for each in steps_of(session, held.ref, held.dialog_key) if each.id == step_id)

    def row(self) -> Case:
        with self.database.reader() as session:
            return session.get_one(Case, self.id)


@pytest.fixture
def room(database: db.Database, sign_in: SignIn, desk_app: Flask) -> Iterator[Room]:
    with desk_app.test_request_context():
        yield Room(database, sign_in)


def test_asking_is_an_answer_and_waits_for_the_student(room: Room) -> None:
    room.plan(asked=True)

    row = room.row()
    assert (row.awaits_consent, row.awaits_answer, row.status) == (True, False, "handled")


def test_asking_twice_puts_one_question(room: Room) -> None:
    step = room.plan(asked=True)
    with room.database.writer.begin() as session:
        ask_step(session, room.desk, room.id, step)

    assert room.row().last_seq == 1


def test_an_answer_is_news_by_mail_and_the_same_answer_twice_is_one(room: Room) -> None:
    step = room.plan(asked=True)

    room.answer(step, "yes", "yes")

    row = room.row()
    assert (row.awaits_consent, row.last_seq, row.last_student_seq) == (False, 2, 2)
    with room.database.reader() as session:
        assert session.query(Outbox).count() >= 1


def test_a_yes_can_become_a_not_yet_until_it_is_done(room: Room) -> None:
    step = room.plan(asked=True)
    room.answer(step, "yes", "not_yet")
    with room.database.writer.begin() as session, pytest.raises(StepBlockedError):
        finish_step(session, room.desk, room.id, step)

    room.answer(step, "yes")
    with room.database.writer.begin() as session:
        finish_step(session, room.desk, room.id, step)

    assert (room.step(step).state, room.step(step).ground) == ("done", "consent")
    with pytest.raises(StepFinishedError):
        room.answer(step, "not_yet")


def test_a_duty_goes_first_only_after_the_student_was_told(room: Room) -> None:
    step = room.plan("police", asked=True)
    room.answer(step, "not_yet")
    with room.database.writer.begin() as session:
        override_step(session, room.desk, room.id, step, ("danger_now", "Ik vraag nu om hulp."))
        finish_step(session, room.desk, room.id, step)

    with room.database.reader() as session:
        conversation = read_conversation(session, room.access)
    assert conversation.messages[-1].text == "Ik vraag nu om hulp."
    assert room.step(step).ground == "duty:danger_now"


def test_a_dropped_step_is_not_asked_about_any_more(room: Room) -> None:
    step = room.plan(asked=True)
    with room.database.writer.begin() as session:
        drop_step(session, room.desk, room.id, step)

    assert not room.row().awaits_consent
    with pytest.raises(StepFinishedError):
        room.answer(step, "yes")


def test_one_answer_leaves_the_other_question_waiting(room: Room) -> None:
    first, _second = room.plan(asked=True), room.plan("parents", asked=True)

    room.answer(first, "yes")

    assert room.row().awaits_consent


def test_a_message_while_he_answers_disturbs_neither(room: Room) -> None:
    step = room.plan(asked=True)
    with room.database.writer.begin() as session:
        write(session, room.access, "Nog iets.")
        services.reply(session, room.desk, room.id, "Ik lees het.")
    room.answer(step, "only_general")

    assert room.step(step).state == "only_general"
    assert room.row().last_seq == 4


def test_unknown_steps_and_answers_are_refused(room: Room) -> None:
    step, unasked = room.plan(asked=True), room.plan()
    for step_id, answer in ((step, "perhaps"), ("nothing", "yes"), (unasked, "yes")):
        with pytest.raises(UnknownStepError):
            room.answer(step_id, answer)
    with room.database.writer.begin() as session, pytest.raises(UnknownStepError):
        plan_step(session, room.desk, room.id, NewStep("pigeon", ABOUT))


def test_a_withdrawn_case_takes_no_answer_and_a_closed_one_no_question(room: Room) -> None:
    asked, planned = room.plan(asked=True), room.plan()
    with room.database.writer.begin() as session:
        services.close_case(session, room.desk, room.id, "Klaar.")
        with pytest.raises(CaseClosedError):
            ask_step(session, room.desk, room.id, planned)
        withdraw(session, room.access)
    with pytest.raises(CaseWithdrawnError):
        room.answer(asked, "yes")
    assert room.client.get(f"{room.url}/steps").status_code == 404


def test_an_answer_opens_a_closed_case(room: Room) -> None:
    step = room.plan(asked=True)
    with room.database.writer.begin() as session:
        services.close_case(session, room.desk, room.id, "Klaar.")

    room.answer(step, "yes")

    assert room.row().status == "read"


def test_a_damaged_entry_hides_no_other(room: Room) -> None:
    gone, kept = room.plan(), room.plan("watch")
    with room.database.writer.begin() as session:
        row = session.query(CaseRecord).order_by(CaseRecord.seq).first()
        assert row
        row.blob = flipped(row.blob)

    with room.database.reader() as session:
        held = hold(session, room.desk, room.id)
        assert [step.id for step in steps_of(session, held.ref, held.dialog_key)] == [kept] != [gone]


def test_the_steps_page_walks_from_plan_to_done(room: Room) -> None:
    assert room.client.post(f"{room.url}/steps", data={"kind": "accused", "about": ""}).status_code == 422
    assert room.client.post(f"{room.url}/steps", data={"kind": "accused", "about": ABOUT}).status_code == 303
    page = room.client.get(f"{room.url}/steps").text
    step = re.findall(r'data-step-id="(\w+)"', page)[0]
    assert ABOUT in page
    assert f"/steps/{step}/done" not in page
    blocked = room.client.post(f"{room.url}/steps/{step}/done")
    assert (blocked.status_code, "wacht op een ja" in blocked.text) == (409, True)

    assert room.client.post(f"{room.url}/steps/{step}/ask").status_code == 303
    room.answer(step, "yes")
    assert "Antwoord van de leerling: ja, dat mag." in room.client.get(room.url).text
    done = room.client.post(f"{room.url}/steps/{step}/done")

    assert done.location.endswith(f"/ledger?step={step}")
    assert ABOUT in room.client.get(done.location).text
    again = room.client.post(f"{room.url}/steps/{step}/drop")
    assert (again.status_code, "al gedaan" in again.text) == (409, True)


def test_the_law_goes_first_by_the_page_too(room: Room) -> None:
    step = room.plan("police")
    url = f"{room.url}/steps/{step}/override"

    assert room.client.post(url, data={"duty": "home_internal", "told": ""}).status_code == 422
    assert room.client.post(url, data={"duty": "complaint", "told": "Dit moet."}).status_code == 422
    assert room.client.post(url, data={"duty": "no_such", "told": "Dit moet."}).status_code == 422


def test_kind_pages_for_what_cannot_be(room: Room) -> None:
    step = room.plan()
    assert room.client.post(f"{room.url}/steps/nothing/ask").status_code == 409
    with room.database.writer.begin() as session:
        services.close_case(session, room.desk, room.id, "Klaar.")
    closed = room.client.post(f"{room.url}/steps/{step}/ask")
    assert (closed.status_code, "afgesloten" in closed.text) == (409, True)


@pytest.mark.parametrize("path", ["steps", "ledger", "duties", "steps/x/ask", "steps/x/done", "ledger/strike"])
def test_nobody_else_can_tell_whether_the_case_exists(room: Room, path: str) -> None:
    room.plan(asked=True)
    elsewhere = room.url.replace(room.id, "0" * 32)

    for ask in (room.outsider.get, room.outsider.post):
        mine, other = ask(f"{room.url}/{path}"), ask(f"{elsewhere}/{path}")
        assert (mine.status_code, mine.data.replace(room.id.encode(), b"0" * 32)) == (other.status_code, other.data)


def entry(**changes: str) -> dict[str, str]:
    today = clock.today().isoformat()
    said = {"fact": "", "words": ABOUT, "role": "staff", "to": "de mentor", "day": today, "ground": "general"}
    return {**said, **changes}


def test_the_ledger_takes_a_fact_of_the_report_or_own_words(room: Room) -> None:
    assert room.client.post(f"{room.url}/ledger", data=entry()).status_code == 303
    assert room.client.post(f"{room.url}/ledger", data=entry(fact="what", words="")).status_code == 303

    page = room.client.get(f"{room.url}/ledger").text
    assert page.count("data-entry") == 2


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"role": "pope"}, {"day": "soon"}, {"fact": "nothing"}, {"ground": ""}]
)
def test_an_entry_that_says_nothing_is_refused(room: Room, wrong: dict[str, str]) -> None:
    assert room.client.post(f"{room.url}/ledger", data=entry(**wrong)).status_code == 422


def test_a_day_that_has_not_come_is_refused(room: Room) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()

    refused = room.client.post(f"{room.url}/ledger", data=entry(day=tomorrow))

    assert (refused.status_code, "moet nog komen" in refused.text, ABOUT in refused.text) == (422, True, True)


def test_a_wrong_entry_is_struck_with_a_reason_and_stays(room: Room) -> None:
    room.client.post(f"{room.url}/ledger", data=entry())
    strike = f"{room.url}/ledger/strike"

    assert room.client.post(strike, data={"entry": "1", "reason": ""}).status_code == 422
    assert room.client.post(strike, data={"entry": "1", "reason": "Verkeerde dag."}).status_code == 303
    assert room.client.post(strike, data={"entry": "1", "reason": "Nog eens."}).status_code == 409
    assert room.client.post(strike, data={"entry": "x", "reason": "Nog eens."}).status_code == 409

    page = room.client.get(f"{room.url}/ledger").text
    assert ("Verkeerde dag." in page, ABOUT in page) == (True, True)


def test_who_knew_this_names_whom_it_was_told_and_who_reads_the_case(room: Room) -> None:
    room.client.get(room.url)
    room.client.post(f"{room.url}/ledger", data=entry())
    room.client.post(f"{room.url}/ledger", data=entry(fact="what", words="Ook dat.", to="de conciërge"))

    by_word = room.client.post(f"{room.url}/ledger/who", data={"sought": "", "sought_words": "MENTOR"}).text
    by_fact = room.client.post(f"{room.url}/ledger/who", data={"sought": "what", "sought_words": ""}).text
    nothing = room.client.post(f"{room.url}/ledger/who", data={"sought": "", "sought_words": ""}).text

    answers = [page.split("data-who-knew")[1] for page in (by_word, by_fact, nothing)]
    assert ["de mentor" in each for each in answers] == [True, False, False]
    assert ["conciërge" in each for each in answers] == [False, True, False]
    assert all("Noor de Wit" in each and "sinds" in each for each in answers)


def test_a_struck_entry_told_nobody_anything(room: Room) -> None:
    room.client.post(f"{room.url}/ledger", data=entry())
    room.client.post(f"{room.url}/ledger/strike", data={"entry": "1", "reason": "Niet gebeurd."})

    page = room.client.post(f"{room.url}/ledger/who", data={"sought": "", "sought_words": "mentor"}).text

    assert "de mentor" not in page.split("data-who-knew")[1]


def test_an_entry_after_a_step_names_its_ground(room: Room) -> None:
    step = room.plan("police")
    with room.database.writer.begin() as session:
        override_step(session, room.desk, room.id, step, ("danger_now", "Ik vraag hulp."))
        finish_step(session, room.desk, room.id, step)

    room.client.post(f"{room.url}/ledger", data=entry(step=step, ground="duty", role="police"))

    assert "de wet: Iemand is nu in gevaar" in room.client.get(f"{room.url}/ledger").text


def test_damaged_notes_keep_what_was_typed(room: Room) -> None:
    with room.database.writer.begin() as session:
        row = session.get_one(CaseReader, (room.id, room.adviser.person_id))
        row.notes_wrap = flipped(row.notes_wrap)

    refused = room.client.post(f"{room.url}/ledger", data=entry())

    assert (refused.status_code, ABOUT in refused.text) == (409, True)
    assert room.client.post(f"{room.url}/ledger/strike", data={"entry": "1", "reason": "Nee."}).status_code == 409


def test_a_damaged_conversation_is_told_and_keeps_what_was_typed(room: Room) -> None:
    step = room.plan()
    with room.database.writer.begin() as session:
        row = session.get_one(CaseReader, (room.id, room.adviser.person_id))
        row.dialog_wrap = flipped(row.dialog_wrap)

    refused = room.client.post(f"{room.url}/steps", data={"kind": "watch", "about": ABOUT})

    assert (refused.status_code, ABOUT in refused.text) == (409, True)
    assert room.client.post(f"{room.url}/steps/{step}/ask").status_code == 409


def test_the_compass_says_what_it_is_and_follows_what_the_adviser_knows(room: Room) -> None:
    page = room.client.get(f"{room.url}/duties").text
    assert "Nog geen jurist heeft ze gelezen" in page
    assert 'data-duty="bullying" data-certain' in page
    assert 'data-duty="danger_now"' not in page

    changed = room.client.get(f"{room.url}/duties?danger=yes&bullying=no&home=perhaps").text

    assert 'data-duty="danger_now" data-certain' in changed
    assert 'data-duty="bullying"' not in changed


def test_a_duty_puts_its_sentence_into_the_answer(room: Room) -> None:
    assert "Daarom vraag ik om hulp." in room.client.get(f"{room.url}?say=danger_now").text
    assert room.client.get(f"{room.url}?say=nothing").status_code == 200
