"""Inviting people, taking them on, letting them go, and opening a school."""

import re
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.addresses import address_mac, open_address, seal_address
from app.accounts.following import tell_left
from app.accounts.models import NAME_LENGTH, Invitation, Membership, Passkey, Person, StaffSession
from app.accounts.newcomers import begin_as_adviser
from app.accounts.queries import InvitationInfo, readers_of, school_readiness
from app.accounts.roles import Kind, Role
from app.accounts.rules import INVITATION_LIFE, Gap, moment
from app.audit.services import note
from app.notifications.reaching import forget
from app.schools import services as schools
from app.vault.tabs import new_token, token_id

_PURPOSE = "invitation"
_LETTERS = r"[^@\s\x00-\x1f\x7f.,;:<>()\[\]\"\\?]+"
_ADDRESS = re.compile(rf"{_LETTERS}(?:\.{_LETTERS})*@(?:{_LETTERS}\.)+{_LETTERS}")
"""Nothing that means something in the header of a mail, where it could be several addresses, or none."""
_ADDRESS_LENGTH = 254


class InvitationRefusedError(ValueError):
    """Base of the reasons why somebody cannot be invited."""


class AddressError(InvitationRefusedError):
    """Raised when an e-mail address has not the form name@domain."""


class RoleError(InvitationRefusedError):
    """Raised when a role, its school and its kind do not go together."""


class AlreadyMemberError(InvitationRefusedError):
    """Raised when the invited person has this role there already."""


class RolesClashError(InvitationRefusedError):
    """Raised when somebody would both manage a school and read its reports."""


class InvitationGoneError(LookupError):
    """Raised when a link was used, withdrawn, replaced by a newer one or is too old; ask for a new one."""


class MemberNotFoundError(LookupError):
    """Raised when there is no such membership or invitation at that school."""


class SelfRemovalError(ValueError):
    """Raised when somebody would remove himself; another manager or the operator does that."""


class SchoolNotReadyError(ValueError):
    """Raised when a school may not open yet; `missing` names what it lacks."""

    def __init__(self, missing: tuple[Gap, ...]) -> None:
        super().__init__(f"the school cannot open yet; it lacks: {', '.join(missing)}")
        self.missing = missing


@dataclass(frozen=True, kw_only=True)
class NewInvitation:
    """Who is invited, as what, where (None: the city), and by whom (None: the operator)."""

    name: str
    email: str
    role: Role
    kind: str = ""
    school_id: str | None = None
    by: str | None = None


def invite(session: Session, invitation: NewInvitation) -> str:
    """Invite somebody and return the token of the one-time link, which is stored nowhere; an older link ends.

    Raises: InvitationRefusedError.
    """
    _check(session, invitation)
    mac = address_mac(invitation.email)
    _end_older_link(session, invitation, mac)
    token, row_id = new_token(), secrets.token_hex(16)
    session.add(
        Invitation(
            id=row_id,
            token_id=token_id(token, _PURPOSE),
            school_id=invitation.school_id,
            role=invitation.role,
            kind=invitation.kind,
            name=invitation.name.strip(),
            address_mac=mac,
            address_sealed=seal_address(invitation.email, row_id),
            expires_at=clock.now() + INVITATION_LIFE,
        )
    )
    session.flush()
    note(session, school_id=invitation.school_id, person_id=invitation.by, what="person.invited", subject=row_id)
    return token


def _end_older_link(session: Session, invitation: NewInvitation, mac: bytes) -> None:
    session.execute(
        delete(Invitation).where(
            Invitation.address_mac == mac,
            Invitation.school_id == invitation.school_id,
            Invitation.role == invitation.role,
        )
    )


def _check(session: Session, invitation: NewInvitation) -> None:
    if not _ADDRESS.fullmatch(invitation.email.strip()) or len(invitation.email) > _ADDRESS_LENGTH:
        raise AddressError("an e-mail address has the form name@domain.tld")
    if not 0 < len(invitation.name.strip()) <= NAME_LENGTH:
        raise InvitationRefusedError(f"a name has 1 to {NAME_LENGTH} characters")
    if invitation.role.is_of_a_school is (invitation.school_id is None):
        raise RoleError(
            f"the role {invitation.role} goes {'with' if invitation.school_id is None else 'without'} a school"
        )
    if (invitation.kind in list(Kind)) is not (invitation.role is Role.ADVISER) or (
        invitation.kind and invitation.role is not Role.ADVISER
    ):
        raise RoleError("an adviser is internal or external; the other roles have no kind")
    _check_roles(session, address_mac(invitation.email), invitation.school_id, invitation.role)


def _check_roles(session: Session, mac: bytes, school_id: str | None, role: Role) -> None:
    held = session.scalars(
        select(Membership.role)
        .join(Person, Membership.person_id == Person.id)
        .where(Person.address_mac == mac, Membership.school_id == school_id)
    ).all()
    if role in held:
        raise AlreadyMemberError("this person has that role there already")
    if {Role.MANAGER, Role.ADVISER} <= {role, *held}:
        raise RolesClashError("who manages a school cannot read its reports: invite somebody else")


