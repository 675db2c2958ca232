"""Adding to the record."""

import secrets

from sqlalchemy.orm import Session

from app import clock
from app.audit.chaining import Content, digest_of
from app.audit.pending import wait
from app.audit.queries import heads

ANCHORED = "audit.anchored"


def note(  # noqa: PLR0913 -- each is a column of the record, by name only
    session: Session,
    *,
    school_id: str | None,
    person_id: str | None,
    what: str,
    subject: str = "",
    chain: str = "",
    detail: str = "",
) -> None:
    """Note that a person did *what* (a code such as "case.opened") to *subject* (an id) today.

    *person_id* is None for the operator's commands, *school_id* is None for what belongs to no school. *chain* is the
    id of the case that it is about, so that a chain shows nothing of another case; *detail* holds codes and ids only.
    It is written when the transaction ends; queries of the same session find it before.
    """
    wait(
        session,
        Content(
            id=secrets.token_hex(16),
            school_id=school_id,
            person_id=person_id,
            what=what,
            subject=subject,
            day=clock.today(),
            chain=chain,
            place=0,
            detail=detail,
        ),
    )


def anchor(session: Session) -> None:
    """Note one digest over the heads of all chains, in the chain of the installation."""
    found = heads(session)
    note(session, school_id=None, person_id=None, what=ANCHORED, detail=f"{digest_of(found)} {len(found)}")
