"""The school's page: one address on which the whole talk happens; each post ends in a redirect back to it."""

from collections.abc import Callable

from flask import g, redirect, request, url_for
from flask import session as browser
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.queries import readers_of
from app.flows.engine import AnswerError
from app.flows.model import SKIP
from app.i18n.translate import gettext as _
from app.intake import services
from app.intake.forms import TalkForm
from app.intake.pages import ClosedSchoolPage, HomePage, StartPage
from app.intake.rules import CODE_STEP, REVIEW, NoReaderError, Talk, is_asked_word, shown_step
from app.intake.show import answer_error_text, code_page, review_page, step_page, word_error_text
from app.intake.views_refusals import Answer, ClosedSchoolError, CookiesOffError, UnknownSchoolError
from app.referrals.queries import cards_by_id
from app.schools.queries import SchoolInfo, holidays_of, open_schools, school_by_slug
from app.schools.rules import promised_day
from app.vault.errors import BusyError
from app.web.access import public
from app.web.pages import render

FIRST_HELP = ("kindertelefoon", "112", "113", "veilig-thuis")


@public
def home() -> str:
    with db.reading() as session:
        return render(HomePage(title=_("Vertel"), schools=open_schools(session)))


@public
def school_page(slug: str) -> Answer:
    with db.reading() as session:
        school = _known_school(session, slug)
        try:
            talk = services.resume(session, _token(slug), school.id)
        except services.TalkGoneError:
            return _start(session, school) if school.is_open else _closed(session, school)
        if talk.is_sent:  # A school that closes does not take away the code of what it was sent.
            return code_page(session, talk)
        return _open_talk(session, talk) if school.is_open else _closed(session, school)


@public
def begin(slug: str) -> Answer:
    school = _school(slug)
    if not school.is_open:
        raise ClosedSchoolError
    with db.transaction() as session:
        try:
            services.resume(session, _token(slug), school.id)
        except services.TalkGoneError:
            token = services.begin(session, school.id)
            browser["talks"] = {**browser.get("talks", {}), slug: token}
    # The mark lets the next page tell a browser without cookies from somebody who followed a link.
    return redirect(url_for("intake.begun", slug=slug, c=1), 303)


@public
def begun(slug: str) -> Answer:
    school = _school(slug)
    if "c" in request.args and not _token(slug):
        raise CookiesOffError
    return _back_to(school)


@public
def post_talk(slug: str) -> Answer:
    school = _school(slug)
    form = TalkForm()
    action = form.do.data or {REVIEW: "send", CODE_STEP: "word"}.get(form.step.data or "", "answer")
    act = _ACTIONS.get(action)
    if act is None:
        raise services.UnknownStepError
    if not school.is_open and act not in (_word, _finish):
        raise ClosedSchoolError
    return act(school, form)


def _answer(school: SchoolInfo, form: TalkForm) -> Answer:
    step_id, token = form.step.data or "", _token(school.slug)
    values = [SKIP] if form.skip.data else form.answer.data or []
    try:
        with db.transaction() as session:
            talk = services.resume(session, token, school.id, lock=True)
            services.answer(session, token, talk, step_id, values)
    except AnswerError as error:
        typed = max(values, key=len, default=None)
        return _asked_again(school, step_id, error, typed), 400 if error.reason == "too_many" else 422
    return _back_to(school)


def _asked_again(school: SchoolInfo, step_id: str, error: AnswerError, typed: str | None) -> str:
    errors = ((f"step-{step_id}", answer_error_text(error)),)
    with db.reading() as session:
        talk = services.resume(session, _token(school.slug), school.id)
        return step_page(session, talk, step_id, errors=errors, typed=typed)


def _go_back(school: SchoolInfo, form: TalkForm) -> Answer:
    token = _token(school.slug)
    with db.transaction() as session:
        talk = services.resume(session, token, school.id, lock=True)
        services.go_back(session, token, talk, form.step.data or "")
    return _back_to(school)


def _change(school: SchoolInfo, form: TalkForm) -> Answer:
    token = _token(school.slug)
    with db.transaction() as session:
        talk = services.resume(session, token, school.id, lock=True)
        services.change(session, token, talk, form.step.data or "")
    return _back_to(school)


def _send(school: SchoolInfo, form: TalkForm) -> Answer:
    try:
        services.send(_token(school.slug), school, form.seen.data or "")
    except BusyError as error:
        wrong = _("Het is nu erg druk. Je verhaal is bewaard. Tik zo nog een keer op Versturen.")
        return _not_sent(school, wrong, 503, {"Retry-After": str(error.retry_after_seconds)})
    except services.ReadersChangedError:
        wrong = _("Intussen is veranderd wie dit leest. Kijk nog eens bij “Wie leest dit?” en tik dan op Versturen.")
        return _not_sent(school, wrong, 409)
    except (services.ElsewhereError, NoReaderError):
        pass  # The page that follows asks the open question, or says that nobody is left.
    return _back_to(school)


def _not_sent(school: SchoolInfo, wrong: str, status: int, headers: dict[str, str] | None = None) -> Answer:
    with db.reading() as session:
        talk = services.resume(session, _token(school.slug), school.id)
        if talk.is_sent:  # A second tap waited in vain while the first one was sent.
            return _back_to(school)
        return review_page(session, talk, errors=(("send", wrong),)), status, headers or {}


def _word(school: SchoolInfo, form: TalkForm) -> Answer:
    token = _token(school.slug)
    with db.transaction() as session:
        talk = services.resume(session, token, school.id, lock=True)
        is_right = not talk.is_sent or is_asked_word(talk, " ".join(form.answer.data or []))
        if is_right:
            services.confirm_word(session, token, talk)
    if is_right:
        return _back_to(school)
    with db.reading() as session:
        return code_page(session, talk, errors=(("step-code", word_error_text()),)), 422


def _finish(school: SchoolInfo, _form: TalkForm) -> Answer:
    with db.transaction() as session:
        services.leave(session, [_token(school.slug)], [])
    browser["talks"] = {slug: token for slug, token in browser.get("talks", {}).items() if slug != school.slug}
    return _back_to(school)


_ACTIONS: dict[str, Callable[[SchoolInfo, TalkForm], Answer]] = {
    "answer": _answer,
    "back": _go_back,
    "change": _change,
    "send": _send,
    "word": _word,
    "finish": _finish,
}


def _open_talk(session: Session, talk: Talk) -> str:
    if shown_step(talk, services.path_of(talk)) is None:
        return review_page(session, talk)
    return step_page(session, talk)


def _school(slug: str) -> SchoolInfo:
    with db.reading() as session:
        return _known_school(session, slug)


def _known_school(session: Session, slug: str) -> SchoolInfo:
    school = school_by_slug(session, slug)
    if school is None:
        raise UnknownSchoolError
    g.school_slug = slug
    return school


def _token(slug: str) -> str:
    token: str = browser.get("talks", {}).get(slug, "")
    return token


def _back_to(school: SchoolInfo) -> Response:
    return redirect(url_for("intake.school_page", slug=school.slug), 303)


def _start(session: Session, school: SchoolInfo) -> str:
    promised_on = promised_day(clock.today(), urgent=False, holidays=holidays_of(session, school.id))
    readers = readers_of(session, school.id)
    return render(StartPage(title=_("Vertel"), school=school, readers=readers, promised_on=promised_on))


def _closed(session: Session, school: SchoolInfo) -> str:
    return render(ClosedSchoolPage(title=_("Vertel"), school=school, cards=cards_by_id(session, FIRST_HELP)))
