"""One installation with two people of the network for the whole folder; each test leaves the social map as it was."""

import re
from collections.abc import Callable, Iterator
from contextvars import copy_context

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import delete

from app import db
from app.accounts.access import TOKEN
from app.accounts.joining import Joined, join
from app.accounts.proving import Proof
from app.accounts.roles import Role
from app.accounts.services import NewInvitation
from app.accounts.sessions import begin_session
from app.referrals.models import SearchGap, Service, ServiceCheck
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from tests.databases import new_url
from tests.installations import PASSWORD, Installation, installed

NAMES = ("Kees Netwerk", "Roos Netwerk")
TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Colleague:
    """Somebody of the network with a browser, signed in."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str = "") -> str:
        for name in [*g]:  # The context of the fixture outlives a request, and so would who is signed in.
            g.pop(name)
        return self.client.get(f"/staff/social-map{path}").text

    def post(self, path: str, **data: str) -> tuple[int, str]:
        """Post a form with this page's token and follow where it leads: (first status, text of the last page)."""
        found = TOKEN_FIELD.search(self.get("/sheet"))
        assert found
        answer = self.client.post(f"/staff/social-map{path}", data={"csrf_token": found[1], **data})
        text = self.client.get(answer.location).text if answer.location else answer.text
        return answer.status_code, text


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def _town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, list[Joined]]]:
    folder = tmp_path_factory.mktemp("upkeep")
    manager = installed(new_url(request.param, folder), folder)
    own = copy_context()
    made = own.run(manager.__enter__)
    with made.app.app_context(), db.transaction() as session:
        people = [join(session, _invitation(name), PASSWORD) for name in NAMES]
    yield made, people
    own.run(manager.__exit__, None, None, None)


def _invitation(name: str) -> NewInvitation:
    return NewInvitation(name=name, email=f"{name[:4]}@vertel.example", role=Role.NETWORK)


@pytest.fixture
def installation(_town: tuple[Installation, list[Joined]]) -> Iterator[Installation]:
    made, _people = _town
    with made.app.app_context():
        yield made
        with db.transaction() as session:
            for table in (ServiceCheck, SearchGap, Service):
                session.execute(delete(table))
            import_entries(session, read_sheet(PACKAGED))


@pytest.fixture
def colleague(installation: Installation, _town: tuple[Installation, list[Joined]]) -> Callable[[int], Colleague]:
    """Sign in the first (0) or the second (1) person of the network."""

    def sign_in(number: int) -> Colleague:
        person = _town[1][number]
        with db.transaction() as session:
            token = begin_session(session, Proof(person.person_id, person.pair, None))
        client = installation.app.test_client()
        with client.session_transaction("/staff/") as cookie:
            cookie[TOKEN] = token
        return Colleague(client)

    return sign_in
