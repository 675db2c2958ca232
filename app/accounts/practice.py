"""Whether who is signed in practises now: his cookie says so, and a school of his own that does not exist is there."""

from flask import g
from flask import session as cookie

from app import db
from app.accounts.access import signed_in
from app.schools.queries import training_school_of

PRACTICE = "practice"
"""The name of a field in the cookie; true while its owner practises."""


def practice_school_id() -> str:
    """Return the id of the school in which who is signed in practises now; empty when he does not."""
    if "practice_school_id" not in g:
        g.practice_school_id = _look_up()
    found: str = g.practice_school_id
    return found


def _look_up() -> str:
    person = signed_in() if cookie.get(PRACTICE) else None
    if person is None:
        return ""
    with db.reading() as session:
        return training_school_of(session, person.id) or ""
