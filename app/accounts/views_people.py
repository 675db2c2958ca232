"""Who is at the school: inviting people and letting them go."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import abort, current_app, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts import services
from app.accounts.access import current_person, require
from app.accounts.forms import InviteForm
from app.accounts.own_school import own_school
from app.accounts.pages import MemberRow, PeoplePage, errors_of
from app.accounts.queries import Member, members_of, readers_of, school_readiness
from app.accounts.roles import Role
from app.accounts.rules import is_id
from app.accounts.wording import gap_label, invited_role_choices, refused_invitation, role_label
from app.i18n.translate import gettext as _
from app.settings import Settings
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Fresh:
    """An invitation of this moment; its link is shown on this one page."""

    name: str = ""
    link: str = ""


@require(Role.MANAGER)
def people() -> Answer:
    return _page(_form(is_posted=False), Fresh())


@require(Role.MANAGER)
def invite() -> Answer:
    form = _form(is_posted=True)
    if not form.validate():
        return _page(form, Fresh()), 422
    try:
        with db.transaction() as session:
            token = services.invite(session, _invitation(session, form))
    except services.AddressError as error:
        form.email.errors = [refused_invitation(error)]
        return _page(form, Fresh()), 422
    except services.InvitationRefusedError as error:
        form.name.errors = [refused_invitation(error)]
        return _page(form, Fresh()), 422
    settings: Settings = current_app.config["SETTINGS"]
    # Not a redirect: the link stands nowhere but on this one answer.
    link = f"{settings.base_url}{url_for('accounts.welcome', token=token)}"
    return _page(_form(is_posted=False), Fresh(form.name.data or "", link))


@require(Role.MANAGER)
def withdraw(invitation_id: str) -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.MANAGER)
        try:
            services.withdraw_invitation(session, _id(invitation_id), school.id, by=current_person().id)
        except services.MemberNotFoundError:
            abort(404)
    return redirect(url_for("accounts.people", school=school.slug), 303)


@require(Role.MANAGER)
def remove(membership_id: str) -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.MANAGER)
        try:
            services.end_membership(session, _id(membership_id), school.id, by=current_person().id)
        except services.MemberNotFoundError:
            abort(404)
        except services.SelfRemovalError:
            abort(409, description=_("Jezelf weghalen kan niet. Laat een andere beheerder dat doen."))
    return redirect(url_for("accounts.people", school=school.slug), 303)


def _id(text: str) -> str:
    if not is_id(text):
        abort(404)
    return text


def _form(*, is_posted: bool) -> InviteForm:
    form = InviteForm() if is_posted else InviteForm(formdata=None)
    form.role.choices = invited_role_choices()
    return form


def _invitation(session: Session, form: InviteForm) -> services.NewInvitation:
    role, _dash, kind = (form.role.data or "").partition("-")
    return services.NewInvitation(
        name=form.name.data or "",
        email=form.email.data or "",
        role=Role(role),
        kind=kind,
        school_id=own_school(session, Role.MANAGER).id,
        by=current_person().id,
    )


def _page(form: InviteForm, fresh: Fresh) -> str:
    person = current_person()
    with db.reading() as session:
        school = own_school(session, Role.MANAGER)
        members = members_of(session, school.id)
        missing = school_readiness(session, school.id).missing
        reading = {reader.person_id for reader in readers_of(session, school.id)}
    title = _("Mensen van %(school)s", school=school.name)
    page = PeoplePage(
        title=_("Fout: %(title)s", title=title) if form.errors else title,
        school=school,
        members=tuple(_row(member, person.id, reading) for member in members),
        missing=tuple(gap_label(gap) for gap in missing),
        form=form,
        link=fresh.link,
        invited=fresh.name,
        errors=errors_of(form),
    )
    return render(page)


def _row(member: Member, own_id: str, reading: Collection[str]) -> MemberRow:
    state = "active" if member.is_active else "expired" if member.is_expired else "invited"
    is_self = member.is_active and member.person_id == own_id
    is_deputy = member.is_deputy if member.role is Role.ADVISER and member.is_active else None
    waits = member.role is Role.ADVISER and member.is_active and member.person_id not in reading
    return MemberRow(member.id, member.name, role_label(member.role, member.kind), state, is_self, is_deputy, waits)
