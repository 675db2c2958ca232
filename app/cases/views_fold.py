"""The fold, and deeds on several of its cases at once."""

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import services
from app.cases.at_desk import Answer, at_desk
from app.cases.bulk import close_all, unfold_all
from app.cases.folded import FoldCursor, folded_cases
from app.cases.pages import BulkPage, FoldPage
from app.cases.queries import PAGE_LENGTH
from app.cases.queue_forms import BulkForm, TickForm
from app.cases.ranking import CursorError
from app.i18n.translate import gettext as _
from app.web.pages import render


@require(Role.ADVISER)
def folded() -> Answer:
    return _fold_page(request.args.get("after", ""), BulkForm(formdata=None))


@require(Role.ADVISER)
def unfold(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        services.unfold(session, desk, case_id)
    return redirect(url_for("cases.folded"), 303)


@require(Role.ADVISER)
def act_on_fold() -> Answer:
    """Do what was asked with the cases that are ticked; ticking all or none is a page without a deed."""
    wanted, ticks, form = request.form.get("do", ""), TickForm(), BulkForm()
    chosen = tuple(ticks.case.data or ())[:PAGE_LENGTH]
    if wanted not in {"unfold", "close"}:
        return _fold_page(ticks.after.data or "", form, is_all=wanted == "all")
    is_closing = wanted == "close"
    if not chosen or (is_closing and not form.validate()):
        return _refused(ticks, form, chosen)
    with at_desk() as (session, desk):
        if is_closing:
            done = close_all(session, desk, chosen, form.outcome.data or "")
        else:
            done = unfold_all(session, desk, chosen)
    return render(BulkPage(title=_("Meldingen die vlak na elkaar kwamen"), done=done, is_closed=is_closing))


def _refused(ticks: TickForm, form: BulkForm, chosen: tuple[str, ...]) -> Answer:
    errors = [("outcome", str(text)) for text in form.outcome.errors]
    if not chosen:
        errors = [("chosen", _("Kies eerst een of meer meldingen."))]
    return _fold_page(ticks.after.data or "", form, chosen, tuple(errors)), 422


def _fold_page(
    after: str,
    form: BulkForm,
    chosen: tuple[str, ...] = (),
    errors: tuple[tuple[str, str], ...] = (),
    *,
    is_all: bool = False,
) -> str:
    try:
        cursor = FoldCursor.parse(after) if after else None
    except CursorError:
        raise NotFound from None
    with at_desk(db.reading) as (session, desk):
        found = folded_cases(session, desk, cursor)
    every = tuple(case.id for part in found.parts for case in part.cases)
    page = FoldPage(
        title=_("Meldingen die vlak na elkaar kwamen"),
        folded=found,
        is_first_page=cursor is None,
        after=after,
        ticked=every if is_all else chosen,
        form=form,
        errors=errors,
    )
    return render(page)
