"""How long to wait: before mail that is not urgent, and between attempts."""

from datetime import timedelta

LEASE = timedelta(minutes=2)
"""How long a worker may hold a job; longer than a mail server's slowest honest answer."""
ATTEMPTS = 120
"""Attempts before a job is put aside: about five days, so that a mail server may be down over a long weekend."""
SHORTEST_DELAY = timedelta(minutes=15)
LONGEST_DELAY = timedelta(minutes=90)
PROOF_PAUSE = timedelta(minutes=1)
"""How long somebody waits for the mail that he asked for himself, and gets no other one."""

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)


def pause_after(attempts: int) -> timedelta:
    """Return the pause after that many failed attempts: it doubles from a minute up to an hour."""
    doublings: int = min(max(attempts - 1, 0), 10)
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)


def delay(fraction: float) -> timedelta:
    """Return the delay of mail that is not urgent, *fraction* (0 to 1) of the way from 15 to 90 minutes."""
    return SHORTEST_DELAY + (LONGEST_DELAY - SHORTEST_DELAY) * fraction
