"""The sealed file of a case beside its conversation: notes, labels, steps and the ledger; entries are only added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.cases.envelopes import CaseDamagedError, CaseRef, open_value, seal_value
from app.cases.models import CaseRecord


@dataclass(frozen=True)
class Record:
    """One entry; `value` is None when it is damaged or sealed under another key."""

    seq: int
    kind: str
    written_on: date
    value: Mapping[str, Any] | None


def add_record(session: Session, ref: CaseRef, key: bytes | None, kind: str, value: Mapping[str, Any]) -> int:
    """Add an entry to a case that the caller holds locked, sealed under *key*; return its number, from 1.

    Raises: CaseDamagedError.
    """
    if key is None:
        raise CaseDamagedError
    last = session.scalar(select(func.max(CaseRecord.seq)).where(CaseRecord.case_id == ref.case_id))
    seq = (last or 0) + 1
    session.add(
        CaseRecord(
            school_id=ref.school_id,
            case_id=ref.case_id,
            seq=seq,
            kind=kind,
            written_on=clock.today(),
            blob=seal_value(key, value, ref, *_place(seq, kind)),
        )
    )
    session.flush()
    return seq


def records_of(session: Session, ref: CaseRef, key: bytes | None, kinds: Collection[str]) -> tuple[Record, ...]:
    """Return the entries of *kinds*, all sealed under one *key*, oldest first."""
    rows = session.scalars(
        select(CaseRecord)
        .where(CaseRecord.school_id == ref.school_id, CaseRecord.case_id == ref.case_id, CaseRecord.kind.in_(kinds))
        .order_by(CaseRecord.seq)
    )
    return tuple(
        Record(row.seq, row.kind, row.written_on, open_record(key, row.blob, ref, row.seq, row.kind)) for row in rows
    )


def open_record(key: bytes | None, blob: bytes, ref: CaseRef, seq: int, kind: str) -> Mapping[str, Any] | None:
    """Return what an entry says, or None when it is damaged or sealed under another key."""
    return open_value(key, blob, ref, *_place(seq, kind))


def _place(seq: int, kind: str) -> tuple[str, str, str]:
    return "record", str(seq), kind
