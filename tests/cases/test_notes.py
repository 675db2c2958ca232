"""Notes, labels and the timeline of a case."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import db
from app.audit.queries import notes_of
from app.cases import labels, notes
from app.cases.correspondence import read_conversation, write
from app.cases.desk import CaseNotFoundError, hold, notes_key_of
from app.cases.models import CaseReader, CaseRecord
from app.cases.records import records_of
from app.cases.timeline import timeline
from tests.cases.conftest import SignIn
from tests.cases.factories import Opened, desk_of, new_adviser, new_case, new_school
from tests.cases.test_reading import flipped


class File:
    """Two advisers who read one case, and one who does not."""

    def __init__(self, database: db.Database, sign_in: SignIn) -> None:
        self.database, self.sign_in = database, sign_in
        with database.writer.begin() as session:
            self.school = new_school(session)
            self.people = [
                new_adviser(session, self.school, name=name) for name in ("Noor de Wit", "Sam Bos", "Wim Blok")
            ]
            self.opened: Opened = new_case(session, self.school, *self.people[:2])
        self.noor, self.sam, self.wim = (desk_of(adviser, self.school) for adviser in self.people)
        self.url = f"/staff/cases/{self.opened.case_id}"

    def browser(self, number: int = 0) -> FlaskClient:
        return self.sign_in(self.people[number])

    def page(self, number: int = 0) -> str:
        answer = self.browser(number).get(f"{self.url}/notes")
        assert answer.status_code == 200
        return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", answer.text)

    def labels(self) -> tuple[str, ...]:
        with self.database.reader() as session:
            return labels.labels_of(session, self.noor, hold(session, self.noor, self.opened.case_id))


@pytest.fixture
def file(database: db.Database, sign_in: SignIn) -> File:
    return File(database, sign_in)


def labels_on(page: str) -> list[str]:
    shown = page[page.index("data-labels") : page.index("</ul>", page.index("data-labels"))]
    return re.findall(r'name="label" value="([^"]*)"', shown)


def test_a_shared_note_is_read_by_every_reader_with_its_writer(file: File) -> None:
    answer = file.browser().post(f"{file.url}/notes", data={"text": "Ouders bellen na vrijdag."})

    assert answer.status_code == 303
    page = file.page(1)
    assert "Ouders bellen na vrijdag." in page
    assert "Noor de Wit" in page[page.index("data-notes") :]
    assert "schreef een notitie" in page


def test_an_own_note_is_read_by_its_writer_alone_and_leaves_no_trace_for_others(file: File) -> None:
    before = file.page(1)

    file.browser().post(f"{file.url}/notes/own", data={"own": "Ik twijfel hierover."})

    assert "Ik twijfel hierover." in file.page()
    assert file.page(1) == before


def test_no_other_key_of_the_case_opens_an_own_note(file: File) -> None:
    with file.database.writer.begin() as session:
        notes.write_own_note(session, file.noor, file.opened.case_id, "Alleen voor mij.")
    with file.database.reader() as session:
        held = hold(session, file.sam, file.opened.case_id)
        keys = (held.dialog_key, notes_key_of(held, file.sam), notes.own_key(file.sam, held.ref))
        found = [records_of(session, held.ref, key, {"own"})[0].value for key in keys]
        (own,) = notes.own_notes(session, file.noor, hold(session, file.noor, file.opened.case_id))

    assert found == [None, None, None]
    assert own.text == "Alleen voor mij."


def test_the_student_reads_no_note_and_no_label(file: File) -> None:
    with file.database.writer.begin() as session:
        notes.write_note(session, file.noor, file.opened.case_id, "Niet voor de leerling.")
        labels.add_label(session, file.noor, file.opened.case_id, "fietsen")
    with file.database.reader() as session:
        conversation = repr(read_conversation(session, file.opened.access))

    assert "Niet voor de leerling." not in conversation
    assert "fietsen'" not in conversation


@pytest.mark.parametrize(("place", "name"), [("notes", "text"), ("notes/own", "own"), ("labels", "label")])
@pytest.mark.parametrize("text", ["", "  ", "nul\0"])
def test_what_cannot_be_kept_is_shown_again(file: File, place: str, name: str, text: str) -> None:
    answer = file.browser().post(f"{file.url}/{place}", data={name: text})

    assert answer.status_code in {400, 422}
    with file.database.reader() as session:
        assert session.scalars(select(CaseRecord)).all() == []


def test_a_label_is_kept_once_and_can_be_taken_away(file: File) -> None:
    browser = file.browser()
    for label in ("fietsen", "  Fietsen ", "klas  2"):
        assert browser.post(f"{file.url}/labels", data={"label": label}).status_code == 303
    assert file.labels() == ("fietsen", "klas 2")
    assert labels_on(file.page(1)) == ["fietsen", "klas 2"]

    browser.post(f"{file.url}/labels/remove", data={"label": "fietsen"})
    browser.post(f"{file.url}/labels/remove", data={"label": "nooit gehad"})

    assert file.labels() == ("klas 2",)


def test_a_label_that_was_not_posted_at_all_is_refused_kindly(file: File) -> None:
    assert file.browser().post(f"{file.url}/labels").status_code == 422


def test_a_label_fits_in_a_list(file: File) -> None:
    browser = file.browser()
    assert browser.post(f"{file.url}/labels", data={"label": "x" * 31}).status_code == 422
    for number in range(labels.MOST_LABELS):
        assert browser.post(f"{file.url}/labels", data={"label": f"label {number}"}).status_code == 303

    answer = browser.post(f"{file.url}/labels", data={"label": "te veel"})

    assert answer.status_code == 409
    assert "Haal er eerst een weg" in answer.text
    assert "te veel" not in file.labels()


def test_labels_of_other_cases_on_the_desk_are_suggested_most_used_first(file: File) -> None:
    with file.database.writer.begin() as session:
        others = [new_case(session, file.school, file.people[0]) for _ in range(2)]
        for other in others:
            labels.add_label(session, file.noor, other.case_id, "toezicht")
        labels.add_label(session, file.noor, others[0].case_id, "app-groep")
        hidden = new_case(session, file.school, file.people[2])
        labels.add_label(session, file.wim, hidden.case_id, "alleen van wim")

    with file.database.reader() as session:
        assert labels.suggested_labels(session, file.noor, ()) == ("toezicht", "app-groep")
        assert labels.suggested_labels(session, file.noor, ("toezicht",)) == ("app-groep",)
        assert labels.suggested_labels(session, file.sam, ()) == ()


def test_the_page_is_the_same_to_the_byte_with_a_case_that_is_kept_from_him(file: File) -> None:
    before = file.page()
    with file.database.writer.begin() as session:
        hidden = new_case(session, file.school, file.people[2])
        labels.add_label(session, file.wim, hidden.case_id, "verborgen")
        notes.write_note(session, file.wim, hidden.case_id, "Over Noor de Wit.")

    assert file.page() == before


@pytest.mark.parametrize("place", ["notes", "notes/own", "labels", "labels/remove"])
def test_who_holds_no_key_can_write_nothing(file: File, place: str) -> None:
    data = {"text": "x", "own": "x", "label": "x"}
    assert file.browser(2).post(f"{file.url}/{place}", data=data).status_code == 404
    assert file.browser(2).get(f"{file.url}/notes").status_code == 404
    with file.database.writer.begin() as session, pytest.raises(CaseNotFoundError):
        notes.write_note(session, file.wim, file.opened.case_id, "x")


def test_a_damaged_note_is_shown_so_and_hides_no_other(file: File) -> None:
    with file.database.writer.begin() as session:
        for text in ("eerste", "tweede"):
            notes.write_note(session, file.noor, file.opened.case_id, text)
        session.flush()
        row = session.get_one(CaseRecord, (file.opened.case_id, 1))
        row.blob = flipped(row.blob)

    page = file.page()

    assert page.count("Deze notitie is beschadigd") == 1
    assert "eerste" not in page
    assert "tweede" in page


def test_a_damaged_key_keeps_the_typed_note_on_the_screen(file: File) -> None:
    with file.database.writer.begin() as session:
        reader = session.get_one(CaseReader, (file.opened.case_id, file.people[0].person_id))
        reader.notes_wrap = flipped(reader.notes_wrap)
    browser = file.browser()

    answers = [
        browser.post(f"{file.url}/notes", data={"text": "Wat ik typte"}),
        browser.post(f"{file.url}/labels", data={"label": "Wat ik typte"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("Wat ik typte" in answer.text for answer in answers)
    assert "Jouw sleutel voor deze notities is beschadigd" in file.page()


def test_the_timeline_tells_what_happened_once_a_day(file: File) -> None:
    browser = file.browser()
    for _ in range(3):
        browser.get(file.url)
    browser.post(f"{file.url}/reply", data={"text": "Dank je."})
    with file.database.writer.begin() as session:
        write(session, file.opened.access, "Graag gedaan.")
        write(session, file.opened.access, "En nog iets.")

    with file.database.reader() as session:
        found = timeline(session, hold(session, file.noor, file.opened.case_id))

    assert [(one.name, one.what) for one in found] == [
        ("", "De melding kwam binnen"),
        ("Noor de Wit", "opende de melding"),
        ("Noor de Wit", "antwoordde de leerling"),
        ("", "De leerling schreef"),
    ]


def test_an_own_note_stands_in_no_record(file: File) -> None:
    with file.database.writer.begin() as session:
        notes.write_own_note(session, file.noor, file.opened.case_id, "Alleen voor mij.")
    with file.database.reader() as session:
        assert notes_of(session, file.school, file.opened.case_id) == ()
