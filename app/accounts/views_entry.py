"""Signing in and out."""

from collections.abc import Callable

from flask import redirect
from flask import session as cookie
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts import sessions
from app.accounts.access import SIGN_IN, TOKEN, signed_in
from app.accounts.attempts import WAIT, count_failure, take_failures
from app.accounts.forms import SignInForm
from app.accounts.navigation import home_of
from app.accounts.pages import SignInPage
from app.accounts.passkey_place import ask_here, asked_here
from app.accounts.passkeys import read_assertion
from app.accounts.proving import (
    Proof,
    SecondFactorError,
    SignInRefusedError,
    SignInWaitError,
    account_by_address,
    prove,
)
from app.accounts.telling import tell_later
from app.i18n.translate import gettext as _
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int]
_PURPOSE = "sign in"


@public
def entry() -> Answer:
    person = signed_in()
    if person is not None:
        return redirect(home_of(person), 303)
    # A token that opens nothing any more: said once, so that nobody wonders where his page went.
    has_ended = cookie.pop(TOKEN, None) is not None
    return _page(SignInForm(formdata=None), has_ended=has_ended)


@public
def sign_in() -> Answer:
    form = SignInForm()
    if not form.validate() or not (form.code.data or form.credential.data):
        return _refused(form)
    try:
        token, failures = _signed_in(form)
    except SignInWaitError as wait:
        return _page(form, refusal=waiting(wait)), 429
    except SignInRefusedError:
        return _refused(form)
    enter(token)
    tell_later(failures)
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


def counted(prove_who: Callable[[], Proof]) -> Proof:
    """Return what *prove_who* returns, and count it for the account when only the second factor was wrong.

    Raises: SignInRefusedError, BusyError.
    """
    try:
        return prove_who()
    except SecondFactorError as error:
        with db.transaction() as session:
            count_failure(session, error.person_id)
        raise


def waiting(wait: SignInWaitError) -> str:
    """Return since when and until when an account waits."""
    since = wait.since.astimezone(clock.SCHOOL_ZONE)
    return _(
        "Sinds %(since)s wacht dit account even: er ging te vaak iets mis na een goed wachtwoord. Probeer het na "
        "%(until)s opnieuw. Er is niets weg.",
        since=f"{since:%H:%M}",
        until=f"{since + WAIT:%H:%M}",
    )


def _signed_in(form: SignInForm) -> tuple[str, int]:
    """Return the token of the session that begins, and how many failures its owner should hear of."""
    with db.reading() as session:
        account = account_by_address(session, form.email.data or "")
        assertion = read_assertion(session, form.credential.data or "", asked_here(_PURPOSE))
    # The slow hash comes between two transactions: inside one it would hold SQLite's only write lock.
    proof = counted(lambda: prove(account, form.password.data or "", assertion or form.code.data or ""))
    with db.transaction() as session:
        token = sessions.begin_session(session, proof)
        return token, take_failures(session, proof.person_id)


def _refused(form: SignInForm) -> Answer:
    refusal = _(
        "Dit klopt niet samen. Kijk je adres en je wachtwoord na, en neem de zes cijfers die nu in je app staan: "
        "elke code werkt één keer. Met een passkey: probeer het nog eens."
    )
    return _page(form, refusal=refusal), 422


def _page(form: SignInForm, *, refusal: str = "", has_ended: bool = False) -> str:
    form.code.data = form.credential.data = ""
    title = _("Inloggen")
    page = SignInPage(
        title=_("Fout: %(title)s", title=title) if refusal else title,
        form=form,
        refusal=refusal,
        has_ended=has_ended,
        passkey=ask_here(_PURPOSE),
    )
    return render(page)
