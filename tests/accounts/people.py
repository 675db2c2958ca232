"""People for the tests of accounts, and a browser for each."""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import clock, db
from app.accounts.joining import Joined, join
from app.accounts.roles import Role
from app.accounts.services import NewInvitation

PASSWORD = "paars kanaal zeven fietsbel"
SCHOOL_ID = "a" * 32


def code_of(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


@dataclass
class Town:
    """Makes people and lets them in."""

    app: Flask

    def person(self, email: str, role: Role, kind: str = "", school_id: str | None = SCHOOL_ID) -> Joined:
        with self.app.app_context(), db.transaction() as session:
            name = email.partition("@")[0].title()
            invitation = NewInvitation(name=name, email=email, role=role, kind=kind, school_id=school_id)
            return join(session, invitation, PASSWORD)

    def stored(self, table: str) -> bytes:
        """Every value of every row of *table*."""
        with self.app.app_context(), db.reading() as session:
            rows = session.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
        return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)

    def two_advisers(self) -> tuple[Joined, Joined]:
        mira = self.person("mira@school.example", Role.ADVISER, "internal")
        return mira, self.person("joris@buiten.example", Role.ADVISER, "external")

    def sign_in(self, email: str, code: str, password: str = PASSWORD) -> tuple[FlaskClient, TestResponse]:
        browser = self.app.test_client()
        answer = browser.post("/staff/", data={"email": email, "password": password, "code": code})
        return browser, answer

    def browser_of(self, email: str, joined: Joined, steps: int = 0) -> FlaskClient:
        browser, answer = self.sign_in(email, code_of(joined.totp_secret, steps))
        assert answer.status_code == 303
        return browser

    def manager(self) -> FlaskClient:
        joined = self.person("ilse@school.example", Role.MANAGER)
        return self.browser_of("ilse@school.example", joined)
