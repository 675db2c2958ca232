"""One signed session cookie per side, so that a student's cookie and an adviser's never mix.

The student's is Lax (a QR scan counts as coming from another site), the staff's Strict. Both end with the browser.
"""

from flask import Flask, has_request_context, request
from flask.sessions import SecureCookieSessionInterface
from typing_extensions import override

STAFF_PATHS = ("/staff", "/city")


def is_staff_side() -> bool:
    """Return whether the present request belongs to the staff's side."""
    return has_request_context() and request.path.startswith(STAFF_PATHS)


class SideSessions(SecureCookieSessionInterface):
    """Flask's signed cookie session under one of two names; `__Host-` wherever the cookie is Secure."""

    @override
    def get_cookie_name(self, app: Flask) -> str:
        name = "d" if is_staff_side() else "s"
        return f"__Host-{name}" if app.config["SESSION_COOKIE_SECURE"] else name

    @override
    def get_cookie_samesite(self, app: Flask) -> str:
        return "Strict" if is_staff_side() else "Lax"
