"""Practising: beginning, and stopping, which deletes everything."""

from flask import redirect, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from app.accounts.access import require
from app.accounts.practice import PRACTICE, practice_school_id
from app.accounts.roles import Role
from app.cases import training as practice
from app.cases.at_desk import Answer, at_desk
from app.cases.pages_tell import TrainingPage
from app.i18n.translate import gettext as _
from app.web.pages import render


@require(Role.ADVISER)
def training() -> Answer:
    return render(TrainingPage(title=_("Oefenen"), is_begun=bool(practice_school_id())))


@require(Role.ADVISER)
def begin_training() -> Response:
    found = practice.scripts()  # Before the transaction: reading a file takes long.
    with at_desk() as (session, desk):
        practice.begin(session, desk, found)
    cookie[PRACTICE] = True
    return redirect(url_for("cases.queue"), 303)


@require(Role.ADVISER)
def stop_training() -> Response:
    with at_desk() as (session, desk):
        practice.stop(session, desk.person_id)
    cookie.pop(PRACTICE, None)
    return redirect(url_for("cases.queue"), 303)