def open_invitation(session: Session, token: str) -> InvitationInfo:
    """Return what the link with *token* offers.

    Raises: InvitationGoneError.
    """
    row = _invitation(session, token)
    known = session.scalar(select(Person.id).where(Person.address_mac == row.address_mac))
    return InvitationInfo(
        name=row.name,
        email=open_address(row.address_sealed, row.id),
        role=Role(row.role),
        kind=row.kind,
        school_id=row.school_id,
        is_known=known is not None,
    )


def _invitation(session: Session, token: str) -> Invitation:
    row = session.scalar(select(Invitation).where(Invitation.token_id == token_id(token, _PURPOSE)))
    if row is None or moment(row.expires_at) <= clock.now():
        raise InvitationGoneError(
            "this invitation was used or withdrawn, or is older than seven days; ask for a new one"
        )
    return row


def take_invitation(session: Session, token: str) -> Invitation:
    """Remove the invitation with *token* and return what it was; the second to ask gets nothing.

    Raises: InvitationGoneError.
    """
    row = _invitation(session, token)
    taken = session.execute(delete(Invitation).where(Invitation.id == row.id))
    if not taken.rowcount:  # type: ignore[attr-defined]  # a result of DML has it
        raise InvitationGoneError("this invitation was used a moment ago")
    return row


def add_membership(session: Session, person_id: str, invitation: Invitation) -> None:
    """Make that person what the invitation said.

    Raises: AlreadyMemberError, RolesClashError when that came to be since the invitation.
    """
    _check_roles(session, invitation.address_mac, invitation.school_id, Role(invitation.role))
    row = Membership(
        id=secrets.token_hex(16),
        person_id=person_id,
        school_id=invitation.school_id,
        role=invitation.role,
        kind=invitation.kind,
    )
    session.add(row)
    session.flush()
    note(session, school_id=invitation.school_id, person_id=person_id, what="person.joined", subject=person_id)
    if invitation.role == Role.ADVISER:
        begin_as_adviser(session, row)


def withdraw_invitation(session: Session, invitation_id: str, school_id: str | None, *, by: str | None) -> None:
    """End an open invitation of that school.

    Raises: MemberNotFoundError.
    """
    row = session.get(Invitation, invitation_id)
    if row is None or row.school_id != school_id:
        raise MemberNotFoundError
    session.delete(row)
    note(session, school_id=school_id, person_id=by, what="person.uninvited", subject=invitation_id)


def end_membership(session: Session, membership_id: str, school_id: str | None, *, by: str | None) -> None:
    """Let somebody go from that school and sign him out; with his last role he is disabled.

    Raises: MemberNotFoundError, SelfRemovalError.
    """
    row = session.get(Membership, membership_id)
    if row is None or row.school_id != school_id:
        raise MemberNotFoundError
    if row.person_id == by:
        raise SelfRemovalError
    _end(session, row, by)


def end_own_membership(session: Session, row: Membership) -> None:
    """Let somebody go who wishes it himself."""
    _end(session, row, row.person_id)


def _end(session: Session, row: Membership, by: str | None) -> None:
    school_id = row.school_id
    session.execute(delete(StaffSession).where(StaffSession.person_id == row.person_id))
    session.delete(row)
    session.flush()
    note(session, school_id=school_id, person_id=by, what="person.removed", subject=row.person_id)
    if row.role == Role.ADVISER:
        tell_left(session, school_id or "", row.person_id)
    if session.scalar(select(Membership.id).where(Membership.person_id == row.person_id).limit(1)) is None:
        disable_person(session, row.person_id, by=by)
    _close_if_nobody_reads(session, school_id)


def disable_person(session: Session, person_id: str, *, by: str | None) -> None:
    """Sign that person out for good and forget all of him but id and name; he comes back by a new invitation.

    Raises: MemberNotFoundError.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise MemberNotFoundError
    person.is_disabled = True
    forget(session, person_id)
    person.address_mac = person.address_sealed = person.totp_sealed = None
    person.key_salt = person.key_public = person.key_locked = person.key_verifier = person.sign_public = None
    person.recovery_locked = person.recovery_made_on = person.recovery_checked_on = None
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))
    session.execute(delete(StaffSession).where(StaffSession.person_id == person_id))
    mine = session.scalars(select(Membership.school_id).where(Membership.person_id == person_id)).all()
    left = [school_id for school_id in mine if school_id is not None]
    session.execute(delete(Membership).where(Membership.person_id == person_id))
    session.flush()
    note(session, school_id=None, person_id=by, what="person.disabled", subject=person_id)
    for school_id in left:
        tell_left(session, school_id, person_id)
        _close_if_nobody_reads(session, school_id)


def _close_if_nobody_reads(session: Session, school_id: str | None) -> None:
    # A school that falls below two advisers stays open: silence would cost a child more. Without any it cannot.
    if school_id is not None and not readers_of(session, school_id):
        schools.set_open(session, school_id, is_open=False)


def open_school(session: Session, school_id: str) -> None:
    """Let students write to that school.

    Raises: SchoolNotReadyError.
    """
    missing = school_readiness(session, school_id).missing
    if missing:
        raise SchoolNotReadyError(missing)
    schools.set_open(session, school_id, is_open=True)


def close_school(session: Session, school_id: str) -> None:
    """Take no new reports for that school; who has a code still reads and writes."""
    schools.set_open(session, school_id, is_open=False)
