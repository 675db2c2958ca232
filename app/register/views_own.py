"""The school's own screen of the register."""

from collections.abc import Mapping
from math import ceil

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import current_person, require
from app.accounts.own_school import own_school, own_schools
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.register import queries
from app.register.at_school import KEEPERS, is_law_now
from app.register.comparing import compare
from app.register.pages import HeatRow, Pager, RegisterPage
from app.register.periods import first_day, last_day, school_year
from app.register.queries import PAGE, Choice
from app.register.services import take_part
from app.register.wording import labels
from app.web.drawing import columns
from app.web.pages import render

YEARS_BACK = 3
SHADES = 4
MONTHS = 12


@require(*KEEPERS)
def show_register() -> str:
    with db.reading() as session:
        return render(_page(session))


@require(Role.COORDINATOR)
def set_since() -> Response:
    with db.transaction() as session:
        school = own_school(session, Role.COORDINATOR)
        take_part(session, school.id, clock.today() if request.form.get("part") == "yes" else None)
    return redirect(url_for("register.show_register", school=school.slug), 303)


def _page(session: Session) -> RegisterPage:
    school, choice = own_school(session, *KEEPERS), _choice()
    months, total = _months(session, school.id, choice), queries.count(session, school.id, choice)
    return RegisterPage(
        title=_("Register van %(school)s", school=school.name),
        school=school,
        schools=own_schools(session, *KEEPERS),
        can_record=school.id in current_person().school_ids_as(Role.COORDINATOR),
        participation=queries.participation(session, school.id),
        is_law=is_law_now(),
        choice=choice,
        years=known_years(),
        categories=labels("category"),
        compared=compare(session, school.id, choice.period),
        total=total,
        trend=columns(months),
        months=months,
        parts=tuple(labels("part_of_day").values()),
        heat=_heat(queries.heat(session, school.id, choice)),
        incidents=queries.incidents(session, school.id, choice, _pager(total).page),
        place_names=labels("place"),
        pager=_pager(total),
        overdue=_overdue(session, school.id, choice.period),
        did=_did(),
    )


def _pager(total: int) -> Pager:
    pages = max(1, ceil(total / PAGE))
    return Pager(min(pages, max(1, request.args.get("page", 1, type=int))), pages)


def _choice() -> Choice:
    years, asked = known_years(), request.args
    category = asked.get("category", "")
    year = next((year for year in years if year == asked.get("year")), years[0])
    return Choice(year, category if category in labels("category") else "")


def known_years() -> tuple[str, ...]:
    """Return the school years that can be chosen, this one first."""
    first = int(school_year(clock.today())[:4])
    return tuple(f"{year}-{year + 1}" for year in range(first, first - YEARS_BACK, -1))


def _months(session: Session, school_id: str, choice: Choice) -> tuple[tuple[str, int], ...]:
    found = queries.by_month(session, school_id, choice)
    start, end = first_day(choice.period), min(last_day(choice.period), clock.today())
    keys = [
        (start.year + (start.month - 1 + at) // MONTHS, (start.month - 1 + at) % MONTHS + 1) for at in range(MONTHS)
    ]
    shown = [(year, month) for year, month in keys if (year, month) <= (end.year, end.month)]
    return tuple((f"{month}-{year % 100:02}", found.get(f"{year}-{month:02}", 0)) for year, month in shown)


def _heat(found: Mapping[tuple[str, str], int]) -> tuple[HeatRow, ...]:
    most = max(found.values(), default=0) or 1
    rows = []
    for code, text in labels("place").items():
        counts = [found.get((code, part), 0) for part in labels("part_of_day")]
        if any(counts):
            rows.append(HeatRow(text, tuple((count, ceil(SHADES * count / most)) for count in counts), sum(counts)))
    return tuple(sorted(rows, key=lambda row: -row.total))


def _overdue(session: Session, school_id: str, period: str) -> int:
    serious = queries.serious_incidents(session, school_id, period)
    return sum(one.inspectorate != "done" and one.due_on < clock.today() for one in serious)


def _did() -> str:
    texts = {
        "recorded": _("Het staat in het register."),
        "changed": _("De verandering is bewaard."),
        "struck": _("Het incident is uit het register gehaald."),
    }
    return texts.get(request.args.get("did", ""), "")
