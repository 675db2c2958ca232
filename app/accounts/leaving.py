"""An adviser leaves a school of his own accord; app/cases/leaving.py looks after what he alone can read before."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.key_events import Signer, note_key
from app.accounts.models import Membership
from app.accounts.roles import Role
from app.accounts.services import MemberNotFoundError, end_own_membership


def leave(session: Session, school_id: str, who: Signer) -> None:
    """End somebody's own membership as adviser; he is signed out everywhere.

    Raises: MemberNotFoundError.
    """
    row = session.scalar(
        select(Membership).where(
            Membership.school_id == school_id,
            Membership.person_id == who.person_id,
            Membership.role == Role.ADVISER,
        )
    )
    if row is None:
        raise MemberNotFoundError
    note_key(session, "key.left", school_id, who.person_id, who)
    end_own_membership(session, row)
