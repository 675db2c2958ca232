"""A form of ours is sent from our own page; anything else is refused before it is read."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"", "same-origin", "none"})
"""Values of Sec-Fetch-Site that our own pages produce; absent in old browsers, then Origin decides."""


def init_app(app: Flask) -> None:
    """Refuse what other sites send to *app*."""
    app.before_request(refuse_other_sites)


def refuse_other_sites() -> None:
    """Answer 403 to a changing request that another site sent (ASVS 5.0, 3.5.1 and 3.5.3)."""
    if request.method not in SAFE_METHODS and not _is_own():
        abort(403)


def _is_own() -> bool:
    site = request.headers.get("Sec-Fetch-Site", "")
    if site not in OWN_SITES:
        return False
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and site == "same-origin"):
        return True
    return urlsplit(origin).netloc == request.host
