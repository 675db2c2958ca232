"""Copies of a case: asking, allowing, and fetching once."""

from flask import make_response, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.own_password import is_own_password
from app.accounts.roles import Role
from app.cases import exporting
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import hold
from app.cases.envelopes import CaseDamagedError
from app.cases.export_contents import contents_of
from app.cases.export_file import FILE_NAME, Copy, made_file
from app.cases.export_wording import ground_label, part_label
from app.cases.exporting import USUAL_PARTS, ExportNotFoundError, ExportOverError, NoSecondReaderError, Wish
from app.cases.forms_record import CopyForm
from app.cases.head import head_of
from app.cases.pages_record import CopiesPage
from app.i18n.translate import gettext as _
from app.vault.errors import BusyError
from app.web.pages import render


@require(Role.ADVISER)
def show_copies(case_id: str) -> Answer:
    return _page(case_id, CopyForm(formdata=None), _said(request.args.get("did", "")))


@require(Role.ADVISER)
def ask_copy(case_id: str) -> Answer:
    form = CopyForm()
    if not form.validate() or not _is_password_right(form):
        return _page(case_id, form), 422
    wish = Wish(form.ground.data, exporting.chosen_parts(form.parts.data or ()))
    try:
        with at_desk() as (session, desk):
            exporting.ask_copy(session, desk, case_id, wish)
    except (NoSecondReaderError, CaseDamagedError):
        form.ground.errors = [
            _("Deze kopie kan nu niet. Er moet iemand anders meelezen, en jouw sleutel moet heel zijn.")
        ]
        return _page(case_id, form), 409
    return _back(case_id, "asked")


@require(Role.ADVISER)
def allow_copy(case_id: str, request_id: str) -> Answer:
    return _decide(case_id, request_id, allow=True)


@require(Role.ADVISER)
def refuse_copy(case_id: str, request_id: str) -> Answer:
    return _decide(case_id, request_id, allow=False)


@require(Role.ADVISER)
def fetch_copy(case_id: str, request_id: str) -> Answer:
    try:
        # Made before it is marked: what cannot be set in type can be asked for again.
        held = made_file(_copy(case_id, request_id))
        with at_desk() as (session, desk):
            exporting.take_copy(session, desk, case_id, request_id)
    except ExportNotFoundError:
        raise NotFound from None
    except (ExportOverError, CaseDamagedError):
        return _page(case_id, CopyForm(formdata=None), _said("over")), 409
    response = make_response(held)
    response.headers["Content-Type"] = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _copy(case_id: str, request_id: str) -> Copy:
    with at_desk(db.reading) as (session, desk):
        held, info = exporting.open_copy(session, desk, case_id, request_id)
        head = head_of(session, held)
        parts = contents_of(session, desk, held, info.wish.parts if info.wish else ())
    return Copy(title=head.title, school=head.school, reported_on=head.reported_on, request=info, parts=parts)


def _decide(case_id: str, request_id: str, *, allow: bool) -> Answer:
    try:
        with at_desk() as (session, desk):
            exporting.decide(session, desk, case_id, request_id, allow=allow)
    except ExportNotFoundError:
        raise NotFound from None
    except ExportOverError:
        return _page(case_id, CopyForm(formdata=None), _said("over")), 409
    return _back(case_id, "allowed" if allow else "refused")


def _is_password_right(form: CopyForm) -> bool:
    try:
        if is_own_password(form.password.data or ""):
            return True
        form.password.errors = [_("Dit is niet je wachtwoord.")]
    except BusyError:
        form.password.errors = [_("Het is nu druk. Probeer het zo opnieuw.")]
    return False


def _page(case_id: str, form: CopyForm, said: str = "") -> str:
    with at_desk(db.reading) as (session, desk):
        held = hold(session, desk, case_id)
        head, requests = head_of(session, held), exporting.requests_of(session, desk, held)
        has_second = exporting.has_second_reader(session, held)
    errors = tuple((name, str(text)) for name, texts in form.errors.items() for text in texts)
    title = _("Kopie van een melding")
    page = CopiesPage(
        title=_("Fout: %(title)s", title=title) if errors else title,
        head=head,
        requests=requests,
        has_second_reader=has_second,
        form=form,
        grounds=tuple((code, ground_label(code)) for code in exporting.GROUNDS),
        parts=tuple((code, part_label(code)) for code in exporting.PARTS),
        chosen=exporting.chosen_parts(form.parts.data or USUAL_PARTS),
        errors=errors,
        said=said,
    )
    return render(page)


def _back(case_id: str, did: str) -> Response:
    return redirect(url_for("cases.show_copies", case_id=case_id, did=did), 303)


def _said(did: str) -> str:
    return {
        "asked": _("Je vraag staat er. Iemand anders die meeleest, moet hem goedvinden."),
        "allowed": _("Je vond de kopie goed. Je collega kan haar zeven dagen lang een keer ophalen."),
        "refused": _("Je vond de kopie niet goed. De vraag is weg."),
        "over": _("Deze kopie is al opgehaald, niet goedgevonden of te oud. Vraag haar opnieuw als ze nodig is."),
    }.get(did, "")
