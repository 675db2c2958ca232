"""An installation with its own folders on each kind of database, and a mail server that keeps what it gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from app import db
from tests.databases import new_url
from tests.installations import Installation, Staff, installed
from tests.plain_browser import PlainBrowser
from tests.servers import HOST, Host, Server, free_port


@dataclass(frozen=True)
class House:
    """A furnished installation, not yet served."""

    kind: str
    host: Host
    slug: str
    school_name: str
    internal: Staff
    external: Staff
    engine: Engine
    """The test's own way into the database."""

    def student(self, server: Server, *, source: str = HOST, agent: str = "plain") -> PlainBrowser:
        return PlainBrowser(server.url, source=source, agent=agent)

    def adviser(self, server: Server) -> PlainBrowser:
        person = self.internal
        return PlainBrowser(server.url).sign_in(person.email, person.password, person.totp_secret)


class MailFolder:
    """A mail server that writes each mail to a file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.controller = Controller(self, hostname=HOST, port=free_port())

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        number = len(list(self.folder.iterdir()))
        (self.folder / f"{number}.eml").write_bytes(envelope.content)
        return "250 OK"


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MailFolder]:
    made = MailFolder(tmp_path / "mail")
    made.controller.start()
    yield made
    made.controller.stop()


def furnish(kind: str, folder: Path, mail_port: int) -> House:
    instance = Host(folder, "").prepare().instance
    url = new_url(kind, instance)
    with installed(url, instance) as made:
        return _house(kind, Host(folder, url, mail_port), made)


def _house(kind: str, host: Host, made: Installation) -> House:
    engine = db.connect(host.database_url).engine
    return House(kind, host, made.school.slug, made.school.name, made.internal, made.external, engine)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path, mail: MailFolder) -> Iterator[House]:
    """An installation on a fresh database of each kind."""
    made = furnish(request.param, tmp_path / "house", mail.controller.port)
    yield made
    made.engine.dispose()


@pytest.fixture
def sqlite_house(tmp_path: Path, mail: MailFolder) -> Iterator[House]:
    """An installation on a fresh SQLite database."""
    made = furnish("sqlite", tmp_path / "house", mail.controller.port)
    yield made
    made.engine.dispose()
