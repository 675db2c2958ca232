"""Closing a case: one page that says what the student reads and what becomes of everything."""

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import rules, services
from app.cases.at_desk import Answer, at_desk
from app.cases.forms import CloseForm
from app.cases.pages import ClosePage
from app.cases.phrase_editor import editor
from app.cases.phrases import fillings_for
from app.cases.viewing import CaseView
from app.cases.views_case import back_to, kept_words
from app.cases.writing import WithdrawnError, Writing
from app.flows.phrases import CLOSING
from app.i18n.translate import gettext as _
from app.web.pages import render


@require(Role.ADVISER)
def show_close(case_id: str) -> Answer:
    return _page(case_id, Writing(CloseForm(formdata=None)))


@require(Role.ADVISER)
def close(case_id: str) -> Answer:
    writing = Writing.posted(CloseForm())
    if deed := request.form.get("do"):
        return _page(case_id, writing.after(deed))
    try:
        done = writing.done(services.close_case, case_id)
    except WithdrawnError:
        return kept_words()
    return _page(case_id, done) if done.errors else back_to(case_id)


def _page(case_id: str, writing: Writing) -> Answer:
    with at_desk(db.reading if request.method == "GET" else db.transaction) as (session, desk):
        case = services.look_again(session, desk, case_id)
        if case.is_closed and not writing.errors:
            return redirect(url_for("cases.show_case", case_id=case_id), 303)
        page = _close_page(session, case, writing)
    return render(page), writing.status


def _close_page(session: Session, case: CaseView, writing: Writing) -> ClosePage:
    fillings = fillings_for(session, case, writing.draft.blanks, writing.draft.services)
    title = _("Afsluiten")
    return ClosePage(
        title=_("Fout: %(title)s", title=title) if writing.errors else title,
        case=case,
        form=writing.form,
        editor=editor(writing.draft, fillings, case.language, {CLOSING}),
        news=tuple(message for message in case.messages if message.seq > _seen(case, writing)),
        last_day=rules.kept_until(status="closed", last_on=clock.today()),
        errors=writing.errors,
    )


def _seen(case: CaseView, writing: Writing) -> int:
    """Return up to which message he had read before this page."""
    posted: int | None = writing.form.seen.data
    return case.seen_before if posted is None else min(case.seen_before, posted)
