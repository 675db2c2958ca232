"""The school's page: one address on which the whole talk happens; each post ends in a redirect back to it."""

from collections.abc import Callable
from dataclasses import replace

from flask import g, redirect, request, url_for
from flask import session as browser
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.presence import promised_by_anybody
from app.accounts.queries import readers_of
from app.accounts.weekly import is_word
from app.cases.deeds import public_deeds
from app.flows.engine import AnswerError
from app.flows.model import SKIP
from app.i18n.translate import archived
from app.i18n.translate import gettext as _
from app.intake import paused, services
from app.intake.arrival import arrival_text
from app.intake.forms import BeginForm, TalkForm
from app.intake.pages import ClosedSchoolPage, HomePage, StartPage
from app.intake.rules import CODE_STEP, REVIEW, Talk, is_asked_word, shown_step
from app.intake.running import Running, TalkGoneError, resume, store, texts_for
from app.intake.running import begin as begin_talk
from app.intake.show import FIRST_HELP, answer_error_text, step_page
from app.intake.show_code import code_page, word_error_text
from app.intake.show_review import review_page
from app.intake.views_refusals import Answer, ClosedSchoolError, CookiesOffError, UnknownSchoolError
from app.intake.views_review import REVIEW_ACTIONS, act, back_to, token_for
from app.referrals.queries import cards_by_id
from app.schools.queries import SchoolInfo, open_schools, school_by_slug
from app.talks.library import library
from app.vault.errors import BusyError
from app.web.access import public
from app.web.pages import render

AT_CLOSED_SCHOOL = ("word", "code", "pause", "resume", "finish", "discard")
"""What can be done when a school takes nothing any more: all that makes nobody lose what was told."""
LONGEST_WORD = 8
"""Letters of a poster's word; more of what an address carries is not repeated on a page."""


@public
def home() -> str:
    with db.reading() as session:
        return render(HomePage(title=_("Vertel"), schools=open_schools(session)))


@public
def school_page(slug: str) -> Answer:
    with db.reading() as session:
        school = _known_school(session, slug)
        try:
            running = resume(session, token_for(slug), school.id)
        except TalkGoneError:
            return _start(session, school) if school.is_open else _closed(session, school)
        if _has_code_page(session, running.talk):  # A school that closes does not take away the code of a talk.
            return code_page(session, school, running.talk)
        if not school.is_open:
            return _closed(session, school)
        if not running.is_moved:
            return _open_talk(session, running, school)
    return _moved_talk(school)


def _has_code_page(session: Session, talk: Talk) -> bool:
    return talk.is_sent or paused.kept_until(session, talk) is not None


def _moved_talk(school: SchoolInfo) -> Answer:
    # Kept at once, or each page until the next answer would move the talk again.
    with db.transaction() as session:
        running = resume(session, token_for(school.slug), school.id, lock=True)
        store(session, token_for(school.slug), running, running.talk)
        return _open_talk(session, running, school)


def _open_talk(session: Session, running: Running, school: SchoolInfo, wrong: str = "") -> str:
    """Render the open question or the review, with what went *wrong* with the talk as a whole."""
    shown = shown_step(running.talk, running.path)
    errors = ((f"step-{shown.id}" if shown else "send", wrong),) if wrong else ()
    with archived(texts_for(session, running)):
        return (
            step_page(session, running, errors=errors)
            if shown
            else review_page(session, running, school, errors=errors)
        )


@public
def begin(slug: str) -> Answer:
    school = _school(slug)
    if not school.is_open:
        raise ClosedSchoolError
    library().refresh()  # Before the transaction: reading files takes long.
    has_poster = is_word(school.id, BeginForm().poster.data or "", clock.today())
    with db.transaction() as session:
        try:
            resume(session, token_for(slug), school.id)
        except TalkGoneError:
            token = begin_talk(session, school.id, has_poster=has_poster)
            browser["talks"] = {**browser.get("talks", {}), slug: token}
    # The mark lets the next page tell a browser without cookies from somebody who followed a link.
    return redirect(url_for("intake.begun", slug=slug, c=1), 303)


@public
def begun(slug: str) -> Answer:
    school = _school(slug)
    if "c" in request.args and not token_for(slug):
        raise CookiesOffError
    return back_to(school)


@public
def post_talk(slug: str) -> Answer:
    library().refresh()  # Before any transaction, so that a recall reaches this talk too.
    school = _school(slug)
    form = TalkForm()
    action = form.do.data or {REVIEW: "send", CODE_STEP: "word"}.get(form.step.data or "", "answer")
    handler = _ACTIONS.get(action)
    if handler is None:
        raise services.UnknownStepError
    if not school.is_open and action not in AT_CLOSED_SCHOOL:
        raise ClosedSchoolError
    return handler(school, form)


def _answer(school: SchoolInfo, form: TalkForm) -> Answer:
    values = [SKIP] if form.skip.data else form.answer.data or []
    return _take(school, form.step.data or "", values)


def _enough(school: SchoolInfo, form: TalkForm) -> Answer:
    """Skip what is left, after taking along what stands in the open question."""
    values = [value for value in form.answer.data or [] if value.strip()]
    return _take(school, form.step.data or "", values, is_enough=True)


