"""Recomputes chains: whether each note still says what it said, none is missing, and the last one is the last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.audit.chaining import START, Content, Head, hash_of
from app.audit.models import AuditNote
from app.audit.queries import head_of, heads

_FIELDS = tuple(Content.__dataclass_fields__)
_BATCH = 1_000


@dataclass(frozen=True)
class Break:
    """The first place of a chain that does not hold; `fault` is "changed", "missing" or "end"."""

    school_id: str
    chain: str
    place: int
    fault: str


def first_break(session: Session, school_id: str | None, chain: str) -> Break | None:
    """Return where one chain is broken first; None when it is whole."""
    rows = session.scalars(_tied(AuditNote.school_id == school_id, AuditNote.chain == chain))
    return _break_in(school_id or "", chain, rows, head_of(session, school_id, chain))


def all_breaks(session: Session) -> Iterator[Break]:
    """Give the first break of each chain that is not whole."""
    ends = {(head.school_id, head.chain): head for head in heads(session)}
    rows = session.scalars(_tied().execution_options(yield_per=_BATCH))
    for (school, chain), notes in groupby(rows, key=lambda row: (row.school_id or "", row.chain)):
        found = _break_in(school, chain, notes, ends.pop((school, chain), None))
        if found:
            yield found
    for head in ends.values():
        if head.place:
            yield Break(head.school_id, head.chain, 1, "missing")


def departures(session: Session, known: Iterable[Head]) -> Iterator[Break]:
    """Give each chain of which the note that was the last one, when *known* was written down, is another one now."""
    for head in known:
        row = session.scalars(
            _tied(
                AuditNote.school_id == (head.school_id or None),
                AuditNote.chain == head.chain,
                AuditNote.place == head.place,
            )
        ).first()
        if row is None or row.hash != head.hash:
            yield Break(head.school_id, head.chain, head.place, "changed" if row else "missing")


def _tied(*conditions: ColumnElement[bool]) -> Select[AuditNote]:
    # Notes from before the chains have no place; they stay readable.
    query = select(AuditNote).where(AuditNote.place > 0, *conditions)
    return query.order_by(AuditNote.school_id, AuditNote.chain, AuditNote.place, AuditNote.number)


def _break_in(school: str, chain: str, rows: Iterable[AuditNote], head: Head | None) -> Break | None:
    place, previous, found = 0, START, None
    for row in rows:
        if found is None and row.place != place + 1:
            found = Break(school, chain, place + 1, "missing")
        content = Content(**{name: getattr(row, name) for name in _FIELDS})
        if found is None and row.hash != hash_of(content, previous):
            found = Break(school, chain, row.place, "changed")
        place, previous = row.place, row.hash or b""
    if found is None and (head is None or (head.place, head.hash) != (place, previous)) and (place or head):
        found = Break(school, chain, max(place, head.place if head else 0), "end")
    return found
