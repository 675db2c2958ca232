"""An app that can only work, and a real mail server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import clock, db
from app.db import Database
from app.settings import Settings
from tests.notifications.mailbox import Mailbox, free_port

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox(free_port())
    yield box
    box.stop()


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    return Settings(
        instance=tmp_path,
        hosts=("localhost",),
        base_url="https://vertel.example",
        mail_from="vertel@mail.example",
        smtp_host="127.0.0.1",
        smtp_port=mailbox.port,
        smtp_tls=False,
    )


@pytest.fixture
def app(database: Database, settings: Settings) -> Flask:
    app = Flask("app", static_folder=None, template_folder=None)
    app.config["SETTINGS"] = settings
    db.init_app(app, database)
    return app
