"""One's own passkeys."""

import json

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from app import db
from app.accounts import passkeys
from app.accounts.access import current_person, require
from app.accounts.own_forms import NewPasskeyForm, PasswordAgainForm
from app.accounts.own_keys import own_keys
from app.accounts.own_pages import NewPasskeyPage, PasskeysPage
from app.accounts.own_password import is_own_password
from app.accounts.pages import errors_of
from app.accounts.passkey_place import asked_here
from app.accounts.queries import mail_address
from app.accounts.roles import Role
from app.accounts.rules import is_id
from app.i18n.translate import gettext as _
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(*Role)
def show_passkeys() -> Answer:
    return _page(PasswordAgainForm(formdata=None))


@require(*Role)
def ask_passkey() -> Answer:
    form = proven_again()
    if form.errors:
        return _page(form), 422
    person, asked = current_person(), asked_here(_purpose())
    with db.reading() as session:
        address = mail_address(session, person.id)
        if asked is None or address is None or _is_full(len(passkeys.passkeys_of(session, person.id))):
            abort(404)
        options = passkeys.options_for(session, person.id, address.email, asked)
    page = NewPasskeyPage(
        title=_("Passkey maken"), form=NewPasskeyForm(formdata=None), options=json.dumps(options, separators=(",", ":"))
    )
    return render(page)


@require(*Role)
def add_passkey() -> Answer:
    form, asked = NewPasskeyForm(), asked_here(_purpose())
    if asked is None or not form.validate():
        return _not_made(), 422
    try:
        with db.transaction() as session:
            name, text = (form.name.data or "").strip(), form.credential.data or ""
            passkeys.add_passkey(session, current_person().id, name, text, asked)
    except passkeys.PasskeyRefusedError:
        return _not_made(), 422
    return redirect(url_for("accounts.account", done="passkey"), 303)


@require(*Role)
def remove_passkey(passkey_id: str) -> Answer:
    if not is_id(passkey_id):
        abort(404)
    form = proven_again()
    if form.errors:
        return _page(form), 422
    with db.transaction() as session:
        passkeys.remove_passkey(session, current_person().id, passkey_id)
    return redirect(url_for("accounts.show_passkeys"), 303)


def proven_again() -> PasswordAgainForm:
    """Return the form with the password once more; it has errors when that is not the right one.

    Raises: BusyError.
    """
    form = PasswordAgainForm()
    if form.validate() and not is_own_password(form.password.data or ""):
        form.password.errors = [_("Dit is niet je wachtwoord van nu.")]
    return form


def _purpose() -> str:
    return f"add {current_person().id}"


def _is_full(count: int) -> bool:
    return count >= passkeys.MOST


def _not_made() -> str:
    form = PasswordAgainForm(formdata=None)
    form.password.errors = [_("De passkey is niet gemaakt. Begin opnieuw: na vijf minuten is het te laat.")]
    return _page(form)


def _page(form: PasswordAgainForm) -> str:
    with db.reading() as session:
        keys = own_keys(session, current_person().id)
    title = _("Passkeys")
    page = PasskeysPage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        keys=keys,
        form=form,
        has_host_name=asked_here(_purpose()) is not None,
        is_full=_is_full(len(keys.passkeys)),
        errors=errors_of(form),
    )
    return render(page)
