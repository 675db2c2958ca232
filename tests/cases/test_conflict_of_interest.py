"""Whoever a report is about finds no trace of it: his side is byte for byte the same with and without it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person
from app.audit.models import AuditNote
from app.cases import services
from app.cases.correspondence import withdraw, write
from app.cases.models import Case, CaseReader
from app.notifications.models import Outbox
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, Opened, desk_of, new_adviser, new_case, new_report, new_school

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
STEPS = ("reply", "close", "handled", "reopen", "unfold")

FILTERS = (
    *("filters=open", "show=urgent", "show=unread", "show=overdue", "show=waiting", "show=reprisal", "show=closed"),
    *("topic=bullying", "label=0123456789ab", "school=elders"),
)
SEARCHES = ("fietsen", "mag het niet weten", "pesten", "Wim Blok")

TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]+"')
"""Masked anew on each page."""

Hide = Callable[[db.Database, str, Adviser, Adviser], Opened]
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
    answers = [client.get(f"/staff/cases{path}") for path in ("", "/folded", f"/{case_id}")]
    answers += [client.post(f"/staff/cases/{case_id}/{step}", data=data) for step in STEPS]
    answers += [client.get(f"/staff/cases?{filters}") for filters in FILTERS]
    answers += [client.post("/staff/cases/search", data={"words": words}) for words in SEARCHES]
    ticked = {"do": "close", "outcome": "Klaar", "case": [case_id]}
    answers += [client.get("/staff/cases/views"), client.post("/staff/cases/folded", data=ticked)]
    return [(answer.status_code, sorted(answer.headers), TOKEN.sub("", answer.text).encode()) for answer in answers]


def hide_a_case(database: db.Database, school_id: str, accused: Adviser, other: Adviser) -> Opened:
    with database.writer.begin() as session:
        told = {"conflict": (accused.person_id,), "story._watch": ("life",)}
        hidden = new_case(session, school_id, other, answers=told, watch=("life",), urgent=True)
        write(session, hidden.access, "Hij mag het niet weten.")
    return hidden


def withdrawn_case(database: db.Database, school_id: str, accused: Adviser, other: Adviser) -> Opened:
    hidden = hide_a_case(database, school_id, accused, other)
    with database.writer.begin() as session:
        services.read_case(session, desk_of(other, school_id), hidden.case_id)
        withdraw(session, hidden.access)
    return hidden


def folded_case(database: db.Database, school_id: str, accused: Adviser, other: Adviser) -> Opened:
    with database.writer.begin() as session:
        told = {"conflict": (accused.person_id,)}
        folded = {"lane": "folded", "signals": {"alike": 9}}
        new_case(session, school_id, other, answers=told, **folded, watch=("life",))
        return new_case(session, school_id, other, answers=told, **folded)


def reprisal_of_a_shared_case(database: db.Database, school_id: str, accused: Adviser, other: Adviser) -> Opened:
    """The accused reads the first report; what happened after it is about him."""
    with database.writer.begin() as session:
        row = session.scalars(select(Case).where(Case.school_id == school_id)).one()
        told = {"conflict": (accused.person_id,)}
        return new_case(session, school_id, other, answers=told, parent=row.id, urgent=True)


HIDDEN = (hide_a_case, withdrawn_case, folded_case, reprisal_of_a_shared_case)


@pytest.mark.parametrize("hide", HIDDEN)
def test_his_desk_is_the_same_with_and_without_the_case(
    database: db.Database, sign_in: SignIn, school: tuple[str, Adviser, Adviser], hide: Hide
) -> None:
    school_id, accused, other = school
    with clock.at(NOON):
        client = sign_in(accused)
        client.get("/staff/cases/search")  # The first form sets the cookie of its token.
        nowhere = new_report(school_id, other).submit_id.hex()[:32]
        before = everything(client, nowhere)
        hidden = hide(database, school_id, accused, other)
        after, guessed = everything(client, nowhere), everything(client, hidden.case_id)

    assert before == after
    assert [status for status, _, _ in guessed] == [200, 200, *[404] * 6, *[200] * (len(FILTERS) + len(SEARCHES) + 2)]
    assert after == [(s, h, body.replace(hidden.case_id.encode(), nowhere.encode())) for s, h, body in guessed]


def test_the_first_report_that_he_reads_says_nothing_of_what_came_after(
    database: db.Database, sign_in: SignIn, school: tuple[str, Adviser, Adviser]
) -> None:
    school_id, accused, other = school
    with clock.at(NOON):
        client = sign_in(accused)
        with database.reader() as session:
            shared = session.scalars(select(Case.id)).one()
        client.get(f"/staff/cases/{shared}")  # The first opening alone marks what is new.
        before = TOKEN.sub("", client.get(f"/staff/cases/{shared}").text)
        reprisal_of_a_shared_case(database, school_id, accused, other)
        after = TOKEN.sub("", client.get(f"/staff/cases/{shared}").text)

    assert before == after


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
