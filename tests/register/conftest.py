"""The register's pages with one school, on each database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock, db
from app.accounts.access import TOKEN
from app.accounts.joining import Joined, join
from app.accounts.proving import Proof
from app.accounts.roles import Role
from app.accounts.services import NewInvitation
from app.accounts.sessions import begin_session
from app.vault import kdf
from tests.databases import new_url
from tests.installations import PASSWORD, Installation, installed

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class School:
    """An installation with somebody for each role, and a browser for each."""

    made: Installation
    people: dict[Role, Joined]

    @property
    def app(self) -> Flask:
        return self.made.app

    @property
    def id(self) -> str:
        return self.made.school.id

    def browser(self, role: Role) -> FlaskClient:
        client = self.app.test_client()
        person = self.people[role]
        with db.transaction() as session:
            token = begin_session(session, Proof(person.person_id, person.pair, None))
        with client.session_transaction("/staff/") as cookie:
            cookie[TOKEN] = token
        return client


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    monkeypatch.setattr(kdf, "_gate", kdf.Gate(4, 4, work=_quick))
    with clock.at(NOON), installed(new_url(request.param, tmp_path), tmp_path) as made:
        made.app.config["WTF_CSRF_ENABLED"] = False
        yield School(made, {role: _join(made, role) for role in (Role.COORDINATOR, Role.MANAGER, Role.NETWORK)})


def _quick(secret: bytes, salt: bytes, length: int) -> bytes:
    return hashlib.shake_256(salt + secret).digest(length)


def _join(made: Installation, role: Role) -> Joined:
    school_id = made.school.id if role.is_of_a_school else None
    invitation = NewInvitation(name=role.name.title(), email=f"{role}@x.example", role=role, school_id=school_id)
    with db.transaction() as session:
        return join(session, invitation, PASSWORD)
