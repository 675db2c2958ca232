"""One's own recovery code: making it, and trying whether it works."""

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts import recovery_code
from app.accounts.access import current_person, require, unlocked_key
from app.accounts.key_wording import wrong_paper
from app.accounts.own_forms import GroupForm, PaperForm, PasswordAgainForm
from app.accounts.own_keys import own_keys
from app.accounts.own_pages import RecoveryCodePage, RecoveryGroupPage, RecoverySheetPage
from app.accounts.pages import errors_of
from app.accounts.roles import Role
from app.accounts.views_passkeys import proven_again
from app.i18n.translate import gettext as _
from app.vault import paper_codes
from app.vault.errors import CodeError
from app.vault.own_recovery import is_typed_back
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(*Role)
def show_code() -> Answer:
    return _page(PasswordAgainForm(formdata=None), PaperForm(formdata=None))


@require(*Role)
def make_code() -> Answer:
    form = proven_again()
    if form.errors:
        return _page(form, PaperForm(formdata=None)), 422
    return _sheet(recovery_code.new_draft(current_person().session_id))


@require(*Role)
def show_sheet() -> Answer:
    return _sheet(GroupForm().draft.data or "")


@require(*Role)
def check_code() -> Answer:
    """Keep a new code when one group of it comes back from paper; without a group, ask for it."""
    form, person = GroupForm(), current_person()
    secret = _secret(form.draft.data or "")
    number = recovery_code.asked_group(secret)
    if not form.group.data:
        return _group(form, number)
    if not is_typed_back(secret, number, form.group.data):
        form.group.errors = [_("Dit groepje klopt niet. Kijk het na op je papier.")]
        return _group(form, number), 422
    pair = unlocked_key()
    with db.transaction() as session:
        recovery_code.keep_code(session, person.id, secret, pair)
    return redirect(url_for("accounts.account", done="code"), 303)


@require(*Role)
def try_code() -> Answer:
    form = PaperForm()
    if form.validate():
        form.paper.errors = _tried(form.paper.data or "")
    if form.errors:
        return _page(PasswordAgainForm(formdata=None), form), 422
    return redirect(url_for("accounts.account", done="tried"), 303)


def _tried(text: str) -> list[str]:
    """Try the code; return what is wrong."""
    try:
        secret = paper_codes.parse(text)
    except CodeError as error:
        return [wrong_paper(error)]
    with db.transaction() as session:
        if recovery_code.try_code(session, current_person().id, secret):
            return []
    return [_("Deze code is niet van jou, of er is al een nieuwere. Maak een nieuwe code en gooi dit papier weg.")]


def _secret(draft: str) -> bytes:
    try:
        return recovery_code.secret_in(draft, current_person().session_id)
    except recovery_code.DraftGoneError:
        abort(410, description=_("Deze code is er niet meer. Maak een nieuwe."))


def _sheet(draft: str) -> str:
    page = RecoverySheetPage(
        title=_("Je herstelcode"),
        groups=paper_codes.spell(_secret(draft)),
        draft=draft,
        name=current_person().name,
        made_on=clock.today(),
    )
    return render(page)


def _group(form: GroupForm, number: int) -> str:
    title, draft = _("Staat de code op papier?"), form.draft.data or ""
    page = RecoveryGroupPage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        form=form,
        draft=draft,
        number=number + 1,
        errors=errors_of(form),
    )
    return render(page)


def _page(form: PasswordAgainForm, trial: PaperForm) -> str:
    with db.reading() as session:
        keys = own_keys(session, current_person().id)
    title, errors = _("Herstelcode"), errors_of(form, trial)
    page = RecoveryCodePage(
        title=_("Fout: %(title)s", title=title) if errors else title, keys=keys, form=form, trial=trial, errors=errors
    )
    return render(page)
