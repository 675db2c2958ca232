"""From a case to the register in three taps: open, look at what the talk proposes, keep."""

from flask import redirect, url_for
from sqlalchemy.orm import Session

from app import db
from app.accounts.access import require
from app.accounts.pages import errors_of
from app.accounts.roles import Role
from app.cases import proposing
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Desk, hold
from app.cases.envelopes import CaseDamagedError
from app.cases.head import head_of
from app.cases.pages import RegisteringPage
from app.i18n.translate import gettext as _
from app.register.forms import IncidentForm, blank
from app.register.law import edition_on
from app.web.pages import render


@require(Role.ADVISER)
def show_registering(case_id: str) -> Answer:
    with at_desk(db.reading) as (session, desk):
        held = hold(session, desk, case_id)
        form = blank(held.case.reported_on, dict(proposing.proposals(held)))
        form.is_online.data = proposing.is_online(held)
        return _page(session, desk, case_id, form)


@require(Role.ADVISER)
def put_in_register(case_id: str) -> Answer:
    form = IncidentForm()
    facts = form.facts()
    try:
        with at_desk() as (session, desk):
            if facts is None:
                return _page(session, desk, case_id, form), 422
            proposing.record_from_case(session, desk, case_id, facts)
    except CaseDamagedError:
        form.category.errors = [_("Jouw sleutel voor deze melding is beschadigd. Er is niets bewaard.")]
        with at_desk(db.reading) as (session, desk):
            return _page(session, desk, case_id, form), 409
    return redirect(url_for("cases.show_notes", case_id=case_id, _anchor="notes"), 303)


def _page(session: Session, desk: Desk, case_id: str, form: IncidentForm) -> str:
    held = hold(session, desk, case_id)
    edition = edition_on(held.case.reported_on)
    title = _("In het register zetten")
    return render(
        RegisteringPage(
            title=_("Fout: %(title)s", title=title) if form.errors else title,
            head=head_of(session, held),
            form=form,
            definitions={code: str(text) for code, text in edition.definitions.items()},
            serious=str(edition.serious),
            errors=errors_of(form),
        )
    )
