"""What happens when the student writes, closes or withdraws while an adviser writes."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app import clock, db
from app.cases import services
from app.cases.correspondence import read_conversation, withdraw, write
from app.cases.models import Case, Message
from app.cases.viewing import NEWEST
from tests.cases.conftest import SignIn
from tests.cases.factories import desk_of, new_adviser, new_case, new_school
from tests.cases.test_reading import flipped

SEEN = re.compile(r'name="seen" value="(-?\d+)"')

ADDRESS = re.compile(r"/staff/cases/[0-9a-f]{32}/\w+")


class Desk:
    """An adviser who is signed in, a colleague who is not a reader, and one case."""

    def __init__(self, database: db.Database, sign_in: SignIn) -> None:
        self.database, self.sign_in = database, sign_in
        with database.writer.begin() as session:
            school = new_school(session)
            self.adviser = new_adviser(session, school)
            self.stranger = new_adviser(session, school, name="Wim Blok")
            self.opened = new_case(session, school, self.adviser)
            self.desk = desk_of(self.adviser, school)
        self.client: FlaskClient = sign_in(self.adviser)
        self.url = f"/staff/cases/{self.opened.case_id}"

    def seen_on(self, page: str = "") -> str:
        found = SEEN.search(self.client.get(f"{self.url}{page}").text)
        assert found
        return found[1]

    def student_writes(self, *texts: str) -> None:
        with self.database.writer.begin() as session:
            for text in texts:
                write(session, self.opened.access, text)

    def messages(self) -> list[str]:
        with self.database.reader() as session:
            return [message.text for message in read_conversation(session, self.opened.access).messages]

    def row(self) -> Case:
        with self.database.reader() as session:
            return session.get_one(Case, self.opened.case_id)


@pytest.fixture
def desk(database: db.Database, sign_in: SignIn) -> Desk:
    return Desk(database, sign_in)


def test_an_answer_to_an_older_page_waits_until_the_new_message_is_read(desk: Desk) -> None:
    seen = desk.seen_on()
    desk.student_writes("Wacht, er is nog iets.")

    answer = desk.client.post(f"{desk.url}/reply", data={"text": "Mijn antwoord", "seen": seen})

    assert answer.status_code == 409
    assert "Wacht, er is nog iets." in answer.text
    assert "Mijn antwoord" in answer.text
    assert "Er is nog niets verstuurd" in answer.text
    assert desk.messages() == ["Wacht, er is nog iets."]
    again = {"text": "Mijn antwoord", "seen": SEEN.findall(answer.text)[0]}
    assert desk.client.post(f"{desk.url}/reply", data=again).status_code == 303
    assert desk.messages()[-1] == "Mijn antwoord"


def test_the_same_answer_is_not_sent_twice(desk: Desk) -> None:
    data = {"text": "Eén keer", "seen": desk.seen_on()}

    codes = [desk.client.post(f"{desk.url}/reply", data=data).status_code for _ in range(2)]

    assert codes == [303, 409]
    assert desk.messages() == ["Eén keer"]


def test_a_message_that_comes_while_sentences_are_picked_is_announced(desk: Desk) -> None:
    seen = desk.seen_on()
    desk.student_writes("Nog iets.")

    page = desk.client.post(f"{desk.url}/reply", data={"do": "add:contact.read", "seen": seen, "text": ""}).text

    assert "kwam er een bericht bij" in page
    assert "Nog iets." in page


def test_a_student_who_writes_while_an_adviser_closes_keeps_the_case_open(desk: Desk) -> None:
    desk.client.get(desk.url)
    seen = desk.seen_on("/close")
    desk.student_writes("Het is weer gebeurd.")

    answer = desk.client.post(f"{desk.url}/close", data={"outcome": "Klaar.", "seen": seen})

    assert answer.status_code == 409
    assert "Het is weer gebeurd." in answer.text
    assert "Klaar." in answer.text
    assert desk.row().status != "closed"
    assert desk.messages() == ["Het is weer gebeurd."]


def test_the_closing_page_shows_what_nobody_has_read_and_when_all_is_deleted(desk: Desk) -> None:
    desk.client.get(desk.url)
    desk.student_writes("Lees dit nog.")

    page = desk.client.get(f"{desk.url}/close").text

    assert "Lees dit nog." in page
    assert "Dit las je nog niet." in page
    assert str((clock.today() + timedelta(weeks=6)).year) in page
    assert 'value="add:closing.talked_with"' in page
    assert 'value="add:contact.read"' not in page


def test_closing_keeps_the_day_and_reopening_forgets_it(desk: Desk) -> None:
    desk.client.post(f"{desk.url}/close", data={"outcome": "Er is gepraat.", "seen": desk.seen_on("/close")})
    assert desk.row().closed_on == clock.today()

    desk.client.post(f"{desk.url}/reopen")

    assert desk.row().closed_on is None


def test_a_student_who_writes_after_closing_opens_it_again(desk: Desk) -> None:
    desk.client.post(f"{desk.url}/close", data={"outcome": "Er is gepraat."})
    desk.student_writes("Toch nog iets.")
    assert (desk.row().status, desk.row().closed_on) == ("read", None)


def test_a_case_closes_with_sentences_alone(desk: Desk) -> None:
    data = {"outcome": "", "card-0": "closing.talked_with", "blank-0-talked": "class", "card-1": "closing.thanks"}

    assert desk.client.post(f"{desk.url}/close", data=data).status_code == 303

    assert desk.messages()[0].startswith("Er is over gepraat met: \u2068de klas\u2069.")


def test_who_comes_to_close_a_closed_case_is_led_to_the_conversation(desk: Desk) -> None:
    desk.client.post(f"{desk.url}/close", data={"outcome": "Klaar."})
    assert desk.client.get(f"{desk.url}/close").location == desk.url


@pytest.mark.parametrize("place", ["reply", "close"])
def test_words_to_a_student_who_withdrew_stay_on_the_screen(desk: Desk, place: str) -> None:
    desk.client.get(desk.url)
    with desk.database.writer.begin() as session:
        withdraw(session, desk.opened.access)
    data = {"text": "Wat ik typte", "outcome": "Wat ik typte", "card-0": "contact.read"}

    answer = desk.client.post(f"{desk.url}/{place}", data=data)

    assert answer.status_code == 409
    assert "ingetrokken" in answer.text
    assert "Wat ik typte" in answer.text
    assert "Dank je wel dat je dit vertelt." in answer.text


def test_a_withdrawn_case_that_he_never_opened_stays_unknown(desk: Desk) -> None:
    with desk.database.writer.begin() as session:
        withdraw(session, desk.opened.access)
    assert desk.client.post(f"{desk.url}/reply", data={"text": "x"}).status_code == 404


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_case_that_was_never_his_is_not_found_whatever_became_of_it(desk: Desk, *, is_withdrawn: bool) -> None:
    desk.client.get(desk.url)
    if is_withdrawn:
        with desk.database.writer.begin() as session:
            withdraw(session, desk.opened.access)
    client = desk.sign_in(desk.stranger)

    answers = [client.post(f"{desk.url}/{place}", data={"text": "x", "outcome": "x"}) for place in ("reply", "close")]
    unknown = client.post(f"/staff/cases/{'0' * 32}/reply", data={"text": "x"})

    # The links to other languages repeat the address that was asked for.
    assert {(answer.status_code, ADDRESS.sub("", answer.text)) for answer in answers} == {
        (404, ADDRESS.sub("", unknown.text))
    }


def test_a_page_has_the_newest_messages_and_a_way_to_the_others(desk: Desk) -> None:
    desk.student_writes(*(f"bericht {number}." for number in range(1, NEWEST + 6)))

    newest = desk.client.get(desk.url).text
    older = desk.client.get(f"{desk.url}?before=6").text

    assert newest.count("data-message=") == NEWEST
    assert f'href="{desk.url}?before=6"' in newest
    assert "bericht 5." not in newest
    assert older.count("data-message=") == 5
    assert "bericht 5." in older
    assert "<textarea" not in older
    assert f'href="{desk.url}?before=1' not in older


def test_older_messages_do_not_make_the_newest_read(desk: Desk) -> None:
    desk.client.get(desk.url)
    desk.student_writes("een", "twee", "drie")

    desk.client.get(f"{desk.url}?before=2")

    assert desk.client.get(desk.url).text.count("badge--new") == 3


def test_a_damaged_part_among_older_messages_hides_no_other(desk: Desk) -> None:
    desk.student_writes("een", "twee", "drie")
    with desk.database.writer.begin() as session:
        row = session.get_one(Message, (desk.opened.case_id, 2))
        row.blob = flipped(row.blob)

    page = desk.client.get(f"{desk.url}?before=4").text

    assert page.count("Dit bericht is beschadigd") == 1
    assert page.count("data-message=") == 3


@pytest.mark.parametrize("before", ["0", "-1", "x", "", "99999", "9" * 30, "-" + "9" * 30])
def test_a_foreign_place_in_the_conversation_shows_the_newest(desk: Desk, before: str) -> None:
    desk.student_writes("een", "twee")

    page = desk.client.get(f"{desk.url}?before={before}").text

    assert page.count("data-message=") == 2
    assert "<textarea" in page


def test_a_stale_page_never_closes_without_reading(desk: Desk) -> None:
    with desk.database.writer.begin() as session, pytest.raises(services.UnseenMessageError):
        write(session, desk.opened.access, "Nieuw")
        services.close_case(session, desk.desk, desk.opened.case_id, "Klaar.", services.Along(seen=0))
