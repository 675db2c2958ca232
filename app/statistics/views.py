"""The city's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint

from app import clock, db
from app.accounts.access import require
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.referrals.outcomes import Outcome, finished_outcomes
from app.schools.districts import DISTRICTS
from app.statistics.rules import CATEGORIES, school_year
from app.web.pages import Page, render

pages = Blueprint("statistics", __name__, url_prefix="/city")


@dataclass(frozen=True, kw_only=True)
class CityPage(Page):
    """The table of a school year, which nobody has published yet."""

    template: ClassVar[str] = "statistics/city.html"
    period: str
    districts: tuple[str, ...]
    categories: Mapping[str, str]
    quarter: str
    """The last one that is finished, such as 2026-Q3."""
    outcomes: tuple[Outcome, ...]
    """What students of the whole city said of each service in it."""


@pages.get("/")
@require(Role.ANALYST)
def show_city() -> str:
    with db.reading() as session:
        quarter, outcomes = finished_outcomes(session)
    return render(
        CityPage(
            title=_("Cijfers per stadsdeel"),
            period=school_year(clock.today()),
            districts=DISTRICTS,
            categories={code: str(label) for code, label in CATEGORIES.items()},
            quarter=quarter,
            outcomes=outcomes,
        )
    )
