"""What somebody is told once, on the first page after he signed in."""

from flask import session as cookie

_FAILURES = "failures"


def tell_later(failures: int) -> None:
    """Remember in the cookie of this browser how often somebody failed with the owner's password."""
    if failures:
        cookie[_FAILURES] = failures


def failures_to_tell() -> int:
    """Return how often, and forget it: for the one place of the base page that says it."""
    found = cookie.pop(_FAILURES, 0) if _FAILURES in cookie else 0
    return found if isinstance(found, int) else 0
