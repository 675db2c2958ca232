"""When an adviser is there, who stands in for whom, and a mail to see whether mail arrives."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app import db
from app.accounts import deputies, presence
from app.accounts.access import current_person, require
from app.accounts.forms import AbsenceForm, WeekdaysForm
from app.accounts.own_school import own_school, own_schools
from app.accounts.pages import PresencePage, SchoolWeek, errors_of
from app.accounts.presence_rules import weekdays_of
from app.accounts.roles import Role
from app.accounts.rules import is_id
from app.accounts.services import MemberNotFoundError
from app.accounts.wording import WEEKDAYS
from app.i18n.translate import gettext as _
from app.notifications.services import ask_proof
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(Role.ADVISER)
def show_presence() -> Answer:
    return _page(AbsenceForm(formdata=None))


@require(Role.ADVISER)
def set_weekdays() -> Answer:
    form = WeekdaysForm()
    chosen = {int(day) for day in form.days.data or () if day in map(str, range(len(WEEKDAYS)))}
    if not form.validate():
        return _page(AbsenceForm(formdata=None)), 422
    with db.transaction() as session:
        school = own_school(session, Role.ADVISER)
        presence.set_works_on(session, school.id, current_person().id, chosen)
    return _back()


@require(Role.ADVISER)
def add_absence() -> Answer:
    form = AbsenceForm()
    first, last = form.first_day.data, form.last_day.data
    if not form.validate() or first is None or last is None:
        return _page(form), 422
    try:
        with db.transaction() as session:
            presence.add_absence(session, current_person().id, (first, last))
    except presence.AbsenceError:
        form.last_day.errors = [_("Kies een eerste en een laatste dag, hoogstens een jaar, die nog niet voorbij zijn.")]
        return _page(form), 422
    return _back()


@require(Role.ADVISER)
def remove_absence(absence_id: str) -> Answer:
    with db.transaction() as session:
        presence.remove_absence(session, current_person().id, _id(absence_id))
    return _back()


@require(Role.MANAGER)
def set_deputy(membership_id: str) -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.MANAGER)
        try:
            is_deputy = request.form.get("deputy") == "yes"
            deputies.set_deputy(session, (_id(membership_id), school.id), is_deputy=is_deputy, by=current_person().id)
        except MemberNotFoundError:
            abort(404)
    return redirect(url_for("accounts.people", school=school.slug), 303)


@require(*Role)
def send_proof() -> Answer:
    with db.transaction() as session:
        ask_proof(session, current_person().id)
    return redirect(url_for("accounts.account", proof=1, _anchor="mail"), 303)


def _id(text: str) -> str:
    if not is_id(text):
        abort(404)
    return text


def _back() -> Response:
    return redirect(url_for("accounts.show_presence", saved=1), 303)


def _page(form: AbsenceForm) -> str:
    person = current_person()
    with db.reading() as session:
        schools = tuple(
            SchoolWeek(school.slug, school.name, weekdays_of(presence.works_on(session, school.id, person.id)))
            for school in own_schools(session, Role.ADVISER)
        )
        absences = presence.absences_of(session, person.id)
    title = _("Wanneer ik er ben")
    page = PresencePage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        schools=schools,
        weekdays=tuple(str(day) for day in WEEKDAYS),
        absences=absences,
        form=form,
        is_saved=not form.errors and "saved" in request.args,
        errors=errors_of(form),
    )
    return render(page)
