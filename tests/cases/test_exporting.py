"""A copy of a case: asked by one reader, allowed by another, fetched once, and told to the student."""

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import clock, db
from app.accounts.models import Person
from app.audit.queries import notes_of_chain
from app.cases import exporting, records
from app.cases.concerning import has_unseen
from app.cases.correspondence import read_conversation, write
from app.cases.desk import hold, notes_key_of
from app.cases.export_contents import contents_of
from app.cases.export_file import guarded
from app.cases.glyphs import printable
from app.cases.models import ExportRequest
from app.cases.notes import write_note
from app.cases.services import read_case
from app.cases.stepping import NewStep, finish_step, plan_step
from app.notifications.models import Outbox
from app.vault.staff_keys import lock
from tests.cases.conftest import PEPPER, SignIn
from tests.cases.factories import (
    STORY,
    TUESDAY_MORNING,
    Adviser,
    Opened,
    desk_of,
    new_adviser,
    new_case,
    new_school,
)

PASSWORD = "paars kanaal zeven fietsbel"
FORMULA = '=HYPERLINK("http://a.example")'
TRICK = '#read("/etc/passwd") *vet* ]} 😀 \u0645\u0631\u062d\u0628\u0627'


@dataclass
class Two:
    """A case that two advisers read, with a browser for each."""

    database: db.Database
    sign_in: SignIn
    school: str
    asker: Adviser
    other: Adviser
    case: Opened

    @property
    def url(self) -> str:
        return f"/staff/cases/{self.case.case_id}/copies"

    def ask(self) -> None:
        wish = exporting.Wish("police", ("report", "conversation", "ledger"))
        with self.database.writer.begin() as session:
            exporting.ask_copy(session, desk_of(self.asker, self.school), self.case.case_id, wish)

    def ask_on_screen(self, password: str) -> int:
        """Ask on the page, as somebody whose key is locked with PASSWORD."""
        key = lock(self.asker.pair, PASSWORD, PEPPER, self.asker.person_id)
        locked = {"key_salt": key.salt, "key_locked": key.locked, "key_verifier": key.verifier, "totp_sealed": b"-"}
        with self.database.writer.begin() as session:
            session.execute(update(Person).where(Person.id == self.asker.person_id).values(**locked))
        data = {"ground": "police", "parts": ["report"], "password": password}
        return self.sign_in(self.asker).post(self.url, data=data).status_code

    def request_id(self) -> str:
        with self.database.reader() as session:
            return session.scalars(select(ExportRequest.id)).one()

    def allowed(self) -> FlaskClient:
        """Ask and allow, and return the browser of who asked."""
        self.ask()
        assert self.sign_in(self.other).post(f"{self.url}/{self.request_id()}/allow").status_code == 303
        return self.sign_in(self.asker)

    def deeds(self) -> list[str]:
        with self.database.reader() as session:
            found = notes_of_chain(session, self.school, self.case.case_id)
        return [note.what for note in found if note.what.startswith("export.")]


@pytest.fixture
def two(database: db.Database, sign_in: SignIn) -> Two:
    with database.writer.begin() as session:
        school = new_school(session)
        asker = new_adviser(session, school)
        other = new_adviser(session, school, name="Bas Kuipers", kind="external")
        case = new_case(session, school, asker, other)
        write(session, case.access, FORMULA)
        write(session, case.access, TRICK)
    return Two(database, sign_in, school, asker, other, case)


