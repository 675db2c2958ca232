"""An installation that runs the small talk in `shown/`, and a browser for somebody of each role."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import db
from app.accounts.access import TOKEN
from app.accounts.joining import Joined, join
from app.accounts.proving import Proof
from app.accounts.roles import PREVIEWERS, Role
from app.accounts.services import NewInvitation
from app.accounts.sessions import begin_session
from app.i18n import catalogues
from app.schools.queries import SchoolInfo
from app.settings import ROOT
from tests.databases import new_url
from tests.installations import PASSWORD, installed
from tests.talks.folders import lock

SHOWN = Path(__file__).parent / "shown"
TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Shown:
    """The app with the small talk, its school, and who may look at it."""

    app: Flask
    school: SchoolInfo
    people: Mapping[Role, Joined] = field(repr=False)

    def browser(self, role: Role) -> FlaskClient:
        """The browser of somebody who has just signed in."""
        client, person = self.app.test_client(), self.people[role]
        with self.app.app_context(), db.transaction() as session:
            token = begin_session(session, Proof(person.person_id, person.pair, None))
        with client.session_transaction("/staff/") as cookie:
            cookie[TOKEN] = token
        return client

    def read(self, path: str, role: Role = Role.TRANSLATOR) -> str:
        """The page at *path* below the talk's pages."""
        answer = self.browser(role).get(f"/staff/talk{path}")
        assert answer.status_code == 200
        return answer.text

    def post(self, path: str, data: Mapping[str, object], role: Role = Role.MANAGER) -> TestResponse:
        browser = self.browser(role)
        token = TOKEN_FIELD.search(browser.get("/staff/account").text)
        assert token
        return browser.post(f"/staff/talk{path}", data={**data, "csrf_token": token[1]})


@pytest.fixture
def shown(_shown: Shown) -> Shown:
    """The small talk, with the project's own catalogues, whatever the test before read."""
    if not catalogues.compiled("ar"):
        catalogues.load(ROOT / "translations")
    return _shown


@pytest.fixture(scope="session")
def _shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("shown")
    flows = folder / "flows"
    shutil.copytree(SHOWN, flows)
    for part in ("words", "recognition"):
        shutil.copytree(ROOT / "flows" / part, flows / part)
    lock(flows)
    with installed(new_url("sqlite", folder), folder, flows=flows) as made, db.transaction() as session:
        people = {role: join(session, _invitation(role, made.school), PASSWORD) for role in PREVIEWERS}
    yield Shown(made.app, made.school, people)
    database: db.Database = made.app.extensions["database"]
    database.engine.dispose()


def _invitation(role: Role, school: SchoolInfo) -> NewInvitation:
    return NewInvitation(
        name=role.name.title(),
        email=f"{role}@shown.example",
        role=role,
        school_id=school.id if role.is_of_a_school else None,
    )
