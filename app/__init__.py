"""Vertel: the one place that knows every feature."""

from collections.abc import Mapping

from flask import Blueprint, Flask

from app import db
from app.accounts import installation, mailing, navigation, weekly
from app.accounts.views import pages as accounts_pages
from app.cases import start as cases_start
from app.cases import wording
from app.cases.views import pages as cases_pages
from app.cases.views import record_pages
from app.i18n import catalogues
from app.intake import start
from app.intake.views import pages as intake_pages
from app.migrations.upgrade import bring_up_to_date
from app.referrals.views import pages as referrals_pages
from app.referrals.views_embed import pages as embedded_pages
from app.referrals.views_open import pages as open_data_pages
from app.register import start as register_start
from app.register.views import pages as register_pages
from app.schools.cli import POSTER_WORD
from app.settings import Settings
from app.statistics import working
from app.statistics.views import pages as statistics_pages
from app.talks import start as talks_start
from app.talks.views import pages as talks_pages
from app.upkeep.views import pages as upkeep_pages
from app.web import setup
from app.web.cookies import WeeklyKeys

FEATURES = ("referrals", "accounts", "upkeep", "talks", "register", "cases", "intake", "statistics")
TEMPLATES = {name: f"app.{name}" for name in FEATURES}
SIDES: Mapping[str, tuple[Blueprint, ...]] = {
    "staff": (accounts_pages, upkeep_pages, talks_pages, register_pages, cases_pages, record_pages, statistics_pages),
    "student": (referrals_pages, embedded_pages, open_data_pages, intake_pages),
}


def create_app(settings: Settings) -> Flask:
    """Build the app: check what must hold before anybody may write, then put the features together.

    Raises: FlowError, CatalogueError, PepperMismatchError and others, each naming the file and the cure.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["SETTINGS"] = settings
    catalogues.load(
        settings.translations,
        is_draft_offered=settings.draft_languages,
        is_pseudo_offered=settings.pseudo_languages,
    )
    database = db.connect(settings.database)
    bring_up_to_date(database)
    db.init_app(app, database)
    with app.app_context():
        app.config["SECRET_KEY"] = WeeklyKeys(installation.load_pepper(app).key)
    installation.limit_hashing(settings.processes)
    setup.init_app(app, settings, TEMPLATES)
    _add_features(app, settings)
    return app


def _add_features(app: Flask, settings: Settings) -> None:
    for side, blueprints in SIDES.items():
        if settings.side in (side, "both"):
            for blueprint in blueprints:
                app.register_blueprint(blueprint)
    app.jinja_env.filters["reader_kind"] = wording.reader_kind_label
    navigation.init_app(app)
    mailing.init_app(app)
    app.extensions[POSTER_WORD] = weekly.word_of
    talks_start.init_app(app, settings)
    register_start.init_app(app)
    working.init_app(app)
    cases_start.init_app(app)
    start.init_app(app, settings)
