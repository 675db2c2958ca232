"""Accepting an invitation: one page, one form."""

from typing import NoReturn

from flask import abort, redirect
from werkzeug.wrappers import Response

from app import db
from app.accounts import joining, sessions
from app.accounts.access import SIGN_IN
from app.accounts.forms import WelcomeForm
from app.accounts.pages import WelcomePage, errors_of
from app.accounts.passkey_place import begin_anew, seed_here
from app.accounts.proving import Proof, SignInRefusedError, account_by_address, prove
from app.accounts.queries import InvitationInfo
from app.accounts.second_factor import address_for_app, qr_of, secret_for
from app.accounts.services import InvitationGoneError, InvitationRefusedError, open_invitation
from app.accounts.views_entry import counted, enter
from app.accounts.wording import role_label, weak_password
from app.i18n.translate import gettext as _
from app.schools.queries import school_by_id
from app.vault.errors import WeakPasswordError
from app.web.access import public
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@public
def welcome(token: str) -> Answer:
    offer, school = _offer(token)
    begin_anew()
    return _page(token, offer, school, WelcomeForm(formdata=None))


@public
def accept(token: str) -> Answer:
    offer, school = _offer(token)
    form = WelcomeForm()
    if not form.validate():
        return _page(token, offer, school, form), 422
    try:
        session_token = _joined(token, offer, form)
    except WeakPasswordError as error:
        form.password.errors = [weak_password(error.reason)]
    except joining.WrongCodeError:
        form.code.errors = [_("Deze cijfers kloppen niet. Neem de zes cijfers die nu in je app staan.")]
    except SignInRefusedError:
        form.password.errors = [_("Dit wachtwoord en deze cijfers horen niet bij je account.")]
    except (InvitationRefusedError, InvitationGoneError):
        _gone()
    else:
        enter(session_token)
        return redirect(SIGN_IN, 303)
    return _page(token, offer, school, form), 422


def _offer(token: str) -> tuple[InvitationInfo, str]:
    with db.reading() as session:
        try:
            offer = open_invitation(session, token)
        except InvitationGoneError:
            _gone()
        found = school_by_id(session, offer.school_id) if offer.school_id else None
    return offer, found.name if found else ""


def _joined(token: str, offer: InvitationInfo, form: WelcomeForm) -> str:
    """Take the invitation and return the token of the session that begins."""
    password, code = form.password.data or "", form.code.data or ""
    if offer.is_known:
        with db.reading() as session:
            account = account_by_address(session, offer.email)
        proof = counted(lambda: prove(account, password, code))
        with db.transaction() as session:
            joining.accept_as_known(session, token, proof)
            return sessions.begin_session(session, proof)
    newcomer = joining.prepare(offer, seed_here(token), password, code)
    with db.transaction() as session:
        person_id = joining.accept_invitation(session, token, newcomer)
        return sessions.begin_session(session, Proof(person_id, newcomer.pair, step=None))


def _gone() -> NoReturn:
    abort(
        410,
        description=_(
            "Deze uitnodiging is al gebruikt, ingetrokken of ouder dan zeven dagen. Vraag om een nieuwe bij wie je "
            "uitnodigde. Heb je al een account, log dan in."
        ),
    )


def _page(token: str, offer: InvitationInfo, school: str, form: WelcomeForm) -> str:
    form.code.data = ""
    title = _("Welkom, %(name)s", name=offer.name)
    secret = "" if offer.is_known else secret_for(seed_here(token))
    page = WelcomePage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        offer=offer,
        role=role_label(offer.role, offer.kind),
        school=school,
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        qr=qr_of(address_for_app(secret, offer.email)) if secret else "",
        errors=errors_of(form),
    )
    return render(page)
