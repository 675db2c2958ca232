"""The city's pages: what was released, and only that; nothing can be asked of it that was not released as it stands."""

from flask import Blueprint, abort, current_app, make_response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import require
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.i18n.translate import using
from app.referrals.outcomes import finished_outcomes
from app.register.documents import as_pdf
from app.register.periods import school_year
from app.settings import Settings
from app.statistics import showing
from app.statistics.pages import CityPage, Shown
from app.statistics.queries import Released, newest_of, released_years
from app.statistics.signing import public_key
from app.web.pages import render

pages = Blueprint("statistics", __name__, url_prefix="/city")


@pages.get("/")
@require(Role.ANALYST)
def show_city() -> str:
    with db.reading() as session:
        quarter, outcomes = finished_outcomes(session)
        years = released_years(session)
        table = _table(session, years)
    return render(
        CityPage(
            title=_("Incidenten op scholen"),
            period=table.year if table else school_year(clock.today()),
            years=years,
            table=_shown(table) if table else None,
            quarter=quarter,
            outcomes=outcomes,
        )
    )


@pages.get("/table.<form>")
@require(Role.ANALYST)
def download_table(form: str) -> Response:
    with db.reading() as session:
        table = _table(session, released_years(session))
    if table is None or form not in {"csv", "sdmx", "pdf", "sig"}:
        abort(404)
    if form == "pdf":
        with using("nl"):  # the council reads Dutch, whatever the analyst reads
            letter = as_pdf(showing.letter(table))
        return _file(letter, f"incidenten-{table.quarter}.pdf", "application/pdf")
    if form == "sig":
        return _file(table.signature.hex().encode(), f"incidenten-{table.quarter}.sig", "text/plain")
    text = table.content if form == "csv" else showing.sdmx_rows(table)
    name = f"incidenten-{table.quarter}{'-sdmx' if form == 'sdmx' else ''}.csv"
    return _file(text.encode(), name, "text/csv; charset=utf-8")


def _table(session: Session, years: tuple[str, ...]) -> Released | None:
    year = next((year for year in years if year == request.args.get("year")), years[0] if years else "")
    return newest_of(session, year) if year else None


def _shown(table: Released) -> Shown:
    settings: Settings = current_app.config["SETTINGS"]
    return Shown(
        quarter=table.quarter,
        released_on=table.released_on,
        schools=sum(table.schools.values()),
        by_area={area: table.schools.get(area, 0) for area in table.areas},
        period=showing.period_name(showing.newest_period(table)),
        grids=tuple(showing.grids(table)),
        chart=showing.category_chart(table),
        trend=showing.trend_chart(table),
        tiles=showing.district_map(table) if table.areas else None,
        merged=showing.names_of(table),
        reason=showing.reason(),
        limits=showing.limits(),
        digest=table.digest,
        public_key=public_key(settings.instance),
    )


def _file(data: bytes, name: str, kind: str) -> Response:
    made = make_response(data)
    made.headers["Content-Type"] = kind
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