def _take(school: SchoolInfo, step_id: str, values: list[str], *, is_enough: bool = False) -> Answer:
    token = token_for(school.slug)
    try:
        with db.transaction() as session:
            running = resume(session, token, school.id, lock=True)
            if values or not is_enough:
                services.answer(session, token, running, step_id, values)
            if is_enough:
                services.finish(session, token, resume(session, token, school.id))
    except AnswerError as error:
        typed = max(values, key=len, default=None)
        return _asked_again(school, step_id, error, typed), 400 if error.reason == "too_many" else 422
    return back_to(school)


def _asked_again(school: SchoolInfo, step_id: str, error: AnswerError, typed: str | None) -> str:
    with db.reading() as session:
        running = resume(session, token_for(school.slug), school.id)
        place = running.path.find(step_id)
        if place is None:
            raise services.ElsewhereError
        errors = ((f"step-{step_id}", answer_error_text(error, place.step)),)
        with archived(texts_for(session, running)):
            return step_page(session, running, step_id, errors=errors, typed=typed)


def _go_back(school: SchoolInfo, form: TalkForm) -> Answer:
    act(school, services.go_back, form.step.data or "")
    return back_to(school)


def _change(school: SchoolInfo, form: TalkForm) -> Answer:
    act(school, services.change, form.step.data or "")
    return back_to(school)


def _word(school: SchoolInfo, form: TalkForm) -> Answer:
    token = token_for(school.slug)
    with db.transaction() as session:
        running = resume(session, token, school.id, lock=True)
        has_code = _has_code_page(session, running.talk) and not running.talk.pending
        is_right = not has_code or _is_right(running.talk, form)
        if is_right:
            services.confirm_word(session, token, running)
    if is_right:
        return back_to(school)
    with db.reading() as session:
        talk = resume(session, token, school.id).talk
        return code_page(session, school, talk, errors=(("step-code", word_error_text()),)), 422


def _is_right(talk: Talk, form: TalkForm) -> bool:
    return is_asked_word(talk, " ".join(form.answer.data or []))


def _pause(school: SchoolInfo, form: TalkForm) -> Answer:
    """Put the talk away, after taking along what stands in the open question."""
    values = [value for value in form.answer.data or [] if value.strip()]
    asked = form.step.data or ""
    if values and asked != REVIEW and isinstance(wrong := _take(school, asked, values), tuple):
        return wrong
    try:
        paused.pause(token_for(school.slug), school)
    except BusyError as error:
        wrong = _("Het is nu erg druk. Je verhaal staat er nog. Tik zo nog een keer op Pauze.")
        return _not_paused(school, wrong), 503, {"Retry-After": str(error.retry_after_seconds)}
    except paused.StaleCopyError:
        wrong = _(
            "Op een ander apparaat ging je al verder. Dat is bewaard onder je code. Wat je hier vertelde, staat hier "
            "ook nog. Verstuur je dit, dan gaat alleen mee wat hier staat en wissen we het andere. Wil je juist met "
            "het andere verder? Ga dan hier weg, dan wissen we dit, en typ je code in."
        )
        return _not_paused(school, wrong), 409
    return back_to(school)


def _not_paused(school: SchoolInfo, wrong: str) -> str:
    with db.reading() as session:
        return _open_talk(session, resume(session, token_for(school.slug), school.id), school, wrong)


def _resume(school: SchoolInfo, _form: TalkForm) -> Answer:
    token = token_for(school.slug)
    with db.transaction() as session:
        running = resume(session, token, school.id, lock=True)
        store(session, token, running, replace(running.talk, is_paused=False))
    return back_to(school)


def _discard(school: SchoolInfo, form: TalkForm) -> Answer:
    token = token_for(school.slug)
    with db.transaction() as session:
        running = resume(session, token, school.id, lock=True)
        paused.discard(session, token, running)
    return back_to(school) if running.talk.is_sent else _finish(school, form)


def _finish(school: SchoolInfo, _form: TalkForm) -> Answer:
    with db.transaction() as session:
        # The open conversation goes too: the page promises that nothing stays on this device.
        services.leave(session, [token_for(school.slug)], [browser.pop("visit", "")])
    browser["talks"] = {slug: token for slug, token in browser.get("talks", {}).items() if slug != school.slug}
    return back_to(school)


_ACTIONS: dict[str, Callable[[SchoolInfo, TalkForm], Answer]] = {
    "answer": _answer,
    "enough": _enough,
    "back": _go_back,
    "change": _change,
    **REVIEW_ACTIONS,
    "word": _word,
    "pause": _pause,
    "resume": _resume,
    "finish": _finish,
    "discard": _discard,
}


def _school(slug: str) -> SchoolInfo:
    with db.reading() as session:
        return _known_school(session, slug)


def _known_school(session: Session, slug: str) -> SchoolInfo:
    school = school_by_slug(session, slug)
    if school is None:
        raise UnknownSchoolError
    g.school_slug, g.school_district = slug, school.district
    return school


def _start(session: Session, school: SchoolInfo) -> str:
    page = StartPage(
        title=_("Vertel"),
        school=school,
        readers=readers_of(session, school.id),
        arrival=arrival_text(may_be_urgent=True),
        promised_on=promised_by_anybody(session, school.id, clock.today()),
        has_done=bool(public_deeds(session, school.id)),
        poster=request.args.get("p", "")[:LONGEST_WORD],
    )
    return render(page)


def _closed(session: Session, school: SchoolInfo) -> str:
    return render(ClosedSchoolPage(title=_("Vertel"), school=school, cards=cards_by_id(session, FIRST_HELP)))
