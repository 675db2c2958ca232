"""How far each school is with the register, for the city's network: steps, never counts."""

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import require
from app.accounts.queries import school_readiness
from app.accounts.roles import Role
from app.accounts.wording import gap_label
from app.i18n.translate import gettext as _
from app.register import queries
from app.register.law import PROFILES, edition_on
from app.register.models import STEPS
from app.register.pages import NetworkPage, SchoolSteps
from app.register.services import mark_step
from app.schools.districts import CONFIRMED
from app.schools.queries import SchoolInfo, all_schools
from app.web.pages import render


@require(Role.NETWORK)
def show_schools() -> str:
    edition = edition_on(clock.today())
    with db.reading() as session:
        rows = tuple(_steps(session, school) for school in all_schools(session))
    return render(
        NetworkPage(
            title=_("Het register op de scholen"),
            rows=rows,
            steps={"poster": _("Poster hangt"), "training": _("Training gehad")},
            is_saved=request.args.get("did") == "saved",
            blanks=tuple((form.upper(), url_for("register.blank_file", kind=form)) for form in ("xlsx", "csv")),
            edition=edition.code,
            valid_from=edition.valid_from,
            letter=_letter(),
        )
    )


@require(Role.NETWORK)
def keep_steps() -> Response:
    with db.transaction() as session:
        for school in all_schools(session):
            for step in STEPS:
                name = f"{step}-{school.slug}"
                # Only what was changed on this page: a colleague may have marked something else meanwhile.
                if (name in request.form) != (f"was-{name}" in request.form):
                    mark_step(session, school.id, step, is_done=name in request.form)
    return redirect(url_for("register.show_schools", did="saved"), 303)


def _steps(session: Session, school: SchoolInfo) -> SchoolSteps:
    part = queries.participation(session, school.id)
    return SchoolSteps(
        name=school.name,
        is_open=school.is_open,
        gaps=tuple(gap_label(gap) for gap in school_readiness(session, school.id).missing),
        is_district_confirmed=school.district_source == CONFIRMED,
        since=part.since,
        is_pilot=part.is_pilot,
        profile=str(PROFILES[part.profile].label),
        slug=school.slug,
        done=part.done,
        has_import=queries.has_import(session, school.id),
    )


def _letter() -> str:
    return _(
        "Onze school houdt bij welke incidenten er zijn, in negen soorten die de overheid voorstelt. "
        "Er staan geen namen in. De gemeente krijgt alleen cijfers van scholen samen. "
        "Is er iets gebeurd? Vertel het ons, ook als je niet zeker weet of het erbij hoort."
    )
