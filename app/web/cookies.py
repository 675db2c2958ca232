"""One signed session cookie per side, so that a student's cookie and an adviser's never mix.

The student's is Lax (a QR scan counts as coming from another site), the staff's Strict. Both end with the browser.
What signs them, and the tokens in forms, changes each week by itself.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache

from flask import Flask, has_request_context, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from typing_extensions import override

from app import clock

STAFF_PATHS = ("/staff", "/city")
ONE_WEEK = timedelta(weeks=1)
HOSTS_DIFFER = timedelta(hours=1)
"""What a host ahead of us signed just before the week changes is read too."""


class WeeklyKeys:
    """The keys of last week, of a host whose clock is ahead, and of this week: each is read, the last one signs.

    It stands where Flask and Flask-WTF expect one secret; their signer walks through it anew for every request.
    """

    def __init__(self, derive: Callable[[str], bytes]) -> None:
        """Let *derive* make the key of each purpose; the purpose names the ISO week (UTC)."""
        self._of_week = lru_cache(maxsize=4)(lambda year, week: derive(f"session cookie {year}-W{week:02}"))

    def __iter__(self) -> Iterator[bytes]:
        now = clock.now()
        for moment in (now - ONE_WEEK, now + HOSTS_DIFFER, now):
            yield self._of_week(*moment.isocalendar()[:2])


def is_staff_side() -> bool:
    """Return whether the present request belongs to the staff's side."""
    return has_request_context() and request.path.startswith(STAFF_PATHS)


class SideSessions(SecureCookieSessionInterface):
    """Flask's signed cookie session under one of two names; `__Host-` wherever the cookie is Secure."""

    @override
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        # Flask's own takes only one text or bytes for its key; the signer itself takes several.
        signer = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        return URLSafeTimedSerializer(
            app.config["SECRET_KEY"], salt=self.salt, serializer=self.serializer, signer_kwargs=signer
        )

    @override
    def get_cookie_name(self, app: Flask) -> str:
        name = "d" if is_staff_side() else "s"
        return f"__Host-{name}" if app.config["SESSION_COOKIE_SECURE"] else name

    @override
    def get_cookie_samesite(self, app: Flask) -> str:
        return "Strict" if is_staff_side() else "Lax"
