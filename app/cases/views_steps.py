"""The steps of one case: preparing one, asking, doing it, letting it go, and what the law puts before an answer."""

from collections.abc import Callable

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import stepping
from app.cases.at_desk import Answer, at_desk
from app.cases.consent_wording import KINDS, exposure_of, ground_label, kind_label, state_label
from app.cases.desk import Desk, Held, hold
from app.cases.duties import overriding_duties
from app.cases.envelopes import CaseDamagedError
from app.cases.forms_steps import OverrideForm, StepForm, choices_of
from app.cases.head import head_of
from app.cases.pages_steps import StepRow, StepsPage
from app.cases.rules import CaseClosedError
from app.cases.step_reading import steps_of
from app.cases.steps import READER, Step, StepBlockedError, StepFinishedError, UnknownStepError
from app.i18n.translate import gettext as _
from app.web.pages import render

_CANNOT = (CaseClosedError, CaseDamagedError, StepBlockedError, StepFinishedError, UnknownStepError)


@require(Role.ADVISER)
def show_steps(case_id: str) -> Answer:
    return _page(case_id, StepForm(formdata=None))


@require(Role.ADVISER)
def plan_step(case_id: str) -> Answer:
    form = StepForm()
    if not form.validate():
        return _page(case_id, form, status=422)
    try:
        with at_desk() as (session, desk):
            stepping.plan_step(session, desk, case_id, stepping.NewStep(form.kind.data, form.about.data or ""))
    except CaseDamagedError as error:
        form.about.errors = [_why(error)]
        return _page(case_id, form, status=409)
    return _back(case_id)


@require(Role.ADVISER)
def ask_step(case_id: str, step_id: str) -> Answer:
    return _do(case_id, lambda session, desk: stepping.ask_step(session, desk, case_id, step_id))


@require(Role.ADVISER)
def finish_step(case_id: str, step_id: str) -> Answer:
    done = _do(case_id, lambda session, desk: stepping.finish_step(session, desk, case_id, step_id))
    return redirect(url_for("cases.show_ledger", case_id=case_id, step=step_id), 303) if _is_done(done) else done


@require(Role.ADVISER)
def drop_step(case_id: str, step_id: str) -> Answer:
    return _do(case_id, lambda session, desk: stepping.drop_step(session, desk, case_id, step_id))


@require(Role.ADVISER)
def override_step(case_id: str, step_id: str) -> Answer:
    form = OverrideForm()
    with at_desk(db.reading) as (session, desk):
        _offer_duties(form, hold(session, desk, case_id))
    if not form.validate():
        return _page(case_id, StepForm(formdata=None), override=(step_id, form), status=422)
    told = (form.duty.data, form.told.data or "")
    return _do(case_id, lambda session, desk: stepping.override_step(session, desk, case_id, step_id, told))


def _do(case_id: str, act: Callable[[Session, Desk], object]) -> Answer:
    try:
        with at_desk() as (session, desk):
            act(session, desk)
    except _CANNOT as error:
        return _page(case_id, StepForm(formdata=None), did=_why(error), status=409)
    return _back(case_id)


def _is_done(answer: Answer) -> bool:
    return isinstance(answer, Response)


def _page(
    case_id: str, form: StepForm, *, override: tuple[str, OverrideForm] | None = None, did: str = "", status: int = 200
) -> Answer:
    with at_desk(db.reading) as (session, desk):
        held = hold(session, desk, case_id)
        step_id, override_form = override or ("", _empty_override(held))
        page = _steps_page(session, held, (form, override_form), (step_id, did))
    return render(page), status


def _empty_override(held: Held) -> OverrideForm:
    form = OverrideForm(formdata=None)
    duties = _offer_duties(form, held)
    form.told.data = duties[0] if duties else ""
    return form


def _offer_duties(form: OverrideForm, held: Held) -> tuple[str, ...]:
    """Put the duties that may go first into *form*, and return what a student is told of each."""
    duties = overriding_duties(held)
    form.duty.choices = choices_of({duty.id: _(duty.title) for duty in duties})
    return tuple(_(duty.tell_first) for duty in duties)


def _steps_page(
    session: Session, held: Held, forms: tuple[StepForm, OverrideForm], state: tuple[str, str]
) -> StepsPage:
    head, (form, override_form), (step_id, did) = head_of(session, held), forms, state
    rows = [_row(step) for step in steps_of(session, held.ref, held.dialog_key)]
    errors = tuple((name, str(text)) for each in forms for name, texts in each.errors.items() for text in texts)
    title = _("Stappen bij %(title)s", title=head.title)
    return StepsPage(
        title=_("Fout: %(title)s", title=title) if errors or did else title,
        head=head,
        open_steps=tuple(row for row in rows if row.step.is_open),
        past_steps=tuple(row for row in rows if not row.step.is_open),
        exposures={kind_label(kind): exposure_of(kind) for kind in KINDS if kind != READER},
        form=form,
        override_form=override_form,
        overridden=step_id,
        has_duties=bool(override_form.duty.choices),
        errors=errors,
        did=did,
        is_key_damaged=held.dialog_key is None,
    )


def _row(step: Step) -> StepRow:
    return StepRow(
        step=step,
        title=kind_label(step.kind),
        exposure=exposure_of(step.kind),
        state=state_label(step.state),
        ground=ground_label(step.ground) if step.ground else "",
        name=step.extra.get("name", ""),
    )


def _back(case_id: str) -> Response:
    return redirect(url_for("cases.show_steps", case_id=case_id), 303)


def _why(error: Exception) -> str:
    match error:
        case CaseClosedError():
            return _("Deze melding is afgesloten. Heropen haar eerst, dan kun je de leerling weer iets vragen.")
        case StepBlockedError():
            return _("Deze stap wacht op een ja van de leerling. Er is nog niets opgeschreven.")
        case StepFinishedError():
            return _("Deze stap was al gedaan of gaat niet door. Er is niets veranderd.")
        case UnknownStepError():
            return _("Deze stap is er niet meer. Er is niets veranderd.")
        case _:
            return _("Jouw sleutel voor deze melding is beschadigd. Er is niets bewaard; vraag een ander die meeleest.")
