"""Where each role begins, and the places in the bar of the staff's pages."""

from collections.abc import Sequence

from flask import Flask, request

from app.accounts.access import SignedIn, signed_in
from app.accounts.practice import practice_school_id
from app.accounts.roles import PREVIEWERS, Role
from app.accounts.telling import failures_to_tell
from app.i18n.translate import gettext as _

_HOMES = (
    (Role.ADVISER, "/staff/cases"),
    (Role.MANAGER, "/staff/school"),
    (Role.COORDINATOR, "/staff/register"),
    (Role.NETWORK, "/staff/schools"),
    (Role.ANALYST, "/city/"),
    (Role.TRANSLATOR, "/staff/talk"),
)


def init_app(app: Flask) -> None:
    """Give the staff's base page its places."""
    app.extensions["staff_nav"] = places
    app.jinja_env.globals["is_practising"] = lambda: bool(practice_school_id())
    app.jinja_env.globals["can_practise"] = can_practise
    app.jinja_env.globals["failures_to_tell"] = failures_to_tell


def can_practise() -> bool:
    """Return whether who is signed in, if anybody, may practise with invented cases."""
    person = signed_in()
    return person is not None and person.has(Role.ADVISER)


def home_of(person: SignedIn) -> str:
    """Return where *person* begins after signing in."""
    return next((address for role, address in _HOMES if person.has(role)), "/staff/account")


def places() -> Sequence[tuple[str, str, bool]]:
    """Return (address, label, whether it is this page) for who is signed in; nothing for others."""
    person = signed_in()
    if person is None:
        return ()
    found = [
        (_("Meldingen"), "/staff/cases", (Role.ADVISER,)),
        (_("Sleutels"), "/staff/keys", (Role.ADVISER,)),
        (_("Verslag"), "/staff/audit", (Role.ADVISER,)),
        (_("Register"), "/staff/register", (Role.COORDINATOR, Role.MANAGER)),
        (_("School"), "/staff/school", (Role.MANAGER, Role.COORDINATOR)),
        (_("Poster"), "/staff/poster", (Role.MANAGER, Role.COORDINATOR)),
        (_("Mensen"), "/staff/people", (Role.MANAGER,)),
        (_("Scholen"), "/staff/schools", (Role.NETWORK,)),
        (_("Register"), "/staff/register/schools", (Role.NETWORK,)),
        (_("Sociale kaart"), "/staff/social-map", (Role.NETWORK,)),
        (_("Gesprek"), "/staff/talk", PREVIEWERS),
        (_("Cijfers"), "/city/", (Role.ANALYST,)),
        (_("Mijn account"), "/staff/account", tuple(Role)),
    ]
    return [
        (address, label, f"{request.path}/".startswith(f"{address.rstrip('/')}/"))
        for label, address, roles in found
        if person.has(*roles)
    ]
