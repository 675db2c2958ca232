"""What happened to the keys of a school's advisers: notes in the chain of the school, signed by who did it."""

import base64
import binascii
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from app import clock
from app.accounts.fingerprints import fingerprint_of
from app.accounts.models import Person
from app.accounts.queries import name_of
from app.audit.queries import Note, notes_of_chain
from app.audit.services import note
from app.vault.keys import KeyPair
from app.vault.sealing import Context
from app.vault.signing import is_signed, sign

REMOVED = "person.removed"
BY_OPERATOR = "key.by_operator"
"""The operator let somebody read without a colleague's word."""
RENEWED = "key.renewed"


@dataclass(frozen=True)
class Signer:
    """Who acts on keys: his id and his open key."""

    person_id: str
    pair: KeyPair = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class KeyEvent:
    """Which deed of which day, about whose key (its fingerprint) at which school."""

    what: str
    school_id: str
    person_id: str
    fingerprint: str
    day: date

    @property
    def statement(self) -> bytes:
        """Return what is signed."""
        parts = (self.what, self.school_id, self.person_id, self.fingerprint, self.day.isoformat())
        return Context("key event", *parts)


@dataclass(frozen=True, kw_only=True)
class ShownEvent:
    """An event as a page shows it; *by* is empty for the operator and the program."""

    what: str
    day: date
    name: str
    by: str
    fingerprint: str
    is_signed: bool
    """True when the signature fits the key that *by* has today."""


def note_key(session: Session, what: str, school_id: str, person_id: str, by: Signer | None) -> None:
    """Note *what* happened ("key.confirmed") to somebody's key, with its fingerprint and the signature of *by*."""
    person = session.get_one(Person, person_id)
    fingerprint = fingerprint_of(person.key_public, person.sign_public)
    event = KeyEvent(what=what, school_id=school_id, person_id=person_id, fingerprint=fingerprint, day=clock.today())
    signature = base64.b64encode(sign(by.pair, event.statement)).decode() if by else ""
    note(
        session,
        school_id=school_id,
        person_id=by.person_id if by else None,
        what=what,
        subject=person_id,
        detail=f"{fingerprint} {signature}".strip(),
    )


def events_of(session: Session, school_id: str) -> tuple[ShownEvent, ...]:
    """Return what happened to the keys of that school's advisers, newest first."""
    notes = notes_of_chain(session, school_id, "")
    return tuple(
        _shown(session, school_id, one) for one in reversed(notes) if one.what.startswith("key.") or one.what == REMOVED
    )


def last_day_of(session: Session, school_id: str, what: str) -> date | None:
    """Return the day on which *what* ("key.renewed") last happened at that school."""
    notes = notes_of_chain(session, school_id, "")
    return next((one.day for one in reversed(notes) if one.what == what), None)


def _shown(session: Session, school_id: str, one: Note) -> ShownEvent:
    fingerprint, _space, signature = one.detail.partition(" ")
    event = KeyEvent(what=one.what, school_id=school_id, person_id=one.subject, fingerprint=fingerprint, day=one.day)
    return ShownEvent(
        what=one.what,
        day=one.day,
        name=name_of(session, one.subject),
        by=name_of(session, one.person_id or ""),
        fingerprint=fingerprint,
        is_signed=_holds(session, one.person_id, signature, event),
    )


def _holds(session: Session, person_id: str | None, signature: str, event: KeyEvent) -> bool:
    signer = session.get(Person, person_id) if person_id and signature else None
    if signer is None or signer.sign_public is None:
        return False
    try:
        return is_signed(base64.b64decode(signature, validate=True), signer.sign_public, event.statement)
    except binascii.Error:
        return False
