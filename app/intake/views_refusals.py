"""What each thing that goes wrong is answered with: a page that keeps what was typed and says how to go on."""

from flask import g, request, url_for
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.wrappers import Response

from app import db
from app.i18n.translate import gettext as _
from app.intake import services
from app.intake.pages import HomePage, KeptPage
from app.intake.reprisal import REPRISAL
from app.intake.rules import CODE_STEP, FLOW, REVIEW
from app.intake.running import TalkGoneError
from app.schools.queries import open_schools
from app.talks.library import library
from app.web.errors import RETRY_SECONDS, log_failure, show_busy
from app.web.pages import render

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


class UnknownSchoolError(Exception):
    """No school has this address."""


class ClosedSchoolError(Exception):
    """The school takes no reports now."""


class CookiesOffError(Exception):
    """The browser did not keep the cookie that it was given a moment ago."""


def unknown_school(_error: UnknownSchoolError) -> Answer:
    with db.reading() as session:
        page = HomePage(title=_("We kennen deze school niet"), schools=open_schools(session), is_unknown=True)
    return render(page), 404


def closed_school(_error: ClosedSchoolError) -> Answer:
    explanation = _("Deze school neemt nu niets aan. Er is niets verstuurd. Ga verder, dan zie je wie er wel luistert.")
    return _kept(_("Vertel is hier nu niet open"), explanation), 409


def cookies_off(_error: CookiesOffError) -> Answer:
    explanation = _(
        "Je browser bewaart geen cookies. Zonder cookie weten we na elke vraag niet meer wat je al vertelde. "
        "Zet cookies aan voor deze site, of gebruik een ander venster. De cookie verdwijnt als je de browser sluit."
    )
    return _kept(_("Cookies staan uit"), explanation), 400


def talk_gone(_error: TalkGoneError) -> Answer:
    explanation = _(
        "Na twee uur zonder antwoord, of als je weggaat, wissen we wat hier openstond. "
        "Zag je al een code? Dan is je verhaal wel verstuurd. Zag je die niet? Dan kun je opnieuw beginnen."
    )
    return _kept(_("Je gesprek staat niet meer open"), explanation), 410


def unknown_step(_error: services.UnknownStepError) -> Answer:
    explanation = _("Deze vraag bestaat niet. Wat je al vertelde, is bewaard. Ga terug naar je gesprek.")
    return _kept(_("Deze vraag kennen we niet"), explanation), 404


def elsewhere(_error: services.ElsewhereError) -> Answer:
    explanation = _(
        "Deze vraag is nu niet aan de beurt. Misschien staat je gesprek ook in een ander tabblad open. "
        "Wat je al vertelde, is bewaard."
    )
    return _kept(_("Je gesprek is al verder"), explanation), 409


def sent_already(_error: services.SentError) -> Answer:
    explanation = _(
        "Je verhaal was al verstuurd, dus dit antwoord ging niet mee. Wil je het nog vertellen? "
        "Dat kan in je gesprek, met je code."
    )
    return _kept(_("Je verhaal is al verstuurd"), explanation), 409


def database_busy(error: OperationalError | PoolTimeoutError) -> Answer:
    if request.method != "POST":
        return show_busy(error)
    log_failure((type(error), error, error.__traceback__))  # type: ignore[arg-type]  # raised, so it has one
    explanation = _("We konden dit even niet opslaan. Wat je eerder vertelde, is bewaard. Probeer het zo nog een keer.")
    return _kept(_("Even wachten"), explanation), 503, {"Retry-After": str(RETRY_SECONDS)}


def _kept(title: str, explanation: str) -> str:
    slug = g.get("school_slug", "")
    again = url_for("intake.school_page", slug=slug) if slug else request.path
    return render(KeptPage(title=title, explanation=explanation, typed=_typed(), again_href=again))


def _typed() -> str:
    """Return the words that this request brought: a text or a message, never a tapped code or a code to come back."""
    step_id = request.form.get("step", "")
    steps = [services.question_named(library().current, step_id, talk) for talk in (FLOW, REPRISAL)]
    kinds = {step.kind for step in steps if step is not None}
    if step_id in (REVIEW, CODE_STEP) or (kinds and "text" not in kinds):
        return ""
    return max((*request.form.getlist("answer"), *request.form.getlist("text")), key=len, default="")
