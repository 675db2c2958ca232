"""A small app with the desk in it, on each kind of database, and advisers who are signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import db
from app.accounts.access import TOKEN
from app.accounts.proving import Proof
from app.accounts.sessions import begin_session
from app.cases.views import pages, record_pages
from app.settings import Settings
from app.vault.pepper import Pepper
from app.web import setup
from tests.cases.factories import Adviser

PEPPER = Pepper(bytes(range(32)))
FEATURES = {"cases": "app.cases", "referrals": "app.referrals"}
SignIn = Callable[[Adviser], FlaskClient]


@pytest.fixture(autouse=True)
def inside_an_installation() -> Iterator[Flask]:
    """Who may read is marked with the pepper of an app."""
    app = Flask("installation", static_folder=None, template_folder=None)
    app.extensions["pepper"] = PEPPER
    with app.app_context():
        yield app


@pytest.fixture
def desk_app(database: db.Database, tmp_path: Path) -> Flask:
    app = Flask(__name__, static_folder=None, template_folder=None)
    settings = Settings(
        instance=tmp_path,
        hosts=("localhost",),
        base_url="http://localhost",
        mail_from="vertel@localhost",
        smtp_host="localhost",
        cookies_secure=False,
    )
    app.config.update(SETTINGS=settings, SECRET_KEY="tests only", WTF_CSRF_ENABLED=False, TESTING=True)
    app.extensions["pepper"] = PEPPER
    db.init_app(app, database)
    setup.init_app(app, settings, FEATURES)
    app.register_blueprint(pages)
    app.register_blueprint(record_pages)
    return app


@pytest.fixture
def sign_in(desk_app: Flask, database: db.Database) -> SignIn:
    def open_browser(adviser: Adviser) -> FlaskClient:
        with desk_app.app_context(), database.writer.begin() as session:
            token = begin_session(session, Proof(adviser.person_id, adviser.pair, None))
        client = desk_app.test_client()
        with client.session_transaction("/staff/cases") as cookie:
            cookie[TOKEN] = token
        return client

    return open_browser
