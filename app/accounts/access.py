"""Who is there and what he may open, read from the database on every request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, g, redirect
from flask import session as cookie
from werkzeug.wrappers import Response

from app import db
from app.accounts import sessions
from app.accounts.roles import Role
from app.accounts.sessions import MembershipInfo
from app.vault.keys import KeyPair
from app.web.access import STATEMENT

TOKEN = "token"  # noqa: S105 -- the name of a field in the cookie
SIGN_IN = "/staff/"
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class NotSignedInError(RuntimeError):
    """Raised when a view asks who is there without stating who may open it; add `@require(...)`."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, with his roles of this moment."""

    id: str
    name: str
    session_id: str
    memberships: tuple[MembershipInfo, ...]

    def has(self, *roles: Role) -> bool:
        """Return whether he has at least one of *roles* somewhere."""
        return any(membership.role in roles for membership in self.memberships)

    def school_ids_as(self, role: Role) -> tuple[str, ...]:
        """Return the schools where he has *role*."""
        return tuple(one.school_id for one in self.memberships if one.role is role and one.school_id is not None)


def require(*roles: Role) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer | Response]]:
    """State that people with one of *roles* may open a view.

    Others are sent to the sign-in page; who has another role finds nothing there (404), so that addresses tell nothing.
    """

    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
            person = signed_in()
            if person is None:
                return redirect(SIGN_IN, 303)
            if not person.has(*roles):
                abort(404)
            return view(*args, **kwargs)

        setattr(guarded, STATEMENT, frozenset(roles))
        return guarded

    return decorate


def current_person() -> SignedIn:
    """Return who is signed in.

    Raises: NotSignedInError.
    """
    person = signed_in()
    if person is None:
        raise NotSignedInError("nobody is signed in: the view lacks @require(...)")
    return person


def signed_in() -> SignedIn | None:
    """Return who is signed in, if anybody; asked of the database once a request."""
    if "signed_in" not in g:
        g.signed_in = _look_up()
    found: SignedIn | None = g.signed_in
    return found


def unlocked_key() -> KeyPair:
    """Return the key pair of who is signed in.

    Raises: NotSignedInError.
    """
    with db.reading() as session:
        pair = sessions.key_in_session(session, _token())
    if pair is None:
        raise NotSignedInError("nobody is signed in: the view lacks @require(...)")
    return pair


def _look_up() -> SignedIn | None:
    token = _token()
    if not token:
        return None
    with db.reading() as session:
        found = sessions.present(session, token)
    if found is None:
        return None
    if found.is_to_be_moved:
        with db.transaction() as session:
            sessions.move_idle_end(session, found.session_id)
    return SignedIn(found.person_id, found.name, found.session_id, found.memberships)


def _token() -> str:
    token = cookie.get(TOKEN, "")
    return token if isinstance(token, str) else ""
