"""The record, and the sentences about what the school did; both of one school at a time."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import deeds
from app.cases.at_desk import Answer, at_desk
from app.cases.deeds import DeedNotFoundError, pointing_at
from app.cases.desk import Desk
from app.cases.forms_record import DeedForm
from app.cases.pages_record import DeedsPage, RecordPage
from app.cases.record_rows import NotOnThisPageError, record_view
from app.i18n.translate import gettext as _
from app.schools.queries import school_by_id
from app.talks.library import library
from app.web.pages import render


@require(Role.ADVISER)
def show_record() -> Answer:
    kind, after = request.args.get("kind", ""), request.args.get("after", "")
    try:
        with at_desk(db.reading) as (session, desk):
            school_id = _chosen_school(session, desk)
            record = record_view(session, desk, school_id, kind, after)
            schools = _schools(session, desk, school_id)
    except NotOnThisPageError:
        raise NotFound from None
    return render(RecordPage(title=_("Verslag"), record=record, schools=schools, school=request.args.get("school", "")))


@require(Role.ADVISER)
def show_deeds() -> Answer:
    return _deeds_page(DeedForm(formdata=None))


@require(Role.ADVISER)
def propose_deed() -> Answer:
    form = DeedForm()
    if not form.validate():
        return _deeds_page(form), 422
    text = form.text.data or ""
    with at_desk() as (session, desk):
        school_id = _chosen_school(session, desk)
        school = school_by_id(session, school_id)
        finding = pointing_at(text, library().packs, [school.name, school.official_name] if school else [])
        if not finding or "meant" in request.form:
            deeds.propose(session, desk, school_id, text)
            return _back()
    return _deeds_page(form, finding), 422


@require(Role.ADVISER)
def approve_deed(deed_id: str) -> Answer:
    return _change(deeds.approve, deed_id)


@require(Role.ADVISER)
def remove_deed(deed_id: str) -> Answer:
    return _change(deeds.remove, deed_id)


def _change(deed: Callable[[Session, Desk, str, str], None], deed_id: str) -> Response:
    try:
        with at_desk() as (session, desk):
            deed(session, desk, _chosen_school(session, desk), deed_id)
    except DeedNotFoundError:
        raise NotFound from None
    return _back()


def _deeds_page(form: DeedForm, finding: str = "") -> str:
    with at_desk(db.reading) as (session, desk):
        school_id = _chosen_school(session, desk)
        view, schools = deeds.deeds_view(session, desk, school_id), _schools(session, desk, school_id)
    errors = tuple((name, str(text)) for name, texts in form.errors.items() for text in texts)
    title = _("Wat we deden")
    page = DeedsPage(
        title=_("Fout: %(title)s", title=title) if errors else title,
        deeds=view,
        form=form,
        finding=finding,
        errors=errors,
        schools=schools,
        school=request.args.get("school", ""),
    )
    return render(page)


def _back() -> Response:
    return redirect(url_for("record.show_deeds", school=request.args.get("school")), 303)


def _chosen_school(session: Session, desk: Desk) -> str:
    """Return the school of this desk that `?school=` names (its slug), or else the first by name."""
    schools = _own(session, desk)
    slug = request.args.get("school")
    return next((school_id for school_slug, _name, school_id in schools if slug in {None, school_slug}), "") or abort(
        404
    )


def _schools(session: Session, desk: Desk, chosen: str) -> tuple[tuple[str, str, bool], ...]:
    """Return slug, name and whether it is chosen of each school of the desk; nothing where there is no choice."""
    own = _own(session, desk)
    return tuple((slug, name, school_id == chosen) for slug, name, school_id in own) if len(own) > 1 else ()


def _own(session: Session, desk: Desk) -> list[tuple[str, str, str]]:
    found = (school_by_id(session, school_id) for school_id in desk.school_ids)
    named = [(school.slug, school.name, school.id) for school in found if school]
    return sorted(named, key=lambda school: (school[1].casefold(), school[2]))
