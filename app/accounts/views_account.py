"""Own sessions and password."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app import db
from app.accounts import sessions
from app.accounts.access import current_person, require
from app.accounts.forms import PasswordForm
from app.accounts.own_keys import own_keys
from app.accounts.pages import AccountPage, errors_of
from app.accounts.proving import account_by_id
from app.accounts.queries import mail_address, open_sessions
from app.accounts.roles import Role
from app.accounts.rules import is_id
from app.accounts.wording import done, weak_password
from app.i18n.translate import gettext as _
from app.notifications.reaching import reach_of
from app.vault.errors import WeakPasswordError, WrongPasswordError
from app.vault.passwords import check_password
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(*Role)
def account() -> Answer:
    return _page(PasswordForm(formdata=None))


@require(*Role)
def change_password() -> Answer:
    form = PasswordForm()
    if not form.validate():
        return _page(form), 422
    try:
        _change(form.present.data or "", form.new.data or "")
    except WrongPasswordError:
        form.present.errors = [_("Dit is niet je wachtwoord van nu.")]
    except WeakPasswordError as error:
        form.new.errors = [weak_password(error.reason)]
    if form.errors:
        return _page(form), 422
    return redirect(url_for("accounts.account", done="password"), 303)


@require(*Role)
def end_session(session_id: str) -> Answer:
    if not is_id(session_id):
        abort(404)
    with db.transaction() as session:
        sessions.end_session(session, current_person().id, session_id)
    return redirect(url_for("accounts.account"), 303)


@require(*Role)
def end_other_sessions() -> Answer:
    person = current_person()
    with db.transaction() as session:
        sessions.end_other_sessions(session, person.id, person.session_id)
    return redirect(url_for("accounts.account"), 303)


def _change(present: str, new: str) -> None:
    person = current_person()
    with db.reading() as session:
        found = account_by_id(session, person.id)
        address = mail_address(session, person.id)
    if found is None or address is None:
        abort(404)
    check_password(new, about=[person.name, address.email])
    key = sessions.new_lock(found, present, new)
    with db.transaction() as session:
        sessions.change_password(session, person.id, key, person.session_id)


def _page(form: PasswordForm) -> str:
    person = current_person()
    with db.reading() as session:
        found = open_sessions(session, person.id, person.session_id)
        reach = reach_of(session, person.id)
        keys = own_keys(session, person.id)
    title = _("Mijn account")
    page = AccountPage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        name=person.name,
        keys=keys,
        notice="" if form.errors else done(request.args.get("done", "")),
        sessions=found,
        form=form,
        is_adviser=person.has(Role.ADVISER),
        reach=reach,
        is_proof_asked="proof" in request.args,
        errors=errors_of(form),
    )
    return render(page)
