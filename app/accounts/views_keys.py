"""Colleagues and keys: who holds one, confirming a newcomer, letting a colleague in again."""

from flask import abort, current_app, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts import confirming, rescue, school_recovery
from app.accounts.access import current_person, require, unlocked_key
from app.accounts.confirming import KeyHolder, NotConfirmedError, key_holders
from app.accounts.fingerprints import own_fingerprint, words_of
from app.accounts.key_events import Signer, events_of
from app.accounts.key_forms import SecondForm
from app.accounts.key_pages import EventRow, HolderRow, KeysPage, WayBack
from app.accounts.key_risks import Risk, risks_at
from app.accounts.key_wording import event_label, risk_label
from app.accounts.mailing import mail_way_back
from app.accounts.own_school import own_school, own_schools
from app.accounts.queries import mail_address, name_of
from app.accounts.roles import Role
from app.accounts.rules import is_id
from app.accounts.services import MemberNotFoundError
from app.accounts.wording import role_label
from app.i18n.translate import gettext as _
from app.schools.queries import SchoolInfo
from app.settings import Settings
from app.web.pages import render

Answer = str | Response | tuple[str, int]


@require(Role.ADVISER)
def keys() -> Answer:
    return _page()


@require(Role.ADVISER)
def confirm_colleague(membership_id: str) -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.ADVISER)
        try:
            confirming.confirm(session, school.id, known_id(membership_id), signer())
        except (MemberNotFoundError, NotConfirmedError):
            abort(404)
    return redirect(keys_of(school), 303)


@require(Role.ADVISER)
def refuse_colleague(membership_id: str) -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.ADVISER)
        try:
            confirming.refuse(session, school.id, known_id(membership_id), signer())
        except (MemberNotFoundError, NotConfirmedError):
            abort(404)
    return redirect(keys_of(school), 303)


@require(Role.ADVISER)
def let_in_again(person_id: str) -> Answer:
    with db.transaction() as session:
        school = own_school(session, Role.ADVISER)
        try:
            token = rescue.offer_rescue(session, school.id, known_id(person_id), signer())
        except (MemberNotFoundError, NotConfirmedError):
            abort(404)
        name, address = name_of(session, person_id), mail_address(session, person_id)
    settings: Settings = current_app.config["SETTINGS"]
    link = f"{settings.base_url}{url_for('accounts.rescue_colleague', token=token)}"
    if not settings.smtp_host:
        return _page(WayBack(name, is_mailed=False, link=link))
    # To his own address, so that who makes the link cannot come in by it himself.
    is_mailed = address is not None and mail_way_back(address, link)
    return _page(WayBack(name, is_mailed))


def signer() -> Signer:
    """Return who is signed in, with the key that he signs with."""
    return Signer(current_person().id, unlocked_key())


def known_id(text: str) -> str:
    """Return *text* when it can be an id; else nothing is found (404)."""
    if not is_id(text):
        abort(404)
    return text


def keys_of(school: SchoolInfo) -> str:
    """Return the address of the keys of *school*."""
    return url_for("accounts.keys", school=school.slug)


def _page(way_back: WayBack | None = None) -> str:
    with db.reading() as session:
        return render(_keys_page(session, own_school(session, Role.ADVISER), way_back))


def _keys_page(session: Session, school: SchoolInfo, way_back: WayBack | None) -> KeysPage:
    who = signer()
    rows = tuple(_row(session, holder, who) for holder in key_holders(session, school.id))
    risks = risks_at(session, school.id, who)
    form = SecondForm(formdata=None)
    form.second.choices = [(row.person_id, row.name) for row in rows if row.is_confirmed and not row.is_self]
    return KeysPage(
        title=_("Collega's en sleutels"),
        school=school,
        schools=own_schools(session, Role.ADVISER),
        is_confirmed={Risk.WAITS_SELF, Risk.OWN_KEY_CHANGED}.isdisjoint(risks),
        waiting=tuple(row for row in rows if not row.is_confirmed),
        holders=tuple(row for row in rows if row.is_confirmed),
        risks=tuple(risk_label(risk) for risk in risks if risk is not Risk.SOMEBODY_WAITS),
        recovery=school_recovery.recovery_of(session, school.id),
        begun=school_recovery.begun_at(session, school.id),
        own_id=who.person_id,
        events=tuple(
            EventRow(event_label(event), " ".join(words_of(event.fingerprint)), event)
            for event in events_of(session, school.id)
        ),
        second_form=form,
        way_back=way_back,
    )


def _row(session: Session, holder: KeyHolder, who: Signer) -> HolderRow:
    is_self = holder.person_id == who.person_id
    # Of his own key he reads out what he holds: a key that was put in its place has other words.
    fingerprint = own_fingerprint(who.pair) if is_self else holder.fingerprint
    return HolderRow(
        membership_id=holder.membership_id,
        person_id=holder.person_id,
        name=holder.name,
        role=role_label(Role.ADVISER, holder.kind),
        words=" ".join(words_of(fingerprint)),
        since=holder.since,
        confirmed_by=name_of(session, holder.confirmed_by),
        is_deputy=holder.is_deputy,
        is_self=is_self,
        is_confirmed=holder.is_confirmed,
    )
