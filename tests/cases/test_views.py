import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import clock, db
from app.cases import services
from app.cases.correspondence import read_conversation, write
from app.cases.models import Message
from app.web.access import STATEMENT
from tests.cases.conftest import SignIn
from tests.cases.factories import (
    MONDAY_NIGHT,
    STORY,
    TUESDAY_DAWN,
    TUESDAY_MORNING,
    Adviser,
    Opened,
    new_adviser,
    new_case,
    new_school,
)
from tests.cases.test_reading import flipped


class Desk:
    """One school, one adviser who is signed in, one case."""

    def __init__(self, database: db.Database, sign_in: SignIn) -> None:
        self.database = database
        with database.writer.begin() as session:
            self.school = new_school(session)
            self.adviser: Adviser = new_adviser(session, self.school, name="Noor de Wit")
            self.opened: Opened = new_case(session, self.school, self.adviser)
        self.client: FlaskClient = sign_in(self.adviser)
        self.url = f"/staff/cases/{self.opened.case_id}"

    def page(self) -> str:
        answer = self.client.get(self.url)
        assert answer.status_code == 200
        return answer.text

    def messages(self) -> list[tuple[str, str]]:
        with self.database.reader() as session:
            found = read_conversation(session, self.opened.access).messages
            return [(message.author, message.text) for message in found]


@pytest.fixture
def desk(database: db.Database, sign_in: SignIn) -> Desk:
    return Desk(database, sign_in)


def test_who_is_not_signed_in_is_sent_to_the_door(desk: Desk, desk_app: Flask) -> None:
    answer = desk_app.test_client().get(desk.url)

    assert (answer.status_code, answer.location) == (303, "/staff/")


def test_every_view_says_who_may_open_it(desk_app: Flask) -> None:
    views = [view for name, view in desk_app.view_functions.items() if name.startswith("cases.")]
    assert views
    assert all(hasattr(view, STATEMENT) for view in views)


def test_the_queue_shows_the_case_with_its_topic(desk: Desk) -> None:
    page = desk.client.get("/staff/cases").text

    assert f'data-case="{desk.opened.case_id}"' in page
    assert desk.url in page
    assert STORY in page
    assert "Pesten" in page
    assert "Nieuw" in page


