"""Coming in again without password or phone: the recovery code with what is left, then something new for what is lost."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app import db
from app.accounts import recovery_code, sessions
from app.accounts.key_wording import wrong_paper
from app.accounts.own_forms import LostPasswordForm, LostPhoneForm
from app.accounts.own_pages import LostPasswordPage, LostPhonePage, RecoverPage
from app.accounts.pages import errors_of
from app.accounts.passkey_place import ask_here, asked_here, this_browser
from app.accounts.passkeys import read_assertion
from app.accounts.proving import Proof, SignInRefusedError, SignInWaitError, account_by_address
from app.accounts.queries import mail_address, name_of
from app.accounts.second_factor import address_for_app, matching_step, qr_of, secret_for
from app.accounts.views_entry import counted, enter, waiting
from app.accounts.wording import weak_password
from app.i18n.translate import gettext as _
from app.vault import paper_codes
from app.vault.errors import CodeError, WeakPasswordError
from app.vault.passwords import check_password
from app.vault.staff_keys import LockedKey
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int]
_PURPOSE = "recover"
_UNUSED = 0


@public
def recover() -> Answer:
    return render(RecoverPage(title=_("Ik kom er niet meer in")))


@public
def lost_password() -> Answer:
    return _password_page(LostPasswordForm(formdata=None))


@public
def renew_password() -> Answer:
    form = LostPasswordForm()
    secret = _readable(form)
    if not form.errors:
        _check_password(form, about=[form.email.data or ""])
    if form.errors:
        return _password_page(form), 422
    try:
        token = _with_new_password(form, secret)
    except WeakPasswordError as error:
        form.password.errors = [weak_password(error.reason)]
        return _password_page(form), 422
    except SignInWaitError as wait:
        return _password_page(form, waiting(wait)), 429
    except SignInRefusedError:
        return _password_page(form, _refusal()), 422
    return _inside(token)


@public
def lost_phone() -> Answer:
    return _phone_page(LostPhoneForm(formdata=None))


@public
def renew_phone() -> Answer:
    form = LostPhoneForm()
    secret = _readable(form)
    step = matching_step(_new_secret(), form.code.data or "", _UNUSED)
    if not form.errors and step is None:
        form.code.errors = [_("Deze cijfers kloppen niet. Neem de zes cijfers die nu in je app staan.")]
    if form.errors or step is None:
        return _phone_page(form), 422
    try:
        token = _with_new_phone(form, secret, step)
    except SignInWaitError as wait:
        return _phone_page(form, waiting(wait)), 429
    except SignInRefusedError:
        return _phone_page(form, _refusal()), 422
    return _inside(token)
