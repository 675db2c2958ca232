"""Brings the table of services in line with a file."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
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
    """Which services an import touches, by id and in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    """Also those that only moved."""
    withdrawn: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def is_change(self) -> bool:
        """Return whether anything differs afterwards."""
        return bool(self.added or self.changed or self.withdrawn)


def import_entries(
    session: Session, entries: Sequence[Entry], *, keep_others: bool = False, is_trial: bool = False
) -> ImportResult:
    """Make the social map exactly *entries*, in that order; a service that is not among them is withdrawn.

    What an entry does not know of a service stays as it was. *keep_others* withdraws nothing and adds at the end;
    *is_trial* only says what would change.
    """
    known = documents(session)
    told = [document_of(entry, known.get(entry.id)) for entry in entries]
    return import_documents(session, told, keep_others=keep_others, is_trial=is_trial)


def import_documents(
    session: Session, told: Sequence[Document], *, keep_others: bool = False, is_trial: bool = False
) -> ImportResult:
    """Make the social map exactly the services *told*, as `import_entries` does; each replaces what was known of it."""
    present = {service.id: service for service in session.scalars(select(Service).order_by(Service.position))}
    wanted = {id_of(document): json.dumps(document, ensure_ascii=False) for document in told}
    order = list(dict.fromkeys([*present, *wanted])) if keep_others else list(wanted)
    result = _compared(present, wanted, order)
    if result.is_change and not is_trial:
        for one in result.withdrawn:
            session.delete(present[one])
        touched = wanted.keys() & {*result.added, *result.changed}
        services = [present.get(one) or Service(id=one) for one in order]
        _write(session, services, {one: wanted[one] for one in touched})
    return result


def _compared(present: Mapping[str, Service], wanted: Mapping[str, str], order: Sequence[str]) -> ImportResult:
    known = [(place, one) for place, one in enumerate(order) if one in present]
    same = {one for place, one in known if present[one].position == place and _says(present[one], wanted.get(one))}
    return ImportResult(
        added=tuple(one for one in order if one not in present),
        changed=tuple(one for _, one in known if one not in same),
        withdrawn=tuple(one for one in present if one not in {*order}),
        unchanged=tuple(one for one in order if one in same),
    )


def _says(service: Service, document: str | None) -> bool:
    """Return whether *service* says all of *document* already, in whatever order its properties stand."""
    return document in {None, service.document} or json.loads(document or "") == json.loads(service.document)


def _write(session: Session, services: Sequence[Service], told: Mapping[str, str]) -> None:
    """Give *services* their places, their documents where one is *told*, and a new edition."""
    edition = secrets.token_hex(EDITION_BYTES)
    for place, service in enumerate(services):
        service.position, service.edition = place, edition
        service.document = told.get(service.id) or service.document
    session.add_all(services)
    session.flush()
