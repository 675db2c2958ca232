"""Whoever a report is about finds no trace of it: his side is byte for byte the same with and without it."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person
from app.audit.models import AuditNote
from app.cases.correspondence import write
from app.cases.models import CaseReader
from app.notifications.models import Outbox
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, Opened, new_adviser, new_case, new_report, new_school

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
STEPS = ("reply", "close", "handled", "reopen")

Seen = list[tuple[int, list[tuple[str, str]], bytes]]


@pytest.fixture
def school(database: db.Database) -> tuple[str, Adviser, Adviser]:
    with database.writer.begin() as session:
        school_id = new_school(session)
        accused = new_adviser(session, school_id, name="Wim Blok")
        other = new_adviser(session, school_id, name="Noor de Wit", kind="external")
        new_case(session, school_id, accused, other)
    return school_id, accused, other


def everything(client: FlaskClient, case_id: str) -> Seen:
    """Return status, headers and bytes of every page and step of the desk."""
    data = {"text": "Hoi", "outcome": "Klaar"}
    answers = [client.get("/staff/cases"), client.get(f"/staff/cases/{case_id}")]
    answers += [client.post(f"/staff/cases/{case_id}/{step}", data=data) for step in STEPS]
    return [(answer.status_code, sorted(answer.headers), answer.data) for answer in answers]


def hide_a_case(database: db.Database, school_id: str, accused: Adviser, other: Adviser) -> Opened:
    with database.writer.begin() as session:
        told = {"conflict": (accused.person_id,), "story._watch": ("life",)}
        hidden = new_case(session, school_id, other, answers=told, watch=("life",), urgent=True)
        write(session, hidden.access, "Hij mag het niet weten.")
    return hidden


def test_his_desk_is_the_same_with_and_without_the_case(
    database: db.Database, sign_in: SignIn, school: tuple[str, Adviser, Adviser]
) -> None:
    school_id, accused, other = school
    with clock.at(NOON):
        client = sign_in(accused)
        nowhere = new_report(school_id, other).submit_id.hex()[:32]
        before = everything(client, nowhere)
        hidden = hide_a_case(database, school_id, accused, other)
        after, guessed = everything(client, nowhere), everything(client, hidden.case_id)

    assert before == after
    assert [status for status, _, _ in guessed] == [200, 404, 404, 404, 404, 404]
    assert after == [(s, h, body.replace(hidden.case_id.encode(), nowhere.encode())) for s, h, body in guessed]


def test_the_other_adviser_does_find_it(
    database: db.Database, sign_in: SignIn, school: tuple[str, Adviser, Adviser]
) -> None:
    school_id, accused, other = school
    with clock.at(NOON):
        client = sign_in(other)
        before = client.get("/staff/cases").data
        hidden = hide_a_case(database, school_id, accused, other)
        after = client.get("/staff/cases").data

    assert before != after
    assert hidden.case_id.encode() in after


def test_no_row_of_the_case_names_him(
    database: db.Database, sign_in: SignIn, school: tuple[str, Adviser, Adviser]
) -> None:
    school_id, accused, other = school
    with database.writer.begin() as session:
        session.query(Outbox).delete()
    with clock.at(NOON):
        hidden = hide_a_case(database, school_id, accused, other)
        everything(sign_in(accused), hidden.case_id)

    with database.reader() as session:
        assert accused.person_id not in session.scalars(
            select(CaseReader.person_id).where(CaseReader.case_id == hidden.case_id)
        )
        assert not [row for row in session.scalars(select(Outbox)) if accused.person_id in row.payload]
        assert not session.scalars(select(AuditNote).where(AuditNote.subject == hidden.case_id)).all()
        assert session.get_one(Person, accused.person_id).name == "Wim Blok"
