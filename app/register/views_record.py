"""Recording one incident by the safety coordinator, changing it, and taking it out again."""

from datetime import timedelta

from flask import abort, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import require
from app.accounts.own_school import own_school
from app.accounts.pages import errors_of
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.register import queries, services
from app.register.at_school import KEEPERS, is_law_now
from app.register.forms import IncidentForm, blank, filled
from app.register.law import PROFILES, edition_on
from app.register.pages import Definition, DefinitionsPage, IncidentPage
from app.register.queries import IncidentInfo
from app.register.wording import labels
from app.schools.queries import SchoolInfo
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(Role.COORDINATOR)
def show_new() -> Answer:
    with db.reading() as session:
        school = own_school(session, Role.COORDINATOR)
    return _page(school, blank(clock.today()))


@require(Role.COORDINATOR)
def record() -> Answer:
    form = IncidentForm()
    facts = form.facts()
    with db.transaction() as session:
        school = own_school(session, Role.COORDINATOR)
        if facts is not None:
            services.record_incident(session, school.id, facts)
    return _page(school, form) if facts is None else _back(school, "recorded")


@require(Role.COORDINATOR)
def show_incident(incident_id: str) -> Answer:
    with db.reading() as session:
        school, found = _found(session, incident_id)
    return _page(school, filled(found), found)


@require(Role.COORDINATOR)
def change(incident_id: str) -> Answer:
    form = IncidentForm()
    facts = form.facts()
    with db.transaction() as session:
        school, found = _found(session, incident_id)
        if facts is not None:
            services.change_incident(session, school.id, found.id, facts)
    return _page(school, form, found) if facts is None else _back(school, "changed")


@require(Role.COORDINATOR)
def strike(incident_id: str) -> Answer:
    with db.transaction() as session:
        school, found = _found(session, incident_id)
        services.strike_incident(session, school.id, found.id)
    return _back(school, "struck")


@require(*KEEPERS)
def show_definitions() -> str:
    with db.reading() as session:
        school = own_school(session, *KEEPERS)
        profile = PROFILES[queries.participation(session, school.id).profile]
    edition = edition_on(clock.today())
    rows = [
        Definition(code, text, str(edition.definitions[code]), str(edition.hints[code]))
        for code, text in labels("category").items()
    ]
    return render(
        DefinitionsPage(
            title=_("Wat hoort bij welke soort?"),
            school=school,
            definitions=tuple(rows),
            serious=str(edition.serious),
            deadline_days=edition.deadline_days,
            edition=edition.code,
            valid_from=edition.valid_from,
            article=profile.article,
            profile=str(profile.label),
            is_law=is_law_now(),
        )
    )


def _found(session: Session, incident_id: str) -> tuple[SchoolInfo, IncidentInfo]:
    school = own_school(session, Role.COORDINATOR)
    found = queries.incident(session, school.id, incident_id) if incident_id.isalnum() else None
    if found is None:
        abort(404)
    return school, found


def _back(school: SchoolInfo, did: str) -> Response:
    return redirect(url_for("register.show_register", school=school.slug, did=did), 303)


def _page(school: SchoolInfo, form: IncidentForm, found: IncidentInfo | None = None) -> Answer:
    edition = edition_on(form.day.data or clock.today() - timedelta(days=1))
    title = _("Incident veranderen") if found else _("Nieuw incident")
    page = IncidentPage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        school=school,
        form=form,
        incident_id=found.id if found else "",
        definitions={code: str(text) for code, text in edition.definitions.items()},
        serious=str(edition.serious),
        is_law=is_law_now(),
        errors=errors_of(form),
    )
    return (render(page), 422) if form.errors else render(page)
