"""The conversation of one case, and what is written in it."""

from flask import redirect, request, url_for
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import services
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Desk, hold
from app.cases.duties import duties_at_a_glance, sentence_of
from app.cases.forms import ReplyForm
from app.cases.helping import fitting_case
from app.cases.pages import CasePage, KeptReplyPage
from app.cases.phrase_editor import editor
from app.cases.phrase_sending import draft_of
from app.cases.phrases import fillings_for, phrase_book
from app.cases.rules import CaseClosedError
from app.cases.viewing import CaseView
from app.cases.writing import WithdrawnError, Writing
from app.i18n.translate import gettext as _
from app.referrals.queries import search
from app.web.errors import RETRY_SECONDS, log_failure, show_busy
from app.web.pages import render

Busy = Response | tuple[str, int, dict[str, str]]


@require(Role.ADVISER)
def show_case(case_id: str) -> Answer:
    # Reading is a deed here: who opened what is kept, so this page is the one that a GET may change something for.
    with at_desk() as (session, desk):
        case = services.read_case(session, desk, case_id, request.args.get("before", type=int))
        # A duty may bring the sentence with which a student is told of it; the adviser still sends it himself.
        form = ReplyForm(formdata=None, text=sentence_of(request.args.get("say", "")))
        return render(_case_page(session, desk, case, Writing(form)))


@require(Role.ADVISER)
def reply(case_id: str) -> Answer:
    writing = Writing.posted(ReplyForm())
    if deed := request.form.get("do"):
        return _again(case_id, writing.after(deed))
    try:
        done = writing.done(services.reply, case_id)
    except WithdrawnError:
        return kept_words()
    return _again(case_id, done) if done.errors else back_to(case_id)


@require(Role.ADVISER)
def mark_handled(case_id: str) -> Answer:
    try:
        with at_desk() as (session, desk):
            services.mark_handled(session, desk, case_id)
    except CaseClosedError:
        return back_to(case_id)
    return back_to(case_id)


@require(Role.ADVISER)
def reopen(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        services.reopen(session, desk, case_id)
    return back_to(case_id)


def keep_what_was_typed(error: OperationalError | PoolTimeoutError) -> Busy:
    """Show what was typed when the database was busy, on any page of a case."""
    typed = _typed()
    if not typed:
        return show_busy(error)
    log_failure((type(error), error, error.__traceback__))  # type: ignore[arg-type]  # raised, so it has one
    again = url_for("cases.show_case", **(request.view_args or {}))
    page = KeptReplyPage(title=_("Even wachten"), typed=typed, again_href=again, is_withdrawn=False)
    return render(page), 503, {"Retry-After": str(RETRY_SECONDS)}


def kept_words() -> Answer:
    """Show what was typed to a student who withdrew the case meanwhile; the queue says as much."""
    again = url_for("cases.queue")
    page = KeptReplyPage(title=_("Deze melding is ingetrokken"), typed=_typed(), again_href=again, is_withdrawn=True)
    return render(page), 409


def _typed() -> str:
    """Return every word of the form that was posted: the chosen sentences in Dutch, then what was typed."""
    lines = (line.phrase.text for line in draft_of(request.form, phrase_book()).lines)
    fields = (request.form.get(name, "") for name in ("text", "outcome", "own"))
    return "\n".join(text for text in (*lines, *fields) if text)


def _again(case_id: str, writing: Writing) -> Answer:
    with at_desk() as (session, desk):
        page = _case_page(session, desk, services.look_again(session, desk, case_id), writing)
    return render(page), writing.status


def _case_page(session: Session, desk: Desk, case: CaseView, writing: Writing) -> CasePage:
    fillings = fillings_for(session, case, writing.draft.blanks, writing.draft.services)
    title, sought = case.head.title, request.form.get("sought", "")
    return CasePage(
        title=_("Fout: %(title)s", title=title) if writing.errors else title,
        case=case,
        form=writing.form,
        editor=editor(writing.draft, fillings, case.language),
        has_news=writing.is_behind(case.last_seq),
        sought=sought,
        cards=search(session, sought) if sought.strip() else fitting_case(session, case),
        duties=duties_at_a_glance(hold(session, desk, case.head.id)),
        errors=writing.errors,
    )


def back_to(case_id: str) -> Response:
    """Lead back to where the conversation is now."""
    return redirect(url_for("cases.show_case", case_id=case_id, _anchor="now"), 303)
