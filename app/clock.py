"""The one clock: every module asks here for the time, so that a test can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SCHOOL_ZONE = ZoneInfo("Europe/Amsterdam")
"""Schools live in Dutch civil time; stored moments are UTC."""

_frozen: list[datetime] = []
_here: ContextVar[datetime | None] = ContextVar("here", default=None)


def now() -> datetime:
    """Return the present moment in UTC."""
    held = _here.get()
    if held is not None:
        return held
    return _frozen[-1] if _frozen else datetime.now(UTC)  # noqa: TID251 -- the one clock


def school_time() -> datetime:
    """Return the present moment in Dutch civil time."""
    return now().astimezone(SCHOOL_ZONE)


def today() -> date:
    """Return the present school day (Dutch civil date)."""
    return school_time().date()


def floored(moment: datetime, step: timedelta) -> datetime:
    """Round *moment* down to a whole multiple of *step*, so that a stored time tells less."""
    seconds = int(step.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at *moment* (aware) inside the block; for tests and the demo's history."""
    _frozen.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()


@contextmanager
def here_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at *moment* (aware) inside the block for this thread alone; for invented cases of the past."""
    token = _here.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _here.reset(token)
