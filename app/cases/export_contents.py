"""What stands in a copy of a case, in the language of who fetches it; own words stay as they were typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.cases.desk import Desk, Held, notes_key_of
from app.cases.export_wording import ledger_lines, step_lines, who_wrote
from app.cases.notes import shared_notes
from app.cases.reading import Seen, read_messages, read_report
from app.cases.records import records_of
from app.cases.step_reading import steps_of

_NOT_ASKED = Seen(-1, -1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that somebody said or did; a damaged one has no text."""

    kind: str
    day: date | None
    who: str
    text: str
    is_own_words: bool = False
    """True for the student's own words."""


Read = Callable[[Session, Desk, Held], tuple[Entry, ...]]


def contents_of(session: Session, desk: Desk, held: Held, parts: tuple[str, ...]) -> Mapping[str, tuple[Entry, ...]]:
    """Return each of *parts* of a case that the caller took from *desk*."""
    return {part: _READ[part](session, desk, held) for part in parts}


def _report(session: Session, _desk: Desk, held: Held) -> tuple[Entry, ...]:
    report = read_report(session, held.case, held.dialog_key)
    day = held.case.reported_on
    return tuple(
        Entry(kind="report", day=day, who=line.question, text=", ".join(line.answers), is_own_words=line.is_own_words)
        for line in report.lines
        if not line.is_skipped
    )


def _conversation(session: Session, _desk: Desk, held: Held) -> tuple[Entry, ...]:
    messages = read_messages(session, held.ref, held.dialog_key, _NOT_ASKED)
    return tuple(
        Entry(
            kind=message.kind,
            day=message.written_on,
            who=who_wrote(message.author, from_student=message.from_student),
            text=message.text,
            is_own_words=message.from_student,
        )
        for message in messages
    )


def _steps(session: Session, _desk: Desk, held: Held) -> tuple[Entry, ...]:
    steps = steps_of(session, held.ref, held.dialog_key)
    return tuple(
        Entry(kind="step", day=step.done_on or step.planned_on, who=step.author, text=step_lines(step))
        for step in steps
    )


def _ledger(session: Session, desk: Desk, held: Held) -> tuple[Entry, ...]:
    records = records_of(session, held.ref, notes_key_of(held, desk), {"ledger"})
    return tuple(
        Entry(
            kind="ledger",
            day=record.written_on,
            who=str((record.value or {}).get("author", "")),
            text=ledger_lines(record.value or {}),
        )
        for record in records
    )


def _notes(session: Session, desk: Desk, held: Held) -> tuple[Entry, ...]:
    notes = shared_notes(session, desk, held)
    return tuple(Entry(kind="note", day=note.written_on, who=note.author, text=note.text) for note in notes)


_READ: Mapping[str, Read] = {
    "report": _report,
    "conversation": _conversation,
    "steps": _steps,
    "ledger": _ledger,
    "notes": _notes,
}