def files_of(held: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_copy_is_asked_allowed_and_fetched_once(two: Two) -> None:
    client = two.allowed()
    url = f"{two.url}/{two.request_id()}/file"

    fetched, again = client.post(url), client.post(url)

    assert (fetched.status_code, again.status_code) == (200, 409)
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="kopie.zip"'
    assert two.deeds() == ["export.asked", "export.approved", "export.taken"]


def test_a_mail_tells_the_second_reader_that_a_copy_waits_for_his_word(two: Two) -> None:
    for adviser in (two.asker, two.other):
        two.sign_in(adviser).get(f"/staff/cases/{two.case.case_id}")

    def waits() -> list[bool]:
        with two.database.reader() as session:
            return [has_unseen(session, adviser.person_id) for adviser in (two.asker, two.other)]

    before = waits()
    two.ask()
    asked = waits()
    two.sign_in(two.other).post(f"{two.url}/{two.request_id()}/allow")

    with two.database.reader() as session:
        assert two.other.person_id in "".join(session.scalars(select(Outbox.payload)))
    assert (before, asked, waits()) == ([False, False], [False, True], [False, False])


def test_the_file_holds_what_was_asked_and_says_what_is_in_it(two: Two) -> None:
    with two.database.writer.begin() as session:
        desk = desk_of(two.asker, two.school)
        held = hold(session, desk, two.case.case_id, lock=True)
        records.add_record(session, held.ref, notes_key_of(held, desk), "note", {"text": "Alleen voor ons."})
    client = two.allowed()

    files = files_of(client.post(f"{two.url}/{two.request_id()}/file").data)

    assert files.keys() == {"kopie.pdf", "messages.csv", "MANIFEST"}
    listed = dict(line.split("  ")[::-1] for line in files.pop("MANIFEST").decode().splitlines())
    assert listed == {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}
    rows = list(csv.reader(io.StringIO(files["messages.csv"].decode("utf-8-sig"))))
    told = [row[3] for row in rows]
    assert STORY in told
    assert f"'{FORMULA}" in told
    assert TRICK in told
    assert "Alleen voor ons." not in files["messages.csv"].decode()
    assert files["kopie.pdf"].startswith(b"%PDF")


def test_steps_ledger_and_notes_come_along_when_asked_for(two: Two) -> None:
    desk, case_id = desk_of(two.asker, two.school), two.case.case_id
    with two.database.writer.begin() as session, clock.at(TUESDAY_MORNING):
        step = plan_step(session, desk, case_id, NewStep("talk_general", "Praten over de fietsen."))
        finish_step(session, desk, case_id, step)
        held = hold(session, desk, case_id, lock=True)
        records.add_record(session, held.ref, notes_key_of(held, desk), "ledger", {"to": "De mentor", "author": "N"})
        write_note(session, desk, case_id, "Bellen.")
        contents = contents_of(session, desk, hold(session, desk, case_id), ("steps", "ledger", "notes"))

    assert contents["steps"][0].text == "Praten over de fietsen.\nGedaan op dinsdag 24 november 2026."
    assert [entry.text for entry in (contents["ledger"][-1], contents["notes"][0])] == ["De mentor", "Bellen."]


def test_a_letter_without_a_shape_is_printed_by_its_name() -> None:
    assert (
        printable("Hoi 😀\u2069 \u4e2d\n\u0645\u1200")
        == "Hoi [grinning face] [cjk unified ideograph-4e2d]\n\u0645\u1200"
    )


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert guarded(cell).startswith("'")
    assert guarded("Hoi = a; b - c") == "Hoi = a; b - c"


@pytest.mark.parametrize("end", [";", "; ", "\t", "\n", "\r\n"])
def test_no_cell_becomes_a_formula_where_a_program_ends_it_elsewhere(end: str) -> None:
    assert not re.search(r"(^|[;\t\r\n]) *=", guarded(f"Hoi{end}=1+1"))


def test_shared_notes_come_along_only_when_asked_for_and_own_notes_never(two: Two) -> None:
    assert "own" not in exporting.PARTS
    assert "notes" not in exporting.USUAL_PARTS
    assert exporting.chosen_parts(["notes", "own", "report"]) == ("report", "notes")


@pytest.mark.parametrize(("password", "status", "deeds"), [(PASSWORD, 303, ["export.asked"]), ("iets anders", 422, [])])
def test_a_copy_is_asked_for_with_the_password_once_more(
    two: Two, password: str, status: int, deeds: list[str]
) -> None:
    assert (two.ask_on_screen(password), two.deeds()) == (status, deeds)


def test_nobody_allows_his_own_copy_or_fetches_that_of_another(two: Two) -> None:
    client, other = two.sign_in(two.asker), two.sign_in(two.other)
    two.ask()
    url = f"{two.url}/{two.request_id()}"

    assert client.post(f"{url}/allow").status_code == 404
    assert client.post(f"{url}/file").status_code == 409
    assert other.post(f"{url}/file").status_code == 404
    assert two.deeds() == ["export.asked"]


def test_a_copy_that_is_refused_is_gone(two: Two) -> None:
    client = two.sign_in(two.asker)
    two.ask()
    url = f"{two.url}/{two.request_id()}"

    assert two.sign_in(two.other).post(f"{url}/refuse").status_code == 303
    assert client.post(f"{url}/file").status_code == 404
    assert two.deeds() == ["export.asked", "export.refused"]


def test_a_copy_is_fetched_within_seven_days(two: Two) -> None:
    with clock.at(TUESDAY_MORNING):
        two.allowed()
    with clock.at(TUESDAY_MORNING + timedelta(days=8)):
        late = two.sign_in(two.asker).post(f"{two.url}/{two.request_id()}/file")

    assert late.status_code == 409


def test_who_reads_alone_is_told_that_it_needs_another(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        alone = new_adviser(session, school)
        case = new_case(session, school, alone)
    url = f"/staff/cases/{case.case_id}/copies"

    page = sign_in(alone).get(url).text

    assert "Jij bent de enige" in page
    assert "<fieldset" not in page
    with database.writer.begin() as session, pytest.raises(exporting.NoSecondReaderError):
        exporting.ask_copy(session, desk_of(alone, school), case.case_id, exporting.Wish("police", ("report",)))


def test_a_stranger_finds_no_copies(two: Two) -> None:
    with two.database.writer.begin() as session:
        stranger = new_adviser(session, two.school, name="Ria Smit")
    two.ask()

    assert two.sign_in(stranger).get(two.url).status_code == 404
    assert two.sign_in(stranger).post(f"{two.url}/{two.request_id()}/allow").status_code == 404


def test_the_student_sees_who_opened_it_and_on_which_ground_a_copy_was_made(two: Two) -> None:
    with clock.at(TUESDAY_MORNING):
        with two.database.writer.begin() as session:
            for adviser in (two.asker, two.asker, two.other):
                read_case(session, desk_of(adviser, two.school), two.case.case_id)
        client = two.allowed()
        client.post(f"{two.url}/{two.request_id()}/file")

    with two.database.reader() as session:
        lines = read_conversation(session, two.case.access).record

    assert [line.text for line in lines] == [
        "Er is een kopie gemaakt, voor de politie",
        "Geopend door: vertrouwenspersoon van buiten de school",
        "Geopend door: vertrouwenspersoon op school",
    ]
    assert {line.day for line in lines} == {TUESDAY_MORNING.date()}


def test_the_check_number_stays_until_what_was_told_is_another(two: Two) -> None:
    with two.database.writer.begin() as session:
        other = new_case(session, two.school, two.asker, answers={"story": ("Iets anders.",)})
        before = read_conversation(session, two.case.access).check_number
        write(session, two.case.access, "Nog iets.")

        assert read_conversation(session, two.case.access).check_number == before
        assert before not in {None, read_conversation(session, other.access).check_number}
