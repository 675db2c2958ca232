"""Signing in and out."""

from flask import redirect
from flask import session as cookie
from werkzeug.wrappers import Response

from app import db
from app.accounts import sessions
from app.accounts.access import SIGN_IN, TOKEN, signed_in
from app.accounts.forms import SignInForm
from app.accounts.navigation import home_of
from app.accounts.pages import SignInPage
from app.accounts.sessions import SignInRefusedError
from app.i18n.translate import gettext as _
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@public
def entry() -> Answer:
    person = signed_in()
    if person is not None:
        return redirect(home_of(person), 303)
    return render(SignInPage(title=_("Inloggen"), form=SignInForm(formdata=None)))


@public
def sign_in() -> Answer:
    form = SignInForm()
    if not form.validate():
        return _refused(form)
    with db.reading() as session:
        account = sessions.account_by_address(session, form.email.data or "")
    try:
        # The slow hash comes between two transactions: inside one it would hold SQLite's only write lock.
        proof = sessions.prove(account, form.password.data or "", form.code.data or "")
        with db.transaction() as session:
            token = sessions.begin_session(session, proof)
    except SignInRefusedError:
        return _refused(form)
    enter(token)
    return redirect(SIGN_IN, 303)


@public
def sign_out() -> Answer:
    token = cookie.get(TOKEN, "")
    if isinstance(token, str) and token:
        with db.transaction() as session:
            sessions.sign_out(session, token)
    cookie.clear()
    answer = redirect(SIGN_IN, 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def enter(token: str) -> None:
    """Put a new session's token in the cookie; all that was there before goes, the CSRF token too."""
    cookie.clear()
    cookie[TOKEN] = token


def _refused(form: SignInForm) -> Answer:
    form.code.data = ""
    refusal = _(
        "Dit klopt niet samen. Kijk je adres en je wachtwoord na, en neem de zes cijfers die nu in je app staan: "
        "elke code werkt één keer."
    )
    page = SignInPage(title=_("Fout: %(title)s", title=_("Inloggen")), form=form, refusal=refusal)
    return render(page), 422
