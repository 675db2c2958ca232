"""What can be done in an open conversation; each post names the thread on whose page it stood."""

from collections.abc import Callable
from typing import get_args

from flask import make_response, redirect, request, url_for
from flask import session as browser
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.cases import correspondence
from app.cases.correspondence import Access, CheckinAnswer, family, lock_family, read_conversation
from app.cases.desk import CaseNotFoundError
from app.cases.services import CaseDamagedError
from app.cases.stepping import answer_consent
from app.cases.steps import StepFinishedError, UnknownStepError
from app.i18n.translate import gettext as _
from app.intake import outcome, reprisal, services, views_new_code, visits
from app.intake.forms import CodeForm, VisitForm
from app.intake.own_words import FILE_NAME, own_words
from app.intake.show_visit import (
    HAPPENED,
    SINCE,
    come_back_page,
    conversation_page,
    named_school,
    other_talk_page,
    school_of,
)
from app.intake.views_refusals import Answer, ClosedSchoolError
from app.referrals import outcomes
from app.talks.library import library
from app.web.forms import MAX_TEXT

CHECKIN_ANSWERS: dict[str, CheckinAnswer] = {answer: answer for answer in get_args(CheckinAnswer)}

HELPED_ANSWERS: dict[str, outcomes.Answer] = {answer: answer for answer in outcomes.ANSWERS}


def post_visit() -> Answer:
    """Do what a button of the conversation says; what was typed is never lost, whatever becomes of it."""
    library().refresh()  # Before any transaction: reading files takes long.
    form = VisitForm()
    handler = _HANDLERS.get(_action(form))
    if handler is None:
        raise services.UnknownStepError
    try:
        return handler(form)
    except (visits.VisitGoneError, CaseNotFoundError):
        return _gone(form)
    except correspondence.CaseWithdrawnError:
        wrong = _("Je hebt dit ingetrokken. Haal het eerst terug, dan kun je weer verder.")
        return _not_written(form, wrong, 409)
    except CaseDamagedError:
        wrong = _("Dit gesprek is beschadigd, je bericht kan er niet bij. Je kunt opnieuw vertellen.")
        return _not_written(form, wrong, 500)


def _action(form: VisitForm) -> str:
    said = form.do.data or ""
    if said:
        return said
    buttons = (("consent", form.consent), ("thread", form.to), ("checkin", form.answer), ("helped", form.helped))
    return next((action for action, field in buttons if field.data), "write")


def _write(form: VisitForm) -> Answer:
    text = form.text.data or ""
    wrong = _wrong_with(text)
    if wrong:
        return _not_written(form, wrong, 422)
    with db.transaction() as session:
        visits.write_message(session, _token(), form.thread.data or "", text)
    return _back()


def _wrong_with(text: str) -> str:
    if not text.strip():
        return _("Typ eerst een bericht.")
    if len(text) > MAX_TEXT:
        return _("Je bericht is te lang. Er passen %(most)s tekens in. Maak het korter.", most=MAX_TEXT)
    return ""


def _turn(form: VisitForm) -> Answer:
    _act(form, lambda session, _access: visits.look_at(session, _token(), form.to.data or ""))
    return _back()


def _answer_checkin(form: VisitForm) -> Answer:
    answer = CHECKIN_ANSWERS.get(form.answer.data or "")
    if answer is None:
        raise services.UnknownStepError
    _act(form, lambda session, access: correspondence.answer_checkin(session, access, answer), answer)
    return _back()


def _answer_consent(form: VisitForm) -> Answer:
    answer, _colon, step = (form.consent.data or f"{form.answer.data}:{form.step.data}").partition(":")
    try:
        _act(form, lambda session, access: answer_consent(session, access, step, answer), "consented")
    except UnknownStepError:
        raise services.UnknownStepError from None
    except StepFinishedError:
        _act(form, lambda _session, _access: None, "too_late")
    return _back()


def _answer_helped(form: VisitForm) -> Answer:
    answer = HELPED_ANSWERS.get(form.helped.data or "")
    if answer is None:
        raise services.UnknownStepError
    _act(form, lambda session, _access: outcome.answer(session, _token(), answer), "helped")
    return _back()


def _tell_happened(form: VisitForm) -> Answer:
    _act(form, correspondence.tell_happened, "told")
    return _back()


def _offer_reprisal(form: VisitForm) -> Answer:
    _act(form, lambda _session, _access: None, SINCE)
    return _back()


