"""A whole installation for tests: one open school with its people, on a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url

from app import create_app, db
from app.accounts.joining import Joined, join
from app.accounts.roles import Role
from app.accounts.services import NewInvitation, open_school
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.schools.importing import import_schools
from app.schools.queries import SchoolInfo, all_schools
from app.schools.school_files import SchoolRow
from app.settings import Settings

PASSWORD = "blauwe-fietsbel-op-dinsdag"
SCHOOL = SchoolRow(row=1, brin="00XA", location_code="00XA00", label="De Meeuw Lyceum", holiday_region="midden")


@dataclass(frozen=True)
class Staff:
    """Somebody who can sign in."""

    id: str
    name: str
    email: str
    password: str
    totp_secret: str

    def code(self) -> str:
        return pyotp.TOTP(self.totp_secret).now()


@dataclass(frozen=True)
class Installation:
    """An app with one open school, its two advisers and its manager."""

    app: Flask
    school: SchoolInfo
    internal: Staff
    external: Staff
    manager: Staff

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()


def settings(url: str, folder: Path, **changes: object) -> Settings:
    made: dict[str, object] = {
        "instance": folder,
        "hosts": ("localhost", "127.0.0.1"),
        "base_url": "https://vertel.example",
        "mail_from": "vertel@vertel.example",
        "smtp_host": "127.0.0.1",
        "smtp_tls": False,
        "cookies_secure": False,
        "deliver_at_once": True,
        "draft_languages": True,
        "database_url": url,
    }
    return Settings(**{**made, **changes})  # type: ignore[arg-type]


@contextmanager
def installed(url: str, folder: Path, **changes: object) -> Iterator[Installation]:
    app = create_app(settings(url, folder, **changes))
    with app.app_context():
        yield _furnished(app)
        db.current().engine.dispose()


def _furnished(app: Flask) -> Installation:
    with db.transaction() as session:
        import_entries(session, read_sheet(PACKAGED))
        import_schools(session, [SCHOOL])
        session.flush()
        school = all_schools(session)[0]
    internal = _staff("Mira Zonneveld", Role.ADVISER, "internal", school)
    external = _staff("Joris Waterman", Role.ADVISER, "external", school)
    manager = _staff("Ilse Bergsma", Role.MANAGER, "", school)
    with db.transaction() as session:
        open_school(session, school.id)
        school = all_schools(session)[0]
    return Installation(app, school, internal, external, manager)


def _staff(name: str, role: Role, kind: str, school: SchoolInfo) -> Staff:
    email = f"{name.split(maxsplit=1)[0].lower()}@vertel.example"
    with db.transaction() as session:
        invitation = NewInvitation(name=name, email=email, role=role, kind=kind, school_id=school.id)
        joined: Joined = join(session, invitation, PASSWORD)
    return Staff(joined.person_id, name, email, PASSWORD, joined.totp_secret)


def database_file(url: str) -> Path:
    """Return the file of an SQLite database."""
    return Path(make_url(url).database or "")
