"""The recovery key of a school: making it in two halves, and trying whether they work."""

from flask import abort, request
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts import school_recovery
from app.accounts.access import current_person, require
from app.accounts.confirming import NotConfirmedError, is_confirmed_at
from app.accounts.key_forms import HalvesForm
from app.accounts.key_pages import DrillPage, HalfPage
from app.accounts.key_wording import wrong_paper
from app.accounts.own_school import own_school
from app.accounts.pages import errors_of
from app.accounts.queries import name_of
from app.accounts.roles import Role
from app.accounts.views_keys import known_id, signer
from app.i18n.translate import gettext as _
from app.schools.queries import SchoolInfo
from app.vault import paper_codes
from app.vault.errors import CodeError
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(Role.ADVISER)
def begin_recovery() -> Answer:
    second_id = known_id(request.form.get("second", ""))
    with db.transaction() as session:
        school = own_school(session, Role.ADVISER)
        try:
            groups = school_recovery.begin(session, school.id, second_id, signer())
        except NotConfirmedError:
            abort(404)
        other = name_of(session, second_id)
    return _half(school, groups, other, is_first=True)


@require(Role.ADVISER)
def finish_recovery() -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.ADVISER)
        begun = school_recovery.begun_at(session, school.id)
        try:
            groups = school_recovery.finish(session, school.id, signer())
        except school_recovery.RecoveryGoneError:
            abort(410, description=_("Deze eerste helft is er niet meer. Laat je collega opnieuw beginnen."))
    return _half(school, groups, begun.first_by if begun else "", is_first=False)


@require(Role.ADVISER)
def show_drill() -> Answer:
    return _drill(_confirmed_school(), HalvesForm(formdata=None))


@require(Role.ADVISER)
def drill() -> Answer:
    school, form = _confirmed_school(), HalvesForm()
    halves = read_halves(form)
    if halves is None:
        return _drill(school, form), 422
    with db.transaction() as session:
        try:
            known, _pair = school_recovery.pair_from(session, school.id, *halves)
        except school_recovery.WrongHalvesError:
            form.first.errors = [not_together()]
        else:
            school_recovery.mark_checked(session, school.id, known.id, signer())
    return (_drill(school, form), 422) if form.errors else _drill(school, HalvesForm(formdata=None), has_worked=True)


def read_halves(form: HalvesForm) -> tuple[bytes, bytes] | None:
    """Return both halves as they were typed; None when *form* says what is wrong."""
    read = []
    for field in (form.first, form.second) if form.validate() else ():
        try:
            read.append(paper_codes.parse(field.data or ""))
        except CodeError as error:
            field.errors = [wrong_paper(error)]
    return (read[0], read[1]) if len(read) == 2 else None  # noqa: PLR2004 -- two halves


def not_together() -> str:
    """Return what to do when two halves make no key."""
    return _("Deze twee helften horen niet bij de herstelsleutel van nu. Kijk of er een nieuwer papier is.")


def _confirmed_school() -> SchoolInfo:
    with db.reading() as session:
        school = own_school(session, Role.ADVISER)
        if not is_confirmed_at(session, school.id, current_person().id):
            abort(404)
    return school


def _half(school: SchoolInfo, groups: tuple[str, ...], other: str, *, is_first: bool) -> str:
    title = _("Jouw helft van de herstelsleutel")
    page = HalfPage(title=title, school=school, groups=groups, other=other, is_first=is_first, made_on=clock.today())
    return render(page)


def _drill(school: SchoolInfo, form: HalvesForm, *, has_worked: bool = False) -> str:
    title = _("Werkt de herstelsleutel?")
    page = DrillPage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        school=school,
        form=form,
        has_worked=has_worked,
        errors=errors_of(form),
    )
    return render(page)
