"""Coming in again by the link of a colleague: one page, one form."""

from typing import NoReturn

from flask import abort, redirect
from werkzeug.wrappers import Response

from app import db
from app.accounts import rescue, sessions
from app.accounts.forms import WelcomeForm
from app.accounts.joining import WrongCodeError
from app.accounts.key_pages import RescuePage
from app.accounts.pages import errors_of
from app.accounts.passkey_place import begin_anew, seed_here
from app.accounts.proving import Proof
from app.accounts.second_factor import address_for_app, qr_of, secret_for
from app.accounts.services import InvitationGoneError
from app.accounts.views_entry import enter
from app.accounts.wording import weak_password
from app.i18n.translate import gettext as _
from app.vault.errors import WeakPasswordError
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@public
def rescue_colleague(token: str) -> Answer:
    begin_anew()
    return _page(token, WelcomeForm(formdata=None))


@public
def accept_rescue(token: str) -> Answer:
    form = WelcomeForm()
    if not form.validate():
        return _page(token, form), 422
    try:
        session_token = _renewed(token, form)
    except WeakPasswordError as error:
        form.password.errors = [weak_password(error.reason)]
    except WrongCodeError:
        form.code.errors = [_("Deze cijfers kloppen niet. Neem de zes cijfers die nu in je app staan.")]
    except InvitationGoneError:
        _gone()
    else:
        enter(session_token)
        return redirect("/staff/keys", 303)
    return _page(token, form), 422


def _renewed(token: str, form: WelcomeForm) -> str:
    """Renew the account and return the token of the session that begins."""
    with db.reading() as session:
        offer = rescue.open_rescue(session, token)
    renewed = rescue.prepare(offer, seed_here(token), form.password.data or "", form.code.data or "")
    with db.transaction() as session:
        person_id = rescue.accept_rescue(session, token, renewed)
        return sessions.begin_session(session, Proof(person_id, renewed.pair, step=None))


def _gone() -> NoReturn:
    abort(410, description=_("Deze link is al gebruikt of ouder dan zeven dagen. Vraag je collega om een nieuwe."))


def _page(token: str, form: WelcomeForm) -> str:
    form.code.data = ""
    with db.reading() as session:
        try:
            offer = rescue.open_rescue(session, token)
        except InvitationGoneError:
            _gone()
    title, secret = _("Welkom terug, %(name)s", name=offer.name), secret_for(seed_here(token))
    page = RescuePage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        form=form,
        email=offer.email,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        qr=qr_of(address_for_app(secret, offer.email)),
        errors=errors_of(form),
    )
    return render(page)
