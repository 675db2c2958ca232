"""The school's page: one address on which the whole talk happens; each post ends in a redirect back to it."""

from collections.abc import Callable

from flask import g, redirect, request, url_for
from flask import session as browser
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.queries import readers_of
from app.flows.engine import AnswerError
from app.flows.model import SKIP
from app.i18n.translate import gettext as _
from app.intake import services
from app.intake.forms import TalkForm
from app.intake.pages import ClosedSchoolPage, HomePage, KeptPage, StartPage
from app.intake.rules import CODE_STEP, REVIEW, NoReaderError, Talk, is_asked_word
from app.intake.show import answer_error_text, code_page, review_page, step_page, word_error_text
from app.referrals.queries import cards_by_id
from app.schools.queries import SchoolInfo, holidays_of, open_schools, school_by_slug
from app.schools.rules import promised_day
from app.vault.errors import BusyError
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]
FIRST_HELP = ("kindertelefoon", "112", "113", "veilig-thuis")


class UnknownSchoolError(Exception):
    """No school has this address."""


@public
def home() -> str:
    with db.reading() as session:
        return render(HomePage(title=_("Vertel"), schools=open_schools(session)))


@public
def school_page(slug: str) -> Answer:
    school = _school(slug)
    if not school.is_open:
        return _closed(school)
    try:
        with db.reading() as session:
            talk = services.resume(session, _token(slug), school.id)
            return _show(school, talk)
    except services.TalkGoneError:
        if "c" in request.args and not browser.get("talks"):
            return _cookies_off(school)
        return _start(school)


@public
def begin(slug: str) -> Answer:
    school = _school(slug)
    if not school.is_open:
        return _closed(school)
    with db.transaction() as session:
        try:
            services.resume(session, _token(slug), school.id)
        except services.TalkGoneError:
            token = services.begin(session, school.id)
            browser["talks"] = {**browser.get("talks", {}), slug: token}
    # The mark lets the next page tell a browser without cookies from one that starts.
    return redirect(url_for("intake.school_page", slug=slug, c=1), 303)


@public
def begin_reloaded(slug: str) -> Response:
    return redirect(url_for("intake.school_page", slug=slug), 303)


@public
def post_talk(slug: str) -> Answer:
    school = _school(slug)
    form = TalkForm()
    action = form.do.data or {REVIEW: "send", CODE_STEP: "word"}.get(form.step.data or "", "answer")
    act = _ACTIONS.get(action)
    if act is None:
        raise services.UnknownStepError
    return act(school, form)


def _answer(school: SchoolInfo, form: TalkForm) -> Answer:
    step_id, token = form.step.data or "", _token(school.slug)
    values = [SKIP] if form.skip.data else form.answer.data or []
    with db.transaction() as session:
        talk = services.resume(session, token, school.id, lock=True)
        if not talk.is_sent:
            try:
                services.answer(session, token, talk, step_id, values)
            except AnswerError as error:
                return _refused(school, talk, step_id, error, values)
    return _back_to(school)


def _refused(school: SchoolInfo, talk: Talk, step_id: str, error: AnswerError, values: list[str]) -> Answer:
    errors = ((f"step-{step_id}", answer_error_text(error)),)
    status = 400 if error.reason == "too_many" else 422
    return step_page(school, talk, step_id, errors=errors, typed=values[0] if values else None), status


def _go_back(school: SchoolInfo, _form: TalkForm) -> Answer:
    token = _token(school.slug)
    with db.transaction() as session:
        services.go_back(session, token, services.resume(session, token, school.id, lock=True))
    return _back_to(school)


def _change(school: SchoolInfo, form: TalkForm) -> Answer:
    token = _token(school.slug)
    with db.transaction() as session:
        talk = services.resume(session, token, school.id, lock=True)
        services.change(session, token, talk, form.step.data or None)
    return _back_to(school)


def _send(school: SchoolInfo, _form: TalkForm) -> Answer:
    try:
        services.send(_token(school.slug), school)
    except services.ElsewhereError:
        pass
    except BusyError as error:
        page = _review(school, _("Het is nu erg druk. Je verhaal is bewaard. Tik zo nog een keer op Versturen."))
        return page, 503, {"Retry-After": str(error.retry_after_seconds)}
    except NoReaderError:
        pass
    return _back_to(school)


