"""A session in which the packaged social map stands, and an app with the help page and nothing else."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import db
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.views import pages
from app.settings import Settings
from app.web import setup


@pytest.fixture
def imported(session: Session) -> Session:
    import_entries(session, read_sheet(PACKAGED))
    return session


@pytest.fixture
def site(database: db.Database, tmp_path: Path) -> Flask:
    """The help page on an empty database."""
    settings = Settings(
        instance=tmp_path,
        hosts=("localhost",),
        base_url="http://localhost",
        mail_from="vertel@example.org",
        smtp_host="localhost",
        cookies_secure=False,
    )
    site = Flask("help", static_folder=None)
    site.secret_key = "only-for-tests"
    setup.init_app(site, settings, {"referrals": "app.referrals"})
    db.init_app(site, database)
    site.register_blueprint(pages)
    return site
