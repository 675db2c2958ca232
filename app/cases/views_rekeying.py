"""Giving cases back to a colleague with a new key, using the recovery key, and stopping at a school."""

from flask import abort, redirect, request, url_for

from app import db
from app.accounts.access import current_person, require
from app.accounts.confirming import is_confirmed_at
from app.accounts.key_forms import HalvesForm
from app.accounts.own_school import own_school
from app.accounts.pages import errors_of
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.accounts.school_recovery import WrongHalvesError
from app.accounts.views_keys import signer
from app.accounts.views_school_recovery import not_together, read_halves
from app.cases import leaving, rekeying
from app.cases.at_desk import Answer, at_desk
from app.cases.pages_keys import LeavePage, RecoverPage, RewrapPage
from app.cases.recovering import NobodyToRecoverError, Recovery
from app.cases.recovering import recover as recover_cases
from app.i18n.translate import gettext as _
from app.schools.queries import SchoolInfo
from app.web.pages import render


@require(Role.ADVISER)
def show_rewrap() -> Answer:
    school = _confirmed_school()
    with at_desk(db.reading) as (session, desk):
        returned = rekeying.returned_colleagues(session, desk, school.id)
    page = RewrapPage(title=_("Meldingen teruggeven"), school=school, returned=returned, done="done" in request.args)
    return render(page)


@require(Role.ADVISER)
def rewrap() -> Answer:
    school = _confirmed_school()
    with at_desk() as (session, desk):
        rekeying.give_back(session, desk, school.id, request.form.get("person", ""))
    return redirect(url_for("record.show_rewrap", school=school.slug, done=1), 303)


@require(Role.ADVISER)
def show_recover() -> Answer:
    return _recover_page(_confirmed_school(), HalvesForm(formdata=None))


@require(Role.ADVISER)
def recover() -> Answer:
    school, form = _confirmed_school(), HalvesForm()
    halves = read_halves(form)
    if halves is None:
        return _recover_page(school, form), 422
    recovery = Recovery(*halves, request.form.get("person", ""), signer(), current_person().name)
    try:
        with db.transaction() as session:
            done = recover_cases(session, school.id, recovery)
    except WrongHalvesError:
        form.first.errors = [not_together()]
        return _recover_page(school, form), 422
    except NobodyToRecoverError:
        abort(404)
    count = done if recovery.for_id == current_person().id else None
    return _recover_page(school, HalvesForm(formdata=None), is_done=True, count=count)


@require(Role.ADVISER)
def show_leave() -> Answer:
    with at_desk(db.reading) as (session, desk):
        school = own_school(session, Role.ADVISER)
        sole = leaving.sole_cases(session, desk, school.id)
    return render(LeavePage(title=_("Stoppen als vertrouwenspersoon"), school=school, sole=sole))


@require(Role.ADVISER)
def leave() -> Answer:
    with at_desk() as (session, desk):
        school = own_school(session, Role.ADVISER)
        try:
            leaving.leave_school(session, desk, school.id)
        except leaving.SoleReaderError:
            return redirect(url_for("record.show_leave", school=school.slug), 303)
    return redirect("/staff/", 303)


def _confirmed_school() -> SchoolInfo:
    with db.reading() as session:
        school = own_school(session, Role.ADVISER)
        if not is_confirmed_at(session, school.id, current_person().id):
            abort(404)
    return school


def _recover_page(school: SchoolInfo, form: HalvesForm, *, is_done: bool = False, count: int | None = None) -> str:
    with db.reading() as session:
        people = readers_of(session, school.id)
    title = _("De herstelsleutel gebruiken")
    page = RecoverPage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        school=school,
        form=form,
        people=people,
        chosen=request.form.get("person", ""),
        is_done=is_done,
        count=count,
        errors=errors_of(form),
    )
    return render(page)
