"""The conversation of one case, and the steps in it."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.wrappers import Response

from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import services
from app.cases.at_desk import Answer, at_desk
from app.cases.envelopes import CaseDamagedError
from app.cases.forms import CloseForm, ReplyForm
from app.cases.pages import CasePage, KeptReplyPage
from app.cases.rules import CaseClosedError
from app.i18n.translate import gettext as _
from app.referrals.queries import cards_for
from app.web.errors import RETRY_SECONDS, log_failure, show_busy
from app.web.pages import render

Busy = Response | tuple[str, int, dict[str, str]]


@dataclass(frozen=True)
class Forms:
    """The forms of one case page; the one that was posted brings its own."""

    reply: ReplyForm
    close: CloseForm

    @classmethod
    def empty(cls) -> "Forms":
        return cls(reply=ReplyForm(formdata=None), close=CloseForm(formdata=None))

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Return the id of each wrong field with what is wrong."""
        wrong = [*self.reply.errors.items(), *self.close.errors.items()]
        return tuple((name, str(text)) for name, texts in wrong for text in texts)


@require(Role.ADVISER)
def show_case(case_id: str) -> Answer:
    return _case_page(case_id, Forms.empty())


@require(Role.ADVISER)
def reply(case_id: str) -> Answer:
    form = ReplyForm()
    if not form.validate():
        return _refused(case_id, reply=form)
    try:
        with at_desk() as (session, desk):
            services.reply(session, desk, case_id, form.text.data or "")
    except (CaseClosedError, CaseDamagedError) as error:
        form.text.errors = [_why(error)]
        return _refused(case_id, reply=form, status=409)
    return _back_to(case_id)


@require(Role.ADVISER)
def close(case_id: str) -> Answer:
    form = CloseForm()
    if not form.validate():
        return _refused(case_id, close=form)
    try:
        with at_desk() as (session, desk):
            services.close_case(session, desk, case_id, form.outcome.data or "")
    except (CaseClosedError, CaseDamagedError) as error:
        form.outcome.errors = [_why(error)]
        return _refused(case_id, close=form, status=409)
    return _back_to(case_id)


@require(Role.ADVISER)
def mark_handled(case_id: str) -> Answer:
    try:
        with at_desk() as (session, desk):
            services.mark_handled(session, desk, case_id)
    except CaseClosedError:
        return _back_to(case_id)
    return _back_to(case_id)


@require(Role.ADVISER)
def reopen(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        services.reopen(session, desk, case_id)
    return _back_to(case_id)


def keep_what_was_typed(error: OperationalError | PoolTimeoutError) -> Busy:
    typed = request.form.get("text") or request.form.get("outcome", "")
    if not typed:
        return show_busy(error)
    log_failure((type(error), error, error.__traceback__))  # type: ignore[arg-type]  # raised, so it has one
    again = url_for("cases.show_case", **(request.view_args or {}))
    page = KeptReplyPage(title=_("Even wachten"), typed=typed, again_href=again)
    return render(page), 503, {"Retry-After": str(RETRY_SECONDS)}


def _refused(
    case_id: str, *, reply: ReplyForm | None = None, close: CloseForm | None = None, status: int = 422
) -> Answer:
    empty = Forms.empty()
    return _case_page(case_id, Forms(reply=reply or empty.reply, close=close or empty.close)), status


def _case_page(case_id: str, forms: Forms) -> str:
    # Reading is a deed here: who opened what is kept, so this page is the one that a GET may change something for.
    with at_desk() as (session, desk):
        case = services.read_case(session, desk, case_id)
        cards = cards_for(session, case.card.categories, case.report.words)
    title = case.title
    page = CasePage(
        title=_("Fout: %(title)s", title=title) if forms.errors else title,
        case=case,
        reply_form=forms.reply,
        close_form=forms.close,
        cards=cards,
        errors=forms.errors,
    )
    return render(page)


def _back_to(case_id: str) -> Response:
    return redirect(url_for("cases.show_case", case_id=case_id, _anchor="now"), 303)


def _why(error: CaseClosedError | CaseDamagedError) -> str:
    if isinstance(error, CaseClosedError):
        return _("Deze melding is intussen afgesloten. Heropen haar eerst; je tekst staat hier nog.")
    return _("Jouw sleutel voor deze melding is beschadigd. Vraag een ander die kan meelezen om te antwoorden.")