def _withdraw(form: VisitForm) -> Answer:
    _act(form, correspondence.withdraw)
    return _back()


def _restore(form: VisitForm) -> Answer:
    _act(form, correspondence.take_back_withdrawal, "restore")
    return _back()


def _extend(form: VisitForm) -> Answer:
    _act(form, correspondence.extend, "extend")
    return _back()


def _end(form: VisitForm) -> Answer:
    _act(form, correspondence.end, "end")
    return _back()


def _download(_form: VisitForm) -> Response:
    with db.transaction() as session:
        first = visits.first_access(session, _token())
        threads = [visits.access_of(session, _token(), case_id) for case_id in family(session, first)]
        text = own_words([read_conversation(session, thread) for thread in threads])
    response = make_response(text)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _begin_reprisal(form: VisitForm) -> Answer:
    talks = browser.get("talks", {})
    with db.transaction() as session:
        access = visits.access_of(session, _token(), form.thread.data or "")
        school = school_of(session, access.school_id)
        if not school.is_open:
            raise ClosedSchoolError
        try:
            held = talks.get(school.slug, "")
            token = reprisal.begin(session, _token(), school, held, over=bool(form.over.data))
        except visits.OtherTalkError:
            return other_talk_page(school.slug, access.case_id), 409
    browser["talks"] = {**talks, school.slug: token}
    return redirect(url_for("intake.school_page", slug=school.slug), 303)


def _return(form: VisitForm) -> Answer:
    """Go from a sent talk that followed a report to the conversation in which it is the newest thread."""
    school = named_school(request.form.get("school", ""))
    if school is None:
        return _gone(form)
    talks = browser.get("talks", {})
    with db.transaction() as session:
        reprisal.look_at_sent(session, _token(), talks.get(school.slug, ""), school.id)
    browser["talks"] = {slug: token for slug, token in talks.items() if slug != school.slug}
    return _back()


def _leave(_form: VisitForm) -> Answer:
    """Close the conversation, and the talks that followed it, which would lead back into it."""
    talks = browser.get("talks", {})
    with db.transaction() as session:
        followed = reprisal.follow_ups(session, talks)
        services.leave(session, followed.values(), [browser.pop("visit", "")])
    browser["talks"] = {slug: token for slug, token in talks.items() if slug not in followed}
    return redirect(url_for("intake.come_back"), 303)


def _act(form: VisitForm, change: Callable[[Session, Access], object], did: str = "") -> None:
    """Change the thread of the page, say so on the next one, and keep what stood in the field beside the button."""
    token, thread = _token(), form.thread.data or ""
    with db.transaction() as session:
        # All at once: a change of several at a time would meet others who lock them in another order.
        lock_family(session, visits.first_access(session, token))
        access = visits.look_at(session, token, thread)
        if "text" in request.form:
            text = (form.text.data or "")[:MAX_TEXT]
            visits.note(session, token, drafts=visits.drafts_with(session, token, access.case_id, text))
        change(session, access)
        visits.note(session, token, did=did)


def _token() -> str:
    token: str = browser.get("visit", "")
    return token


def _back() -> Response:
    return redirect(url_for("intake.come_back", _anchor="now"), 303)


def _not_written(form: VisitForm, wrong: str, status: int) -> Answer:
    page = conversation_page(form.thread.data or "", errors=(("text", wrong),), typed=form.text.data or "")
    return (page, status) if page else _gone(form)


def _gone(form: VisitForm) -> Answer:
    text = form.text.data or ""
    wrong = _("Je gesprek is op dit apparaat gesloten. Vul je code opnieuw in.")
    if text:
        wrong = f"{wrong} {_('Je bericht staat hieronder, kopieer het.')}"
    return come_back_page(CodeForm(formdata=None), (("code", wrong),), typed=text), 410


_HANDLERS: dict[str, Callable[[VisitForm], Answer]] = {
    "write": _write,
    "thread": _turn,
    "checkin": _answer_checkin,
    "consent": _answer_consent,
    "helped": _answer_helped,
    "withdraw": _withdraw,
    "restore": _restore,
    "extend": _extend,
    "end": _end,
    "download": _download,
    SINCE: _offer_reprisal,
    HAPPENED: _tell_happened,
    "reprisal": _begin_reprisal,
    "new_code": views_new_code.offer,
    "keep_code": views_new_code.keep,
    "take_code": views_new_code.take,
    "return": _return,
    "leave": _leave,
}
