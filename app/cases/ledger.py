"""The ledger of a case: which fact went to whom, when and on what ground; entries are only added, for its readers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app import clock
from app.audit.queries import notes_of
from app.cases.desk import Desk, Held, hold, notes_key_of
from app.cases.noting import note_deed
from app.cases.reading import readers_in
from app.cases.records import Record, add_record, records_of

KIND = "ledger"
TOLD_BY_STUDENT, GENERAL = "student", "general"
"""Grounds beside those of a step: the student told it himself, or nobody could be recognised in it."""


class FutureDayError(Exception):
    """The day on which something was told has not come yet."""


class UnknownEntryError(Exception):
    """There is no such entry in this case, or it is struck already."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One fact that went to somebody; of a damaged entry only its number is known."""

    seq: int = 0
    fact: str = ""
    """Id of a question of the report, whose answer it is; empty for own words."""
    words: str = ""
    role: str = ""
    to: str = ""
    day: date
    ground: str = ""
    """Of a step ("consent", "duty:ID", "general") or "student"."""
    step: str = ""
    author: str = ""
    struck_because: str = ""
    """Why a second entry struck it; empty while it stands."""
    is_damaged: bool = False

    @property
    def is_struck(self) -> bool:
        """Tell whether it was wrong."""
        return bool(self.struck_because)


@dataclass(frozen=True)
class KnownBy:
    """Somebody who reads the case, and since when; `since` is None for who never opened it."""

    name: str
    kind_label: str
    since: date | None


def ledger_of(session: Session, desk: Desk, held: Held) -> tuple[Entry, ...]:
    """Return the entries of a case, oldest first, struck ones with the reason."""
    records = records_of(session, held.ref, notes_key_of(held, desk), {KIND})
    struck = {each.value["strikes"]: each.value["reason"] for each in records if each.value and "strikes" in each.value}
    entries = (_entry(each) for each in records if each.value is None or "strikes" not in each.value)
    return tuple(replace(entry, struck_because=struck.get(entry.seq, "")) for entry in entries)


def _entry(record: Record) -> Entry:
    if record.value is None:
        return Entry(seq=record.seq, day=record.written_on, is_damaged=True)
    said = {name: record.value.get(name, "") for name in ("fact", "words", "role", "to", "ground", "step", "author")}
    return Entry(seq=record.seq, day=date.fromisoformat(record.value["day"]), **said)


def write_entry(session: Session, desk: Desk, case_id: str, entry: Entry) -> None:
    """Add what was told to whom.

    Raises: CaseNotFoundError, CaseDamagedError, FutureDayError.
    """
    if entry.day > clock.today():
        raise FutureDayError
    held = hold(session, desk, case_id, lock=True)
    said = {name: getattr(entry, name) for name in ("fact", "words", "role", "to", "ground", "step")}
    written = {**said, "day": entry.day.isoformat(), "author": desk.name}
    add_record(session, held.ref, notes_key_of(held, desk), KIND, written)
    note_deed(session, desk, held, "case.told_on")


def strike_entry(session: Session, desk: Desk, case_id: str, seq: int, reason: str) -> None:
    """Strike an entry that was wrong, by a second one that says why; both stay.

    Raises: CaseNotFoundError, CaseDamagedError, UnknownEntryError.
    """
    held = hold(session, desk, case_id, lock=True)
    if not any(entry.seq == seq and not entry.is_struck for entry in ledger_of(session, desk, held)):
        raise UnknownEntryError
    written = {"strikes": seq, "reason": reason, "author": desk.name}
    add_record(session, held.ref, notes_key_of(held, desk), KIND, written)
    note_deed(session, desk, held, "case.told_on_struck")


def who_knew(entries: Iterable[Entry], fact: str, words: str) -> tuple[Entry, ...]:
    """Return the entries that stand and say *fact*, or have *words* in their words, by day."""
    sought = words.strip().casefold()
    found = (
        entry
        for entry in entries
        if not entry.is_struck
        and ((fact and entry.fact == fact) or (sought and sought in f"{entry.words} {entry.to}".casefold()))
    )
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.seq)))


def known_by_reading(session: Session, held: Held) -> tuple[KnownBy, ...]:
    """Return who reads the case anyway, and since which day."""
    first: Mapping[str | None, date] = {
        note.person_id: note.day
        for note in reversed(notes_of(session, held.ref.school_id, held.ref.case_id))
        if note.what == "case.opened"
    }
    readers = (reader for reader in readers_in(session, held.ref) if not reader.is_waiting)
    return tuple(KnownBy(reader.name, reader.kind_label, first.get(reader.person_id)) for reader in readers)