def test_an_empty_queue_says_so_kindly(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        adviser = new_adviser(session, new_school(session))

    assert "Er wacht niemand op je" in sign_in(adviser).get("/staff/cases").text


def test_an_opened_case_is_no_longer_new(desk: Desk) -> None:
    desk.page()
    assert "badge--new" not in desk.client.get("/staff/cases").text


@pytest.mark.parametrize("cursor", ["x", "1.2026-11-02.zz", "\0"])
def test_a_foreign_page_is_not_found(desk: Desk, cursor: str) -> None:
    assert desk.client.get("/staff/cases", query_string={"after": cursor}).status_code in {400, 404}


def test_older_cases_are_on_the_next_page(desk: Desk) -> None:
    with desk.database.writer.begin() as session:
        for _ in range(25):
            new_case(session, desk.school, desk.adviser)
    first = desk.client.get("/staff/cases").text
    link = re.search(r'href="(/staff/cases\?after=[^"]+)"', first)

    assert link
    second = desk.client.get(link[1]).text
    assert (first.count("data-case="), second.count("data-case=")) == (25, 1)


def test_the_case_shows_the_report_and_who_reads(desk: Desk) -> None:
    page = desk.page()

    assert STORY in page
    assert "Nare woorden" in page
    assert "Noor de Wit" in page
    assert "26 november 2026" in page


def test_words_are_never_markup(database: db.Database, sign_in: SignIn) -> None:
    desk = Desk(database, sign_in)
    with database.writer.begin() as session:
        write(session, desk.opened.access, "<script>alert(1)</script>")

    assert "<script>alert" not in desk.page()


@pytest.mark.parametrize("case_id", ["0" * 32, "x", "%00"])
def test_a_case_that_does_not_exist_is_not_found(desk: Desk, case_id: str) -> None:
    assert desk.client.get(f"/staff/cases/{case_id}").status_code in {400, 404}


def test_a_case_before_its_window_is_not_found(desk: Desk, sign_in: SignIn) -> None:
    with clock.at(MONDAY_NIGHT), desk.database.writer.begin() as session:
        waiting = new_case(session, desk.school, desk.adviser, deliver_at_once=False)
    for moment, status in ((TUESDAY_DAWN, 404), (TUESDAY_MORNING, 200)):
        with clock.at(moment):
            answer = sign_in(desk.adviser).get(f"/staff/cases/{waiting.case_id}")
        assert answer.status_code == status


def test_a_reply_is_shown_to_both_sides(desk: Desk) -> None:
    answer = desk.client.post(f"{desk.url}/reply", data={"text": "Dank je wel."})

    assert answer.status_code == 303
    assert "Dank je wel." in desk.page()
    assert desk.messages() == [("Noor de Wit", "Dank je wel.")]


def test_line_ends_and_odd_characters_stay_as_they_were_sent(desk: Desk) -> None:
    text = "\r\n  een\r\n\r\ntwee\u200f 👩‍👩‍👧 <b>\t"
    desk.client.post(f"{desk.url}/reply", data={"text": text})

    assert desk.messages()[0][1] == text


def test_a_text_of_10000_characters_fits_however_its_lines_end(desk: Desk) -> None:
    longest = "é" * 4_999 + "\r\n" + "é" * 5_000
    assert desk.client.post(f"{desk.url}/reply", data={"text": longest}).status_code == 303
    assert desk.messages()[0][1] == longest


@pytest.mark.parametrize("text", ["", "  \r\n", "x" * 10_001, "nul\0"], ids=["empty", "blank", "long", "nul"])
def test_a_text_that_cannot_be_sent_is_shown_again(desk: Desk, text: str) -> None:
    answer = desk.client.post(f"{desk.url}/reply", data={"text": text})

    assert answer.status_code in {400, 422}
    assert desk.messages() == []


def test_a_repeated_field_stores_nothing(desk: Desk) -> None:
    assert desk.client.post(f"{desk.url}/reply", data={"text": ["een", "twee"]}).status_code == 400
    assert desk.messages() == []


def test_closing_asks_for_a_sentence(desk: Desk) -> None:
    assert desk.client.post(f"{desk.url}/close", data={"outcome": " "}).status_code == 422
    assert "Afgesloten" not in desk.page()


def test_a_closed_case_keeps_a_late_reply_on_the_screen(desk: Desk) -> None:
    desk.client.post(f"{desk.url}/close", data={"outcome": "We hebben gepraat."})

    answer = desk.client.post(f"{desk.url}/reply", data={"text": "Te late tekst"})

    assert answer.status_code == 409
    assert "Te late tekst" in answer.text
    assert desk.messages() == [("Noor de Wit", "We hebben gepraat.")]
    assert "Heropenen" in desk.page()


def test_a_reopened_case_takes_a_reply(desk: Desk) -> None:
    desk.client.post(f"{desk.url}/close", data={"outcome": "Klaar."})
    assert desk.client.post(f"{desk.url}/reopen").status_code == 303
    assert desk.client.post(f"{desk.url}/reply", data={"text": "Toch nog iets."}).status_code == 303


def test_being_handled_shows_on_the_page(desk: Desk) -> None:
    assert desk.client.post(f"{desk.url}/handled").status_code == 303
    assert '<span class="badge badge--quiet">Er wordt aan gewerkt</span>' in desk.page()


def test_being_handled_does_nothing_to_a_closed_case(desk: Desk) -> None:
    desk.client.post(f"{desk.url}/close", data={"outcome": "Klaar."})
    assert desk.client.post(f"{desk.url}/handled").status_code == 303
    assert "Heropenen" in desk.page()


def test_a_damaged_message_is_shown_as_damaged(desk: Desk) -> None:
    with desk.database.writer.begin() as session:
        for text in ("eerste bericht", "tweede bericht"):
            write(session, desk.opened.access, text)
        session.flush()
        row = session.scalars(select(Message).where(Message.seq == 1)).one()
        row.blob = flipped(row.blob)

    page = desk.page()

    assert page.count("beschadigd") == 1
    assert "eerste bericht" not in page
    assert "tweede bericht" in page
    assert page.count("data-message=") == 2


def test_a_late_answer_is_marked_in_queue_and_case(desk: Desk, sign_in: SignIn) -> None:
    with clock.at(TUESDAY_MORNING.replace(day=30)):
        client = sign_in(desk.adviser)
        assert "Antwoord is te laat" in client.get("/staff/cases").text
        assert "was beloofd voor" in client.get(desk.url).text


def test_a_reply_that_cannot_be_stored_now_stays_on_the_screen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(services, "reply", locked)

    answer = desk.client.post(f"{desk.url}/reply", data={"text": "Ik lees met je mee."})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Ik lees met je mee." in answer.text


def test_what_the_student_wants_stands_above_what_was_told(desk: Desk) -> None:
    page = desk.page()

    assert page.index("data-pinned") < page.index("Dat het stopt") < page.index("Wat de leerling vertelde")


def test_words_that_ask_for_care_are_named_calmly_above_the_story(
    database: db.Database, desk: Desk, sign_in: SignIn
) -> None:
    with database.writer.begin() as session:
        told = {"story._watch": ("home", "life")}
        opened = new_case(session, desk.school, desk.adviser, answers=told, watch=("life", "home"))
    page = desk.client.get(f"/staff/cases/{opened.case_id}").text

    words = ("data-watch", "niet meer willen leven", "onveilig thuis", "data-pinned", "Wat de leerling vertelde")
    order = [page.index(word) for word in words]
    assert order == sorted(order)
    assert "heeft Vertel niemand gewaarschuwd." in page
    assert "Lees dit eerst" in desk.client.get("/staff/cases").text


def test_a_case_without_such_words_says_nothing_of_them(desk: Desk) -> None:
    assert "data-watch" not in desk.page()
    assert "Lees dit eerst" not in desk.client.get("/staff/cases").text
