"""Opens what was written down about the steps of a case, for whoever holds the key of its conversation."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cases.envelopes import CaseRef, open_value, place_of_message
from app.cases.models import Message
from app.cases.records import records_of
from app.cases.steps import Event, Step, What, replay

KIND = "step"
_SAID: dict[str, What] = {"ask": "asked", "consent": "answered"}
"""What the messages of these directions do to a step."""
_NOTED: dict[str, What] = {"planned": "planned", "overridden": "overridden", "done": "done", "dropped": "dropped"}


def steps_of(session: Session, ref: CaseRef, key: bytes | None) -> tuple[Step, ...]:
    """Return the steps of a case; what is damaged is left out."""
    return replay((*_noted(session, ref, key), *_said(session, ref, key)))


def _noted(session: Session, ref: CaseRef, key: bytes | None) -> Iterator[Event]:
    for record in records_of(session, ref, key, {KIND}):
        value = record.value or {}
        if value.get("event") in _NOTED:
            yield _event((value["at"], 1, record.seq), _NOTED[value["event"]], record.written_on, value)


def _said(session: Session, ref: CaseRef, key: bytes | None) -> Iterator[Event]:
    rows = session.scalars(
        select(Message).where(
            Message.school_id == ref.school_id, Message.case_id == ref.case_id, Message.direction.in_(_SAID)
        )
    )
    for row in rows:
        value = open_value(key, row.blob, ref, *place_of_message(row.seq, row.direction))
        if value is not None:
            yield _event((row.seq, 0, 0), _SAID[row.direction], row.written_on, value)


def _event(place: tuple[int, int, int], what: What, day: date, value: dict[str, Any] | Any) -> Event:
    return Event(place=place, what=what, step=value.get("step", ""), day=day, value=value)
