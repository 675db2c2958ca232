"""Coming back with the code, and the conversation."""

from flask import g, redirect, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from app import db
from app.cases.correspondence import read_conversation
from app.cases.desk import CaseNotFoundError
from app.cases.services import CaseDamagedError
from app.i18n.translate import gettext as _
from app.intake import services, visits
from app.intake.code_errors import code_error_text
from app.intake.forms import CodeForm, WriteForm
from app.intake.helping import fitting_cards
from app.intake.pages import ComeBackPage, ConversationPage, Errors
from app.intake.show import cards_in
from app.intake.transcript import crisis_bubbles
from app.intake.views_refusals import Answer
from app.schools.queries import SchoolInfo, open_schools, school_by_slug
from app.talks.library import library
from app.vault.codes import parse_code
from app.vault.errors import BusyError, CodeError
from app.web.access import public
from app.web.forms import MAX_TEXT
from app.web.pages import render

MOST_SCHOOLS_TRIED = 5
"""A code without a school is tried at every open school, but never at more: each costs a slow derivation."""


@public
def come_back() -> Answer:
    return _conversation_page() or _come_back_page(CodeForm(formdata=None))


@public
def post_code() -> Answer:
    if "text" in request.form or "do" in request.form:
        return _write(WriteForm())
    return _open(CodeForm())


def _open(form: CodeForm) -> Answer:
    school = _school_of(form.school.data or "")
    try:
        code = parse_code(form.code.data or "")
        with db.reading() as session:
            candidates = (school,) if school else open_schools(session)
        if len(candidates) > MOST_SCHOOLS_TRIED:
            return _come_back_page(form, (("school", _("Kies eerst je school.")),)), 422
        token = visits.open_conversation(code, [candidate.id for candidate in candidates])
    except CodeError as error:
        return _come_back_page(form, (("code", code_error_text(error)),)), 422
    except visits.UnknownCodeError:
        return _come_back_page(form, (("code", _not_found_text(school)),)), 422
    except BusyError as error:
        page = _come_back_page(form, (("code", _("Het is nu erg druk. Probeer het zo nog een keer.")),))
        return page, 503, {"Retry-After": str(error.retry_after_seconds)}
    browser["visit"] = token
    return redirect(url_for("intake.come_back"), 303)


def _not_found_text(school: SchoolInfo | None) -> str:
    if school is None:
        return _("We vinden geen gesprek bij deze code. Kijk of alle woorden of cijfers kloppen.")
    return _("We vinden bij %(school)s geen gesprek met deze code. Kijk of alles klopt.", school=school.name)


def _write(form: WriteForm) -> Answer:
    if form.do.data == "leave":
        return _leave_visit()
    text = form.text.data or ""
    wrong = _wrong_with(text)
    if wrong:
        return _not_written(text, wrong, 422)
    try:
        with db.transaction() as session:
            visits.write_message(session, browser.get("visit", ""), text)
    except visits.VisitGoneError:
        return _gone(text)
    except CaseDamagedError:
        wrong = _("Dit gesprek is beschadigd, je bericht kan er niet bij. Je kunt opnieuw vertellen.")
        return _not_written(text, wrong, 500)
    return redirect(url_for("intake.come_back", _anchor="now"), 303)


def _wrong_with(text: str) -> str:
    if not text.strip():
        return _("Typ eerst een bericht.")
    if len(text) > MAX_TEXT:
        return _("Je bericht is te lang. Er passen %(most)s tekens in. Maak het korter.", most=MAX_TEXT)
    return ""


def _not_written(text: str, wrong: str, status: int) -> Answer:
    page = _conversation_page(errors=(("text", wrong),), typed=text)
    return (page, status) if page else _gone(text)


def _gone(text: str) -> Answer:
    wrong = _(
        "Je gesprek is op dit apparaat gesloten. Vul je code opnieuw in. Je bericht staat hieronder, kopieer het."
    )
    return _come_back_page(CodeForm(formdata=None), (("code", wrong),), typed=text), 410


def _leave_visit() -> Response:
    with db.transaction() as session:
        services.leave(session, [], [browser.pop("visit", "")])
    return redirect(url_for("intake.come_back"), 303)


def _conversation_page(errors: Errors = (), typed: str = "") -> str | None:
    """Return the conversation that this browser holds open, or None when there is none or its case is deleted."""
    with db.reading() as session:
        try:
            conversation = read_conversation(session, visits.access_of(session, browser.get("visit", "")))
            crisis = crisis_bubbles(library().current, visits.topics_of(session, browser.get("visit", "")))
        except (visits.VisitGoneError, CaseNotFoundError):
            return None
        crisis_cards = cards_in(session, crisis)
        fitting = fitting_cards(session, conversation.help_ids, conversation.categories, conversation.words)
    page = ConversationPage(
        title=_("Jouw gesprek"),
        conversation=conversation,
        crisis=crisis,
        crisis_cards=crisis_cards,
        cards=tuple(card for card in fitting if card.id not in crisis_cards),
        errors=errors,
        typed=typed,
    )
    return render(page)


def _come_back_page(form: CodeForm, errors: Errors = (), typed: str = "") -> str:
    school = _school_of(form.school.data or request.args.get("school", ""))
    with db.reading() as session:
        schools = open_schools(session)
    page = ComeBackPage(
        title=_("Terugkomen met je code"),
        form=form,
        schools={choice.slug: choice.name for choice in schools},
        known_school=school,
        errors=errors,
        typed=typed,
    )
    return render(page)


def _school_of(slug: str) -> SchoolInfo | None:
    """Return the school that the form, the link or this browser's own talk names."""
    names = [slug, *browser.get("talks", {})]
    with db.reading() as session:
        found = next((school for name in names if name and (school := school_by_slug(session, name))), None)
    if found:
        g.school_slug = found.slug
    return found
