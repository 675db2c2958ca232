"""The door between a request of the staff and the desk: who is there, and a database for the length of a block."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import current_person, unlocked_key
from app.accounts.roles import Role
from app.cases.desk import CaseNotFoundError, Desk

Answer = str | Response | tuple[str, int]


@contextmanager
def at_desk(
    scope: Callable[[], AbstractContextManager[Session]] = db.transaction,
) -> Iterator[tuple[Session, Desk]]:
    """Open the database at the desk of who is signed in; a case that is not his looks like one that does not exist."""
    person = current_person()
    desk = Desk(person.id, person.name, tuple(person.school_ids_as(Role.ADVISER)), unlocked_key())
    try:
        with scope() as session:
            yield session, desk
    except CaseNotFoundError:
        raise NotFound from None
