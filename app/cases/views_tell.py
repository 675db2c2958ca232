"""Writing down what was told in the corridor or by telephone, and the sheet with the code for who told it."""

import secrets

from flask import current_app, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from app import db
from app.accounts.access import require
from app.accounts.practice import practice_school_id
from app.accounts.queries import Reader
from app.accounts.roles import Role
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Desk
from app.cases.forms_tell import TellForm
from app.cases.opening import CodeTakenError
from app.cases.pages_tell import TellPage, TellWaitPage, ToldSheetPage
from app.cases.telling import (
    ABOUT_STEP,
    DANGER_STEP,
    SEED_BYTES,
    NotReaderHereError,
    Told,
    choices_in,
    code_for,
    colleagues_of,
    keys_for,
    write_down,
)
from app.i18n.translate import current
from app.i18n.translate import gettext as _
from app.schools.queries import SchoolInfo, school_by_id
from app.settings import Settings
from app.talks.queries import flows_for
from app.vault.errors import BusyError
from app.vault.words import list_language
from app.web.pages import render

BusyAnswer = tuple[str, int, dict[str, str]]


@require(Role.ADVISER)
def tell() -> Answer:
    if practice_school_id():
        return redirect(url_for("record.training"), 303)
    with at_desk(db.reading) as (session, desk):
        school = _school(session, desk, request.args.get("school", ""))
        form = TellForm(formdata=None, seed=_new_seed(), school=school.id)
        try:
            return _page(session, desk, form)
        except NotReaderHereError:
            return render(TellWaitPage(title=_title(), school=school))


@require(Role.ADVISER)
def write_told() -> Answer | BusyAnswer:
    if practice_school_id():
        return redirect(url_for("record.training"), 303)
    form = TellForm()
    with at_desk(db.reading) as (session, desk):
        try:
            _fill(session, desk, form)
        except NotReaderHereError:
            raise NotFound from None
        if not form.validate():
            return _page(session, desk, form), 422
    told = _told(form)
    try:
        student = keys_for(desk, told)
        with at_desk() as (session, desk):
            is_open = write_down(session, desk, told, student)
            school = _school(session, desk, told.school_id)
    except BusyError as error:
        form.story.errors = [_("Het is nu erg druk. Je tekst staat er nog. Probeer het zo nog een keer.")]
        return _again(form), 503, {"Retry-After": str(error.retry_after_seconds)}
    except CodeTakenError:  # Two codes out of 10^15 met: another seed gives another code.
        form.seed.data = _new_seed()
        form.story.errors = [_("Dit lukte niet. Je tekst staat er nog. Probeer het nog een keer.")]
        return _again(form), 409
    return _sheet(desk, told, school) if is_open else redirect(url_for("cases.queue"), 303)


def _new_seed() -> str:
    return secrets.token_hex(SEED_BYTES)


def _title() -> str:
    return _("Iemand vertelde mij iets")


def _again(form: TellForm) -> str:
    with at_desk(db.reading) as (session, desk):
        return _page(session, desk, form)


def _told(form: TellForm) -> Told:
    return Told(
        school_id=form.school.data or "",
        seed=form.seed.data or "",
        story=(form.story.data or "").strip(),
        about=form.about.data or "",
        danger=form.danger.data or "",
        without=frozenset(form.without.data or ()),
    )


def _school(session: Session, desk: Desk, wanted: str) -> SchoolInfo:
    """Return the school of *desk* with the id *wanted*, else its first."""
    chosen = wanted if wanted in desk.school_ids else next(iter(desk.school_ids), "")
    school = school_by_id(session, chosen)
    if school is None or (wanted and wanted != chosen):
        raise NotFound
    return school


def _fill(session: Session, desk: Desk, form: TellForm) -> tuple[Reader, ...]:
    """Give the form its choices at the school that it names; return the colleagues there, none for who only waits."""
    school_id = form.school.data or ""
    colleagues = colleagues_of(session, desk, school_id)
    flows = flows_for(session, school_id)
    form.about.choices = [(code, _(text)) for code, text in choices_in(flows, ABOUT_STEP).items()]
    form.danger.choices = [(code, _(text)) for code, text in choices_in(flows, DANGER_STEP).items()]
    form.without.choices = [(one.person_id, one.name) for one in colleagues]
    is_known = set(form.without.data or ()) <= {one.person_id for one in colleagues}
    if not is_known or len(form.seed.data or "") != len(_new_seed()):
        raise NotFound
    return colleagues


def _page(session: Session, desk: Desk, form: TellForm) -> str:
    colleagues = _fill(session, desk, form)
    title = _title()
    errors = tuple((name, str(text)) for name, texts in form.errors.items() if name for text in texts)
    return render(
        TellPage(
            title=_("Fout: %(title)s", title=title) if errors else title,
            form=form,
            schools=_schools(session, desk),
            school=_school(session, desk, form.school.data or ""),
            colleagues=colleagues,
            errors=errors,
        )
    )


def _schools(session: Session, desk: Desk) -> tuple[SchoolInfo, ...]:
    found = (school_by_id(session, school_id) for school_id in desk.school_ids)
    return tuple(school for school in found if school)


def _sheet(desk: Desk, told: Told, school: SchoolInfo) -> str:
    code, tag = code_for(desk, told.seed), list_language(current().tag)
    settings: Settings = current_app.config["SETTINGS"]
    return render(
        ToldSheetPage(
            title=_("Woordjes"),
            words=code.words(tag),
            words_language=tag,
            digits=code.digits,
            address=f"{settings.base_url}/code?school={school.slug}",
        )
    )
