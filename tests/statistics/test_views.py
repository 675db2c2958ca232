"""The city's page."""

from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask, render_template

from app import db
from app.accounts.roles import Role
from app.referrals.outcomes import Outcome
from app.settings import Settings
from app.statistics.pages import CityPage
from app.statistics.views import pages
from app.web import setup


@pytest.fixture
def site(database: db.Database, tmp_path: Path) -> Flask:
    settings = Settings(
        instance=tmp_path,
        hosts=("localhost",),
        base_url="http://localhost",
        mail_from="vertel@example.org",
        smtp_host="localhost",
        cookies_secure=False,
    )
    site = Flask("city", static_folder=None)
    site.secret_key = "only-for-tests"
    setup.init_app(site, settings, {"statistics": "app.statistics"})
    db.init_app(site, database)
    site.register_blueprint(pages)
    return site


def test_only_an_analyst_may_open_the_page(site: Flask) -> None:
    view = site.view_functions["statistics.show_city"]

    assert view.allowed_roles == frozenset({Role.ANALYST})  # type: ignore[attr-defined]


def test_a_stranger_is_sent_to_the_sign_in_page(site: Flask) -> None:
    answer = site.test_client().get("/city/")

    assert (answer.status_code, answer.location) == (303, "/staff/")


def city_page(site: Flask, *outcomes: Outcome) -> str:
    page = CityPage(title="x", period="2026-2027", years=(), table=None, quarter="2026-Q3", outcomes=outcomes)
    with site.test_request_context("/city/"):
        return render_template(page.template, **{field.name: getattr(page, field.name) for field in fields(page)})


def test_before_the_first_release_the_page_has_no_figure_at_all(site: Flask) -> None:
    text = city_page(site)

    assert "<td>" not in text
    assert "<svg" not in text
    assert "nog geen enkel cijfer" in text


def test_only_services_with_a_count_that_may_be_told_take_a_row(site: Flask) -> None:
    small, large = Outcome("halt", "Halt", None, None, None), Outcome("sense", "Sense", 20, None, None)

    assert "data-service" not in city_page(site, small)
    text = city_page(site, small, large)
    assert (text.count("data-service"), text.count('data-service="sense"')) == (1, 1)
    assert "Over de andere diensten is geen antwoord vaker dan tien keer gegeven." in text
