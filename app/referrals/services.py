"""Brings the table of services in line with a file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.referrals.models import Service
from app.referrals.sheet import Entry


@dataclass(frozen=True)
class ImportResult:
    """How many services an import touched."""

    added: int
    changed: int
    withdrawn: int
    unchanged: int


def import_entries(session: Session, entries: Sequence[Entry]) -> ImportResult:
    """Make the social map exactly *entries*, in that order; a service that is not among them is withdrawn."""
    present = {service.id: service for service in session.scalars(select(Service))}
    gone = present.keys() - {entry.id for entry in entries}
    for service_id in gone:
        session.delete(present[service_id])
    changed = sum(
        _update(present[entry.id], _values(entry, position))
        for position, entry in enumerate(entries)
        if entry.id in present
    )
    new = [Service(**_values(entry, at)) for at, entry in enumerate(entries) if entry.id not in present]
    session.add_all(new)
    session.flush()
    return ImportResult(len(new), changed, len(gone), len(entries) - len(new) - changed)


def _values(entry: Entry, position: int) -> dict[str, object]:
    return asdict(entry) | {"position": position}


def _update(service: Service, values: dict[str, object]) -> bool:
    """Set what differs; return whether anything did."""
    different = {name: value for name, value in values.items() if getattr(service, name) != value}
    for name, value in different.items():
        setattr(service, name, value)
    return bool(different)
