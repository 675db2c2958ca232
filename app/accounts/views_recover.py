"""Coming in again: the recovery code with what is left, then something new for what is lost."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app import db
from app.accounts import recovery_code, sessions
from app.accounts.key_wording import wrong_paper
from app.accounts.own_forms import LostPasswordForm, LostPhoneForm
from app.accounts.own_pages import LostPasswordPage, LostPhonePage, WayBackPage
from app.accounts.pages import errors_of
from app.accounts.passkey_place import ask_here, asked_here, begin_anew, seed_here
from app.accounts.passkeys import read_assertion
from app.accounts.proving import Proof, SignInRefusedError, SignInWaitError, account_by_address
from app.accounts.queries import name_of
from app.accounts.second_factor import address_for_app, matching_step, qr_of, secret_for
from app.accounts.views_entry import counted, enter, waiting
from app.accounts.wording import weak_password
from app.i18n.translate import gettext as _
from app.vault import paper_codes
from app.vault.errors import CodeError, WeakPasswordError
from app.vault.passwords import check_password
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int]
_PURPOSE = "recover"
_UNUSED = 0


@public
def recover() -> Answer:
    return render(WayBackPage(title=_("Ik kom er niet meer in")))


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
    begin_anew()
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


def _readable(form: LostPasswordForm | LostPhoneForm) -> bytes:
    """Return the secret that *form* holds; a slip is said on the form, which names its group."""
    form.validate()
    try:
        return paper_codes.parse(form.paper.data or "")
    except CodeError as error:
        form.paper.errors = form.paper.errors or [wrong_paper(error)]
        return b""


def _check_password(form: LostPasswordForm, about: list[str]) -> None:
    try:
        check_password(form.password.data or "", about=about)
    except WeakPasswordError as error:
        form.password.errors = [weak_password(error.reason)]


def _with_new_password(form: LostPasswordForm, secret: bytes) -> str:
    """Renew the password and return the token of the session that begins.

    Raises: SignInRefusedError, WeakPasswordError when the password holds his name, BusyError.
    """
    password = form.password.data or ""
    with db.reading() as session:
        account = account_by_address(session, form.email.data or "")
        assertion = read_assertion(session, form.credential.data or "", asked_here(_PURPOSE))
    factor = assertion or form.code.data or ""
    proof = counted(lambda: recovery_code.prove_without_password(account, secret, factor))
    with db.reading() as session:
        name = name_of(session, proof.person_id)
    check_password(password, about=[name])
    key = recovery_code.new_lock(proof, password)
    with db.transaction() as session:
        recovery_code.renew_password(session, proof, key)
        return sessions.begin_session(session, Proof(proof.person_id, proof.pair, step=None))


def _with_new_phone(form: LostPhoneForm, secret: bytes, step: int) -> str:
    """Renew the second factor and return the token of the session that begins.

    Raises: SignInRefusedError, BusyError.
    """
    with db.reading() as session:
        account = account_by_address(session, form.email.data or "")
    proof = counted(lambda: recovery_code.prove_without_phone(account, secret, form.password.data or ""))
    with db.transaction() as session:
        recovery_code.renew_second_factor(session, proof, _new_secret(), step)
        return sessions.begin_session(session, proof)


def _inside(token: str) -> Response:
    enter(token)
    return redirect(url_for("accounts.account", done="recovered"), 303)


def _new_secret() -> str:
    # Beginning with a word of its own, so that no link of an invitation gives the same secret.
    return secret_for(seed_here("recover"))


def _refusal() -> str:
    return _(
        "Dit klopt niet samen. Kijk je adres en je code na, en wat je nog hebt. Een herstelcode werkt één keer, en een "
        "nieuwere maakt de oude waardeloos."
    )


def _password_page(form: LostPasswordForm, refusal: str = "") -> str:
    form.code.data = form.credential.data = ""
    title = _("Nieuw wachtwoord met je herstelcode")
    page = LostPasswordPage(
        title=_("Fout: %(title)s", title=title) if refusal or form.errors else title,
        form=form,
        passkey=ask_here(_PURPOSE),
        errors=errors_of(form) or ((("email", refusal),) if refusal else ()),
    )
    return render(page)


def _phone_page(form: LostPhoneForm, refusal: str = "") -> str:
    form.code.data = ""
    title, secret = _("Nieuwe telefoon met je herstelcode"), _new_secret()
    page = LostPhonePage(
        title=_("Fout: %(title)s", title=title) if refusal or form.errors else title,
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        qr=qr_of(address_for_app(secret, form.email.data or "")),
        errors=errors_of(form) or ((("email", refusal),) if refusal else ()),
    )
    return render(page)
