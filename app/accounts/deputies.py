"""Who stands in for the advisers of a school when they do not answer in time, or are away."""

from sqlalchemy.orm import Session

from app.accounts.models import Membership
from app.accounts.roles import Role
from app.accounts.services import MemberNotFoundError
from app.audit.services import note


def set_deputy(session: Session, member: tuple[str, str], *, is_deputy: bool, by: str) -> None:
    """Let an adviser, by *member* (ids of the membership and of its school), be a deputy or a regular one.

    It counts for reports from now on; those that are there stay with whom they are.
    Raises: MemberNotFoundError.
    """
    membership_id, school_id = member
    row = session.get(Membership, membership_id)
    if row is None or row.school_id != school_id or row.role != Role.ADVISER:
        raise MemberNotFoundError
    if row.is_deputy is not is_deputy:
        row.is_deputy = is_deputy
        what = "person.deputy" if is_deputy else "person.regular"
        note(session, school_id=school_id, person_id=by, what=what, subject=row.person_id)
