"""Decisions about people that need no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=15)
LONGEST_SESSION = timedelta(hours=8)
"""Both from OWASP ASVS 5.0, 7.3, as chosen for advisers."""
INVITATION_LIFE = timedelta(days=7)
IDLE_STEP = timedelta(minutes=1)
"""The end of an idle session is moved at most once a minute, so that reading a page seldom writes."""
_READERS = 2
_ID = re.compile(r"[0-9a-f]{32}")


class Gap(StrEnum):
    """What a school still lacks before a student may write to it."""

    SECOND_ADVISER = "second_adviser"
    EXTERNAL_ADVISER = "external_adviser"


@dataclass(frozen=True)
class Readiness:
    """What is still missing before a school may open; nothing means ready."""

    missing: tuple[Gap, ...]


def readiness(kinds: Sequence[str]) -> Readiness:
    """Return what is missing, given the kind of each adviser with a working key.

    Two, so that nobody's lost password closes the way back to a child; one external, so that no report has to go to a
    colleague of whom it is about.
    """
    missing = []
    if len(kinds) < _READERS:
        missing.append(Gap.SECOND_ADVISER)
    if "external" not in kinds:
        missing.append(Gap.EXTERNAL_ADVISER)
    return Readiness(tuple(missing))


def moment(stored: datetime) -> datetime:
    """Return *stored* with its zone: SQLite hands moments (all UTC) back without one."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def is_id(text: str) -> bool:
    """Return whether *text* has the form of an id: what comes from an address may be anything."""
    return _ID.fullmatch(text) is not None
