"""The record page: what an adviser sees of it, whether it is whole, and no trace of what is kept from him."""

import re
from datetime import timedelta

import pytest

from app import clock, db
from app.audit.services import note
from app.cases import services
from app.cases.correspondence import withdraw
from app.cases.deletion import delete_case
from app.cases.desk import hold
from app.cases.noting import note_deed
from app.cases.record_rows import DESTRUCTIVE
from app.settings import ROOT
from tests.audit.breaking import tamper
from tests.cases.conftest import SignIn
from tests.cases.factories import TUESDAY_MORNING, Adviser, Opened, desk_of, new_adviser, new_case, new_school

URL = "/staff/audit"


class Record:
    """A school with two advisers, of whom both read one case."""

    def __init__(self, database: db.Database, sign_in: SignIn) -> None:
        self.database, self.sign_in = database, sign_in
        with database.writer.begin() as session:
            self.school = new_school(session)
            self.noor = new_adviser(session, self.school)
            self.bas = new_adviser(session, self.school, name="Bas Kuipers", kind="external")
            self.shared = new_case(session, self.school, self.noor, self.bas)
            self.say(session, "person.invited")

    def say(self, session: object, what: str, chain: str = "", detail: str = "") -> None:
        note(
            session,  # type: ignore[arg-type]  # a session
            school_id=self.school,
            person_id=self.noor.person_id,
            what=what,
            chain=chain,
            detail=detail,
        )

    def open(self, adviser: Adviser, case: Opened) -> None:
        with self.database.writer.begin() as session:
            services.read_case(session, desk_of(adviser, self.school), case.case_id)

    def page(self, adviser: Adviser, query: str = "") -> str:
        answer = self.sign_in(adviser).get(f"{URL}{query}")
        assert answer.status_code == 200
        return re.sub(r'name="csrf_token"[^>]*value="[^"]+"', "", answer.text)


@pytest.fixture
def record(database: db.Database, sign_in: SignIn) -> Record:
    return Record(database, sign_in)


def rows(page: str) -> list[str]:
    found = re.findall(r'<li class="list__row".*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_it_tells_who_did_what_on_which_day_in_words(record: Record) -> None:
    with clock.at(TUESDAY_MORNING):
        record.open(record.bas, record.shared)

    (opened, invited) = rows(record.page(record.noor))

    assert opened.startswith("Bas Kuipers opende de melding 24 november 2026")
    assert "Pesten" in opened
    assert invited.startswith("Noor de Wit nodigde iemand uit")


def test_signing_in_and_passwords_of_others_stay_out(record: Record) -> None:
    with record.database.writer.begin() as session:
        record.say(session, "password.changed")

    assert "wachtwoord" not in record.page(record.bas)


def test_kinds_can_be_chosen(record: Record) -> None:
    record.open(record.bas, record.shared)

    assert len(rows(record.page(record.noor, "?kind=cases"))) == 1
    assert "nodigde" in rows(record.page(record.noor, "?kind=people"))[0]
    assert len(rows(record.page(record.noor, "?kind=nothing"))) == 2


def test_a_deletion_stands_out_with_its_reason_and_is_the_proof_of_it_for_a_former_reader(record: Record) -> None:
    record.open(record.noor, record.shared)
    with record.database.writer.begin() as session:
        withdraw(session, record.shared.access)
        delete_case(session, record.shared.case_id)

    page = record.page(record.noor)

    assert rows(page)[0].startswith("De melding is gewist: de leerling had haar ingetrokken Blijvend")
    assert "Een melding die je nu niet leest" in rows(page)[0]
    assert "opende de melding" in rows(page)[1]
    assert "gewist" not in record.page(record.bas)


def test_of_a_case_that_he_no_longer_reads_he_sees_only_his_own_deeds(record: Record) -> None:
    record.open(record.noor, record.shared)
    with record.database.writer.begin() as session:
        session.delete(hold(session, desk_of(record.noor, record.school), record.shared.case_id).reader)
    record.open(record.bas, record.shared)

    assert "Bas Kuipers" not in record.page(record.noor)


def test_older_notes_are_on_the_next_page(record: Record) -> None:
    for _ in range(45):
        record.open(record.noor, record.shared)
    first = record.page(record.noor)
    link = re.search(r'href="(/staff/audit\?after=[0-9a-f]{32})"', first)

    assert link
    second = record.page(record.noor, link[1].removeprefix(URL))
    assert (len(rows(first)), len(rows(second))) == (40, 6)


def test_a_next_page_of_somebody_else_is_not_found(record: Record) -> None:
    assert record.sign_in(record.noor).get(f"{URL}?after={'0' * 32}").status_code == 404


def test_a_school_of_others_is_not_found(record: Record) -> None:
    assert record.sign_in(record.noor).get(f"{URL}?school=elders").status_code == 404


def test_the_page_says_that_the_record_is_whole_and_where_it_is_not(record: Record) -> None:
    record.open(record.noor, record.shared)
    before = record.page(record.noor)
    with record.database.writer() as session:
        tamper(session, "UPDATE audit_note SET what = 'case.closed' WHERE what = 'case.opened'")

    after = record.page(record.noor)

    assert 'data-record="whole"' in before
    assert 'data-record="broken"' in after
    assert "Het verslag klopt niet" in after
    assert "<li>Pesten</li>" in after


def test_his_record_is_the_same_with_and_without_a_case_that_is_kept_from_him(record: Record) -> None:
    with clock.at(TUESDAY_MORNING):
        for _ in range(22):
            record.open(record.noor, record.shared)
        queries = ("", "?kind=cases", "?kind=copies")
        before = [record.page(record.noor, query) for query in queries]
        with record.database.writer.begin() as session:
            hidden = new_case(session, record.school, record.bas, urgent=True)
            desk = desk_of(record.bas, record.school)
            services.read_case(session, desk, hidden.case_id)
            note_deed(session, desk, hold(session, desk, hidden.case_id), "export.taken", "police")
        with clock.at(TUESDAY_MORNING + timedelta(hours=1)):
            record.open(record.bas, hidden)
        after = [record.page(record.noor, query) for query in queries]
        of_the_other = record.page(record.bas)

    assert before == after
    assert hidden.case_id in of_the_other


def test_a_break_in_a_case_that_is_kept_from_him_does_not_show(record: Record) -> None:
    with record.database.writer.begin() as session:
        hidden = new_case(session, record.school, record.bas)
    record.open(record.bas, hidden)
    with record.database.writer() as session:
        tamper(session, f"UPDATE audit_note SET detail = 'x' WHERE chain = '{hidden.case_id}'")  # noqa: S608

    assert 'data-record="whole"' in record.page(record.noor)
    assert 'data-record="broken"' in record.page(record.bas)


def test_what_takes_something_away_for_good_is_marked_and_is_a_deed_that_is_done(record: Record) -> None:
    words = {"timeline_wording.py", "record_wording.py", "key_wording.py", "record_rows.py"}
    source = "".join(path.read_text() for path in (ROOT / "app").rglob("*.py") if path.name not in words)
    with record.database.writer.begin() as session:
        record.say(session, "key.recovery_used")

    assert [code for code in sorted(DESTRUCTIVE) if f'"{code}"' not in source] == []
    assert record.page(record.noor).count("data-destructive") == 1
