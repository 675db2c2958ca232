"""One whole app on SQLite for all guards: an open school with a case and an invitation, and somebody of each role."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.access import TOKEN
from app.accounts.joining import Joined, join
from app.accounts.models import Membership
from app.accounts.newcomers import let_read
from app.accounts.proving import Proof
from app.accounts.roles import Role
from app.accounts.services import NewInvitation, invite
from app.accounts.sessions import begin_session
from app.cases.desk import Desk
from app.demo.history import tell_term
from app.demo.talks import TALKS
from app.register.codes import CATEGORIES
from app.register.rules import IncidentFacts
from app.register.services import record_incident
from app.register.storing import begin_import
from app.schools.queries import SchoolInfo
from app.statistics.models import Publication, TableDesign
from app.web import assets
from tests.databases import new_url
from tests.installations import PASSWORD, installed

TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Site:
    """The app, what the places in its addresses are filled with, and who can sign in."""

    app: Flask
    values: Mapping[str, str]
    people: Mapping[Role, Joined] = field(repr=False)

    def path_of(self, rule: str) -> str:
        """Fill the places of an address such as `/staff/cases/<case_id>`."""
        return re.sub(r"<(\w+)>", lambda place: self.values[place[1]], rule)

    def browser(self, role: Role | None = None) -> FlaskClient:
        """A browser that was never here, or that of somebody who has just signed in."""
        client = self.app.test_client()
        if role is not None:
            person = self.people[role]
            with self.app.app_context(), db.transaction() as session:
                token = begin_session(session, Proof(person.person_id, person.pair, None))
            with client.session_transaction("/staff/") as cookie:
                cookie[TOKEN] = token
        return client

    @property
    def engine(self) -> Engine:
        database: db.Database = self.app.extensions["database"]
        return database.engine


def csrf_token(browser: FlaskClient) -> str:
    """Read the token of this browser's session from its account page, or from the door."""
    page = browser.get("/staff/account", follow_redirects=True).text
    found = TOKEN_FIELD.search(page)
    assert found
    return found[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("guards")
    with installed(new_url("sqlite", folder), folder) as made:
        school = made.school
        with db.transaction() as session:
            people = {role: _join(session, role, school) for role in Role}
            _vouch(session, people[Role.ADVISER])
            guest = NewInvitation(name="Lot Heuvel", email="lot@vertel.example", role=Role.MANAGER, school_id=school.id)
            token = invite(session, guest)
        with db.transaction() as session:
            _tell(session, school, people[Role.ADVISER])
            case_id = session.scalar(text('SELECT id FROM "case"'))
        with db.transaction() as session:
            incident_id, import_id = _register(session, school)
        script = assets.current().files["vertel.js"]
    values = {"slug": school.slug, "token": token, "case_id": case_id, "name": script.name, "digest": script.digest}
    values |= {"flow": "report", "step": "danger", "service_id": "kindertelefoon"}
    values |= {"form": "csv", "kind": "csv", "paper": "pdf", "incident_id": incident_id, "import_id": import_id}
    ids = (
        "session",
        "invitation",
        "membership",
        "person",
        "holiday",
        "request",
        "deed",
        "passkey",
        "step",
        "absence",
        "view",
    )
    others = dict.fromkeys((f"{name}_id" for name in ids), "0" * 32)
    site = Site(made.app, {**values, **others}, people)
    yield site
    site.engine.dispose()


def _register(session: Session, school: SchoolInfo) -> tuple[str, str]:
    """An incident, an import that found nothing, and a table of the city that came out."""
    facts = IncidentFacts(day=clock.today(), codes={"category": "theft"})
    names = [("TOTAL", code, "Q1", "7") for code in (*CATEGORIES, "TOTAL")]
    content = "".join(f"{','.join(name)}\n" for name in (("district", "category", "period", "value"), *names))
    session.add(TableDesign(year="2025-2026", design='{"kind": "calm", "groups": {}, "regions": {"Laak": "TOTAL"}}'))
    out = {"state": "released", "content": content, "schools": "TOTAL,9\n", "digest": "0" * 64, "signature": b"0" * 64}
    session.add(Publication(quarter="2025-2026-Q1", made_on=clock.today(), released_on=clock.today(), **out))
    return record_incident(session, school.id, facts), begin_import(session, school.id, "Excel", ())


def _join(session: Session, role: Role, school: SchoolInfo) -> Joined:
    invitation = NewInvitation(
        name=role.name.title(),
        email=f"{role}@vertel.example",
        role=role,
        kind="internal" if role is Role.ADVISER else "",
        school_id=school.id if role.is_of_a_school else None,
    )
    return join(session, invitation, PASSWORD)


def _vouch(session: Session, adviser: Joined) -> None:
    """Let the adviser read, as a colleague's word does: the school is open already."""
    row = session.scalars(select(Membership).where(Membership.person_id == adviser.person_id)).one()
    let_read(session, row, by=None)


def _tell(session: Session, school: SchoolInfo, adviser: Joined) -> None:
    desk = Desk(adviser.person_id, Role.ADVISER.name.title(), (school.id,), adviser.pair)
    tell_term(session, school, [desk], [TALKS[0]])
