"""What the school's manager sets, and how far each school is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, current_app, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts import forms, services
from app.accounts.access import current_person, require
from app.accounts.own_school import own_school, own_schools
from app.accounts.pages import SchoolForms, SchoolPage, SchoolRow, SchoolsPage, errors_of
from app.accounts.queries import school_readiness
from app.accounts.roles import Role
from app.accounts.rules import is_id
from app.accounts.wording import gap_label, refused_setting
from app.i18n.translate import gettext as _
from app.notifications.self_test import problems
from app.notifications.wording import problem_text
from app.schools import services as settings_of_school
from app.schools.districts import CONFIRMED, DISTRICTS
from app.schools.qr import start_page_qr
from app.schools.queries import SchoolInfo, all_schools, holidays_of, places_of
from app.settings import Settings
from app.web.forms import Form
from app.web.pages import render

Answer = str | Response | tuple[str, int]
_ROLES = (Role.MANAGER, Role.COORDINATOR)


@require(*_ROLES)
def school() -> Answer:
    return _page(None)


@require(Role.MANAGER)
def rename() -> Answer:
    form = forms.AliasForm()
    return _saved(form, "alias", lambda session, it: settings_of_school.rename(session, it.id, form.alias.data or ""))


@require(Role.MANAGER)
def set_places() -> Answer:
    form = forms.PlacesForm()
    labels = (form.places.data or "").splitlines()
    return _saved(form, "places", lambda session, it: settings_of_school.set_places(session, it.id, labels))


@require(Role.MANAGER)
def set_numbers() -> Answer:
    form = forms.NumbersForm()

    def change(session: Session, it: SchoolInfo) -> None:
        pupils, class_size = (int((field.data or "").strip() or 0) for field in (form.pupils, form.class_size))
        settings_of_school.set_numbers(session, it.id, pupils, class_size)

    return _saved(form, "pupils", change)


@require(Role.MANAGER)
def add_holiday() -> Answer:
    form = forms.HolidayForm()

    def add(session: Session, it: SchoolInfo) -> None:
        first, last = form.first_day.data, form.last_day.data
        if first is not None and last is not None:
            settings_of_school.add_holiday(session, it.id, form.holiday.data or "", (first, last))

    return _saved(form, "holiday", add)


@require(Role.MANAGER)
def remove_holiday(holiday_id: str) -> Answer:
    if not is_id(holiday_id):
        abort(404)
    with db.transaction() as session:
        it = own_school(session, Role.MANAGER)
        settings_of_school.remove_holiday(session, it.id, holiday_id)
    return _back(it)


@require(Role.MANAGER)
def confirm_district() -> Answer:
    form = forms.DistrictForm()
    form.district.choices = [(name, name) for name in DISTRICTS]
    chosen = form.district.data or ""
    return _saved(form, "district", lambda session, it: settings_of_school.confirm_district(session, it.id, chosen))


@require(Role.MANAGER)
def set_exit() -> Answer:
    form = forms.ExitForm()
    url = form.exit_url.data or ""
    return _saved(form, "exit_url", lambda session, it: settings_of_school.set_exit_url(session, it.id, url))


@require(Role.MANAGER)
def open_school() -> Answer:
    with db.transaction() as session:
        it = own_school(session, Role.MANAGER)
        try:
            services.open_school(session, it.id)
        except services.SchoolNotReadyError as error:
            abort(409, description=" ".join(gap_label(gap) for gap in error.missing))
    return _back(it)


@require(Role.MANAGER)
def close_school() -> Answer:
    with db.transaction() as session:
        it = own_school(session, Role.MANAGER)
        services.close_school(session, it.id)
    return _back(it)


@require(Role.NETWORK)
def schools() -> Answer:
    with db.reading() as session:
        rows = tuple(SchoolRow(it.name, it.district, it.is_open, _gaps(session, it.id)) for it in all_schools(session))
        wrong = tuple(problem_text(check) for check in problems(session))
    return render(SchoolsPage(title=_("Hoe ver zijn de scholen?"), rows=rows, problems=wrong))


def _saved(form: Form, field: str, change: Callable[[Session, SchoolInfo], object]) -> Answer:
    if not form.validate():
        return _page(form), 422
    try:
        with db.transaction() as session:
            it = own_school(session, Role.MANAGER)
            change(session, it)
    except settings_of_school.SchoolSettingError as error:
        form[field].errors = [refused_setting(error.reason)]
        return _page(form), 422
    return _back(it)


def _back(it: SchoolInfo) -> Response:
    return redirect(url_for("accounts.school", school=it.slug), 303)


def _gaps(session: Session, school_id: str) -> tuple[str, ...]:
    return tuple(gap_label(gap) for gap in school_readiness(session, school_id).missing)


def _page(posted: Form | None) -> str:
    site: Settings = current_app.config["SETTINGS"]
    with db.reading() as session:
        it = own_school(session, *_ROLES)
        start_url = f"{site.base_url}/{it.slug}"
        page = SchoolPage(
            title=it.name,
            school=it,
            schools=own_schools(session, *_ROLES),
            can_edit=it.id in current_person().school_ids_as(Role.MANAGER),
            missing=_gaps(session, it.id),
            start_url=start_url,
            qr=start_page_qr(start_url),
            holidays=holidays_of(session, it.id),
            is_district_confirmed=it.district_source == CONFIRMED,
            settings=_forms(session, it, posted),
        )
    if posted is not None and posted.errors:
        page = replace(page, title=_("Fout: %(title)s", title=it.name), errors=errors_of(posted))
    return render(page)


def _forms(session: Session, it: SchoolInfo, posted: Form | None) -> SchoolForms:
    places = "\n".join(place.label for place in places_of(session, it.id))
    district = forms.DistrictForm(formdata=None, data={"district": it.district})
    known = [(name, name) for name in DISTRICTS]
    district.district.choices = known if it.district in DISTRICTS else [("", _("Kies een stadsdeel")), *known]
    empty = SchoolForms(
        alias=forms.AliasForm(formdata=None, data={"alias": it.alias}),
        places=forms.PlacesForm(formdata=None, data={"places": places}),
        numbers=forms.NumbersForm(formdata=None, data=_numbers(it)),
        holiday=forms.HolidayForm(formdata=None),
        district=district,
        exit=forms.ExitForm(formdata=None, data={"exit_url": it.exit_url}),
    )
    # The form that was posted keeps what was typed.
    same: dict[str, Any] = {name: posted for name, form in vars(empty).items() if type(form) is type(posted)}
    return replace(empty, **same)


def _numbers(it: SchoolInfo) -> dict[str, str]:
    """Return the numbers of a school as they are typed; what is not known is empty."""
    return {"pupils": str(it.pupils or ""), "class_size": str(it.class_size or "")}
