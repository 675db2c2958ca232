"""The city's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from app.referrals.outcomes import Outcome
from app.statistics.showing import Grid
from app.web.pages import Page


@dataclass(frozen=True)
class Shown:
    """One released table, laid out."""

    quarter: str
    released_on: date
    schools: int
    by_area: Mapping[str, int]
    period: str
    grids: tuple[Grid, ...]
    chart: Markup
    trend: Markup
    tiles: Markup | None
    """None while only the whole city is counted."""
    merged: Mapping[str, str]
    """By district the region in which it is counted, where that has another name."""
    reason: str
    limits: str
    digest: str
    public_key: str


@dataclass(frozen=True, kw_only=True)
class CityPage(Page):
    """The tables of a school year as they came out."""

    template: ClassVar[str] = "statistics/city.html"
    period: str
    years: tuple[str, ...]
    table: Shown | None
    quarter: str
    """The last one that is finished, such as 2026-Q3."""
    outcomes: tuple[Outcome, ...]
    """What students of the whole city said of each service in it."""
