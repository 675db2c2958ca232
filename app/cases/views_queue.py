"""The queue, and the views of it that a reader keeps."""

from flask import current_app, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Desk
from app.cases.desk_warnings import warnings_for
from app.cases.filters import FilterGroup, Filters, filter_groups
from app.cases.folded import Fold, fold_of
from app.cases.pages import QueuePage, ViewsPage
from app.cases.queries import days_at, waiting_cases, withdrawn_cases
from app.cases.queue_forms import SaveViewForm
from app.cases.ranking import Cursor, CursorError
from app.cases.saved_views import MOST_VIEWS, TooManyViewsError, delete_view, save_view, saved_views
from app.cases.sealed_filters import labels_on
from app.i18n.translate import gettext as _
from app.web.pages import render

TRAINING = "record.training"


def filters_asked() -> Filters:
    """Return the filters that stand in the address or the form of this request."""
    return Filters.parse(request.values.getlist("show"), request.values)


@require(Role.ADVISER)
def queue() -> Answer:
    after, filters = _after(), filters_asked()
    is_plain = after is None and not filters.count
    with at_desk(db.reading) as (session, desk):
        found = waiting_cases(session, desk, after, filters)
        fold = fold_of(session, desk) if is_plain else Fold()
        page = QueuePage(
            title=_("Meldingen"),
            groups=found.grouped(fold.first),
            next_page=found.next_page,
            is_first_page=after is None,
            fold=fold,
            withdrawn=withdrawn_cases(session, desk) if is_plain else (),
            warnings=warnings_for(session, desk) if after is None else (),
            filters=filters,
            filter_groups=_groups(session, desk, filters) if "filters" in request.args else (),
            saved=saved_views(session, desk),
            training_href=url_for(TRAINING) if TRAINING in current_app.view_functions else "",
        )
    return render(page)


@require(Role.ADVISER)
def show_views() -> Answer:
    return _views_page(SaveViewForm(formdata=None))


@require(Role.ADVISER)
def keep_view() -> Answer:
    form, filters = SaveViewForm(), filters_asked()
    if not form.validate():
        return _views_page(form), 422
    words = form.words.data or ""
    try:
        with at_desk() as (session, desk):
            save_view(session, desk, form.name.data or "", filters, words)
    except TooManyViewsError:
        return _views_page(form, is_full=True), 409
    return redirect(url_for("cases.queue") if words else url_for("cases.queue", **filters.arguments), 303)


@require(Role.ADVISER)
def forget_view(view_id: str) -> Answer:
    with at_desk() as (session, desk):
        delete_view(session, desk, view_id)
    return redirect(url_for("cases.show_views"), 303)


def _groups(session: Session, desk: Desk, filters: Filters) -> tuple[FilterGroup, ...]:
    schools = {school.slug: school.name for school in days_at(session, desk).schools.values()}
    several = schools if len(schools) > 1 else {}
    return filter_groups(filters, schools=several, labels=labels_on(session, desk))


def _views_page(form: SaveViewForm, *, is_full: bool = False) -> str:
    with at_desk(db.reading) as (session, desk):
        saved = saved_views(session, desk)
    page = ViewsPage(
        title=_("Bewaarde weergaven"),
        saved=saved,
        form=form,
        filters=filters_asked(),
        is_full=is_full,
        most=MOST_VIEWS,
        errors=tuple((name, str(text)) for name, texts in form.errors.items() for text in texts),
    )
    return render(page)


def _after() -> Cursor | None:
    """Return after which row the page that was asked for begins; None for the first."""
    text = request.args.get("after")
    try:
        return Cursor.parse(text) if text else None
    except CursorError:
        raise NotFound from None
