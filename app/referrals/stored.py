"""The social map as it stands in the database with what was checked; read again only when either changed."""

import json
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.referrals.checks import Check, all_checks, combined
from app.referrals.documents import Document
from app.referrals.entries import Entry
from app.referrals.hsds import entry_of, is_active
from app.referrals.models import Service

NONE: Mapping[str, Entry] = MappingProxyType({})
_reading = Lock()


def edition(session: Session) -> str:
    """Return the name of the present state of the social map: equal only when nothing changed; empty without one."""
    return session.scalar(select(Service.edition).limit(1)) or ""


def entries(session: Session) -> Mapping[str, Entry]:
    """Return the services that still help, by id and in order: the same object as long as nothing changes them.

    What the network checked is in `verified`, `checked_on` and `checked_by`.
    """
    present = edition(session)
    if not present:
        return NONE
    with _reading:
        known = _known(present)
        if not known:
            checks = _by_service(all_checks(session))
            told = (combined(entry, checks.get(entry.id, ())) for entry in imported(session))
            known.append(MappingProxyType({entry.id: entry for entry in told}))
    return known[0]


def imported(session: Session) -> tuple[Entry, ...]:
    """Return the services that still help as the last import left them, without what was checked since."""
    return tuple(entry_of(document) for document in documents(session).values() if is_active(document))


def _by_service(checks: tuple[Check, ...]) -> Mapping[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in checks:
        found.setdefault(check.service_id, []).append(check)
    return found


@lru_cache(maxsize=2)
def _known(_edition: str) -> list[Mapping[str, Entry]]:
    """Return the place where the services of an edition are remembered, once somebody has read them."""
    return []


def documents(session: Session) -> dict[str, Document]:
    """Return every service as it was imported, also those that closed, by id and in order."""
    rows = session.execute(select(Service.id, Service.document).order_by(Service.position))
    return {row.id: json.loads(row.document) for row in rows}
