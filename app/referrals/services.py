"""Brings the table of services in line with a file."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.referrals.documents import Document
from app.referrals.entries import Entry
from app.referrals.hsds import id_of
from app.referrals.hsds_writing import document_of
from app.referrals.models import Service
from app.referrals.stored import documents

EDITION_BYTES = 8


@dataclass(frozen=True)
class ImportResult:
    """How many services an import touched."""

    added: int
    changed: int
    withdrawn: int
    unchanged: int


def import_entries(session: Session, entries: Sequence[Entry], *, keep_others: bool = False) -> ImportResult:
    """Make the social map exactly *entries*, in that order; a service that is not among them is withdrawn.

    What an entry does not know of a service stays as it was. *keep_others* withdraws nothing and adds at the end.
    """
    known = documents(session)
    told = [document_of(entry, known.get(entry.id)) for entry in entries]
    return import_documents(session, told, keep_others=keep_others)


def import_documents(session: Session, told: Sequence[Document], *, keep_others: bool = False) -> ImportResult:
    """Make the social map exactly the services *told*, as `import_entries` does; each replaces what was known of it."""
    present = {service.id: service for service in session.scalars(select(Service).order_by(Service.position))}
    wanted = {id_of(document): json.dumps(document, ensure_ascii=False) for document in told}
    order = list(dict.fromkeys([*present, *wanted])) if keep_others else list(wanted)
    gone = set() if keep_others else present.keys() - wanted.keys()
    for service_id in gone:
        session.delete(present[service_id])
    places = {service_id: place for place, service_id in enumerate(order)}
    changed = sum(_update(present[one], wanted.get(one), places[one]) for one in order if one in present)
    new = [one for one in order if one not in present]
    session.add_all(Service(id=one, position=places[one], edition="", document=wanted[one]) for one in new)
    session.flush()
    if changed or new or gone:
        session.execute(update(Service).values(edition=secrets.token_hex(EDITION_BYTES)))
    return ImportResult(len(new), changed, len(gone), len(order) - len(new) - changed)


def _update(service: Service, document: str | None, position: int) -> bool:
    """Set what differs; return whether anything did."""
    is_same = document is None or _same(document, service.document)
    if is_same and service.position == position:
        return False
    service.position = position
    service.document = service.document if is_same or document is None else document
    return True


def _same(one: str, other: str) -> bool:
    """Return whether two documents say the same, in whatever order their properties stand."""
    first: Mapping[str, object] = json.loads(one)
    return one == other or first == json.loads(other)
