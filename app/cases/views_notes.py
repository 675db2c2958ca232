"""Notes, labels and the timeline of one case."""

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import labels, notes
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Desk, Held, hold, notes_key_of
from app.cases.envelopes import CaseDamagedError
from app.cases.forms import LabelForm, NoteForm, OwnNoteForm
from app.cases.head import head_of
from app.cases.pages import NoteForms, NotesPage
from app.cases.timeline import timeline
from app.i18n.translate import gettext as _
from app.web.pages import render


@require(Role.ADVISER)
def show_notes(case_id: str) -> Answer:
    return _page(case_id, NoteForms.empty())


@require(Role.ADVISER)
def write_note(case_id: str) -> Answer:
    form = NoteForm()
    if not form.validate():
        return _page(case_id, NoteForms.empty(note=form), 422)
    try:
        with at_desk() as (session, desk):
            notes.write_note(session, desk, case_id, form.text.data or "")
    except CaseDamagedError:
        form.text.errors = [_damaged()]
        return _page(case_id, NoteForms.empty(note=form), 409)
    return _back_to(case_id, "notes")


@require(Role.ADVISER)
def write_own_note(case_id: str) -> Answer:
    form = OwnNoteForm()
    if not form.validate():
        return _page(case_id, NoteForms.empty(own=form), 422)
    with at_desk() as (session, desk):
        notes.write_own_note(session, desk, case_id, form.own.data or "")
    return _back_to(case_id, "own-notes")


@require(Role.ADVISER)
def add_label(case_id: str) -> Answer:
    form = LabelForm()
    if not form.validate():
        return _page(case_id, NoteForms.empty(label=form), 422)
    try:
        with at_desk() as (session, desk):
            labels.add_label(session, desk, case_id, form.label.data or "")
    except (labels.TooManyLabelsError, CaseDamagedError) as error:
        form.label.errors = [_damaged() if isinstance(error, CaseDamagedError) else _too_many()]
        return _page(case_id, NoteForms.empty(label=form), 409)
    return _back_to(case_id, "labels")


@require(Role.ADVISER)
def remove_label(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        labels.remove_label(session, desk, case_id, request.form.get("label", ""))
    return _back_to(case_id, "labels")


def _page(case_id: str, forms: NoteForms, status: int = 200) -> Answer:
    with at_desk(db.reading) as (session, desk):
        page = _notes_page(session, desk, hold(session, desk, case_id), forms)
    return render(page), status


def _notes_page(session: Session, desk: Desk, held: Held, forms: NoteForms) -> NotesPage:
    head, known = head_of(session, held), labels.labels_of(session, desk, held)
    title = _("Notities bij %(title)s", title=head.title)
    return NotesPage(
        title=_("Fout: %(title)s", title=title) if forms.errors else title,
        head=head,
        notes=notes.shared_notes(session, desk, held),
        own_notes=notes.own_notes(session, desk, held),
        labels=known,
        suggestions=labels.suggested_labels(session, desk, known),
        can_label=len(known) < labels.MOST_LABELS,
        happenings=timeline(session, held),
        forms=forms,
        is_key_damaged=notes_key_of(held, desk) is None,
        errors=forms.errors,
    )


def _back_to(case_id: str, place: str) -> Response:
    return redirect(url_for("cases.show_notes", case_id=case_id, _anchor=place), 303)


def _too_many() -> str:
    return _("Er passen %(most)s labels bij een melding. Haal er eerst een weg.", most=labels.MOST_LABELS)


def _damaged() -> str:
    return _("Jouw sleutel voor deze notities is beschadigd. Er is niets bewaard; je tekst staat hier nog.")
