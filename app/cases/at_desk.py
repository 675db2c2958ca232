"""The door between a request of the staff and the desk: who is there, and a database for the length of a block."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import current_person, unlocked_key
from app.accounts.practice import practice_school_id
from app.accounts.roles import Role
from app.cases.desk import CaseNotFoundError, Desk
from app.cases.training import let_students_answer

Answer = str | Response | tuple[str, int]


@contextmanager
def at_desk(
    scope: Callable[[], AbstractContextManager[Session]] = db.transaction,
) -> Iterator[tuple[Session, Desk]]:
    """Open the database at the desk of who is signed in; a case that is not his looks like one that does not exist.

    Who practises finds the invented cases there and no other, everybody else never one of those.
    """
    desk = _desk()
    try:
        with scope() as session:
            yield session, desk
    except CaseNotFoundError:
        raise NotFound from None


def _desk() -> Desk:
    person, practised = current_person(), practice_school_id()
    if not practised:
        return Desk(person.id, person.name, tuple(person.school_ids_as(Role.ADVISER)), unlocked_key())
    desk = Desk(person.id, person.name, (practised,), unlocked_key())
    if request.method == "GET":
        with db.transaction() as session:
            let_students_answer(session, desk)
    return desk
