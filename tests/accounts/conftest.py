"""The staff's side with one school, on each database."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import clock, db
from app.accounts import installation, mailing, navigation
from app.accounts.cli import people
from app.accounts.views import pages
from app.db import Database
from app.schools.models import School
from app.settings import Settings
from app.vault import kdf
from app.vault.words import load_words
from app.web import setup
from tests.accounts.people import SCHOOL_ID, Town

load_words(Path(__file__).resolve().parents[2] / "flows" / "words")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def settings_in(folder: Path) -> Settings:
    return Settings(
        instance=folder,
        hosts=("localhost",),
        base_url="http://localhost",
        mail_from="vertel@mail.example",
        smtp_host="127.0.0.1",
        cookies_secure=False,
        smtp_tls=False,
    )


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow hash is measured in the vault's own tests."""
    monkeypatch.setattr(kdf, "_gate", kdf.Gate(4, 4, work=_quick))


def _quick(secret: bytes, salt: bytes, length: int) -> bytes:
    return hashlib.shake_256(salt + secret).digest(length)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Flask:
    app = Flask("app", static_folder=None, template_folder=None)
    settings = settings_in(tmp_path)
    app.config.update(SETTINGS=settings, SECRET_KEY="test", WTF_CSRF_ENABLED=False)
    db.init_app(app, database)
    with app.app_context():
        installation.load_pepper(app)
    setup.init_app(app, settings, {"accounts": "app.accounts"})
    app.register_blueprint(pages)
    app.cli.add_command(people)
    navigation.init_app(app)
    mailing.init_app(app)
    return app


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def town(app: Flask) -> Town:
    """A school that is closed and has nobody yet."""
    made = Town(app)
    with app.app_context(), db.transaction() as session:
        for number, slug in enumerate(("de-meeuw", "het-kompas")):
            session.add(
                School(
                    id=SCHOOL_ID if number == 0 else "f" * 32,
                    slug=slug,
                    name=slug,
                    brin="00XA",
                    location_code=f"00XA0{number}",
                )
            )
    return made
