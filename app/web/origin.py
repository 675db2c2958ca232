"""A form of ours is sent from our own page; anything else is refused before it is read."""

from urllib.parse import SplitResult, urlsplit

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
    return own_page(origin) is not None


def own_page(address: str) -> SplitResult | None:
    """Return the parts of *address*, which a header named, when it lies on the host that was asked, else None."""
    try:
        parts = urlsplit(address)
    except ValueError:  # Such as "http://[".
        return None
    # Not request.host: that raises for a host that is not ours, and an error page must come out even then.
    return parts if parts.netloc and parts.netloc == request.headers.get("Host") else None