def _review(school: SchoolInfo, error: str) -> str:
    with db.reading() as session:
        talk = services.resume(session, _token(school.slug), school.id)
        return review_page(session, school, talk, errors=(("send", error),))


def _word(school: SchoolInfo, form: TalkForm) -> Answer:
    token = _token(school.slug)
    with db.transaction() as session:
        talk = services.resume(session, token, school.id, lock=True)
        if talk.is_sent and not is_asked_word(talk, " ".join(form.answer.data or [])):
            errors = (("step-code", word_error_text()),)
            return code_page(session, talk, errors=errors), 422
        services.confirm_word(session, token, talk)
    return _back_to(school)


def _finish(school: SchoolInfo, _form: TalkForm) -> Answer:
    with db.transaction() as session:
        services.leave(session, [_token(school.slug)], [])
    talks = dict(browser.get("talks", {}))
    talks.pop(school.slug, None)
    browser["talks"] = talks
    return redirect(url_for("intake.school_page", slug=school.slug), 303)


_ACTIONS: dict[str, Callable[[SchoolInfo, TalkForm], Answer]] = {
    "answer": _answer,
    "back": _go_back,
    "change": _change,
    "send": _send,
    "word": _word,
    "finish": _finish,
}


def _show(school: SchoolInfo, talk: Talk) -> str:
    with db.reading() as session:
        if talk.is_sent:
            return code_page(session, talk)
        path = services.path_of(talk)
        if path.current is None and path.find(talk.changing or "") is None:
            return review_page(session, school, talk)
    return step_page(school, talk)


def _school(slug: str) -> SchoolInfo:
    with db.reading() as session:
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


def _start(school: SchoolInfo) -> str:
    with db.reading() as session:
        promised_on = promised_day(clock.today(), urgent=False, holidays=holidays_of(session, school.id))
        readers = readers_of(session, school.id)
    return render(StartPage(title=_("Vertel"), school=school, readers=readers, promised_on=promised_on))


def _closed(school: SchoolInfo) -> str:
    with db.reading() as session:
        cards = cards_by_id(session, FIRST_HELP)
    return render(ClosedSchoolPage(title=_("Vertel"), school=school, cards=cards))


def _cookies_off(school: SchoolInfo) -> Answer:
    explanation = _(
        "Je browser bewaart geen cookies. Zonder cookie weten we na elke vraag niet meer wat je al vertelde. "
        "Zet cookies aan voor deze site, of gebruik een ander venster. De cookie verdwijnt als je de browser sluit."
    )
    return _kept(_("Cookies staan uit"), explanation, school.slug), 400


def _kept(title: str, explanation: str, slug: str) -> str:
    typed = max(request.form.getlist("answer"), key=len, default="")
    again = url_for("intake.school_page", slug=slug)
    return render(KeptPage(title=title, explanation=explanation, typed=typed, again_href=again))


def unknown_school(_error: UnknownSchoolError) -> Answer:
    with db.reading() as session:
        page = HomePage(title=_("We kennen deze school niet"), schools=open_schools(session), is_unknown=True)
    return render(page), 404


def talk_gone(_error: services.TalkGoneError) -> Answer:
    explanation = _(
        "Je gesprek staat niet meer open. Na twee uur zonder antwoord, of als je weggaat, wissen we alles. "
        "Er is niets verstuurd. Je kunt opnieuw beginnen."
    )
    return _kept(_("Je gesprek is gewist"), explanation, g.school_slug), 410


def unknown_step(_error: services.UnknownStepError) -> Answer:
    explanation = _("Deze vraag bestaat niet. Wat je al vertelde, is bewaard. Ga terug naar je gesprek.")
    return _kept(_("Deze vraag kennen we niet"), explanation, g.school_slug), 404


def elsewhere(_error: services.ElsewhereError) -> Answer:
    explanation = _(
        "Deze vraag is nu niet aan de beurt. Misschien staat je gesprek ook in een ander tabblad open. "
        "Wat je al vertelde, is bewaard."
    )
    return _kept(_("Je gesprek is al verder"), explanation, g.school_slug), 409


def database_busy(_error: OperationalError) -> Answer:
    explanation = _("We konden dit even niet opslaan. Wat je eerder vertelde, is bewaard. Probeer het zo nog een keer.")
    page = _kept(_("Even wachten"), explanation, getattr(g, "school_slug", ""))
    return page, 503, {"Retry-After": "10"}
