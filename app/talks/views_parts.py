"""What a school adds to the talk and leaves out of it: one form, and what comes of it below."""

from dataclasses import replace

from flask import redirect, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.own_school import own_school
from app.accounts.roles import Role
from app.flows.model import SCHOOL_INTRO, SCHOOL_QUESTION
from app.flows.variants import SchoolParts, part_faults, with_parts
from app.i18n.languages import LANGUAGES, SOURCE
from app.i18n.translate import gettext as _
from app.schools.queries import SchoolInfo
from app.talks.forms import PartsForm
from app.talks.library import library
from app.talks.pages import PartChoice, PartsPage
from app.talks.preview import Tongue, question_of, said
from app.talks.preview_parts import fault_texts, parts_to_choose, typed_parts
from app.talks.queries import MAIN, parts_of
from app.talks.services import PartsError
from app.talks.services import set_parts as keep_parts
from app.talks.views_shared import Scene, frame_of, student_view
from app.web.pages import render

Answer = str | Response | tuple[str, int]
LOOK = "look"
"""Name of the button that shows what would come of it and keeps nothing."""


@require(Role.MANAGER)
def parts() -> Answer:
    with db.reading() as session:
        school = own_school(session, Role.MANAGER)
        kept = parts_of(session, school.id)
        return _page(session, school, _form_of(kept), kept)


@require(Role.MANAGER)
def set_parts() -> Answer:
    form = PartsForm()
    with db.reading() as session:
        school = own_school(session, Role.MANAGER)
        typed = _typed(form, parts_of(session, school.id))
        if LOOK in request.form:
            _explain(form, PartsError(part_faults(library().current, MAIN, typed)), typed)
            return _page(session, school, form, typed), 422 if form.errors else 200
    try:
        with db.transaction() as session:
            keep_parts(session, school.id, typed)
    except PartsError as error:
        _explain(form, error, typed)
        with db.reading() as session:
            return _page(session, school, form, typed), 422
    return redirect(url_for("talks.parts", school=school.slug, saved=1), 303)


def _typed(form: PartsForm, known: SchoolParts) -> SchoolParts:
    typed = typed_parts(form.intro.data or "", form.ask.data or "", form.chips.data or "", known.chips)
    return replace(typed, off=frozenset(form.off.data or ()))


def _form_of(kept: SchoolParts) -> PartsForm:
    chips = "\n".join(kept.chips.values())
    return PartsForm(
        formdata=None, data={"intro": kept.intro, "ask": kept.ask, "chips": chips, "off": sorted(kept.off)}
    )


def _explain(form: PartsForm, error: PartsError, typed: SchoolParts) -> None:
    for name, texts in fault_texts(error.faults, typed).items():
        form[name].errors = texts


def _page(session: Session, school: SchoolInfo, form: PartsForm, shown: SchoolParts) -> str:
    errors = tuple((name, str(text)) for name, texts in form.errors.items() if name for text in texts)
    tongue = Tongue(school.language, school.language)
    title = _("Eigen vraag van %(school)s", school=school.name)
    page = PartsPage(
        title=_("Fout: %(title)s", title=title) if errors else title,
        frame=frame_of(session, tongue),
        school=school,
        language_name=LANGUAGES.get(school.language, LANGUAGES[SOURCE]).autonym,
        form=form,
        choices=tuple(
            PartChoice(code, label, code in shown.off)
            for code, label in parts_to_choose(library().current.flows[MAIN]).items()
        ),
        student=None if errors else _student(session, tongue, shown),
        is_saved="saved" in request.args and request.method == "GET",
        errors=errors,
    )
    return render(page)


def _student(session: Session, tongue: Tongue, shown: SchoolParts) -> Markup | None:
    """Return what students see of *shown*; None when the school adds nothing."""
    if not shown.intro and not shown.ask:
        return None
    steps = with_parts(library().current, MAIN, shown).flows[MAIN].steps
    bubbles = said(steps[SCHOOL_INTRO], SCHOOL_INTRO, tongue) if shown.intro else ()
    question = question_of(steps[SCHOOL_QUESTION], SCHOOL_QUESTION, tongue, {}) if shown.ask else None
    return student_view(session, tongue, Scene(bubbles=bubbles, question=question))
