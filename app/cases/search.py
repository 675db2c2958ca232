"""Search over everything that a reader may read: opened in the request, compared in memory, kept nowhere.

There is no index, for an index would tell what was written. Measured on two cores 2026-11-23: `tests/bench/desk.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.cases.desk import Desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.filters import Filters
from app.cases.models import Case, CaseReader, CaseRecord, Message
from app.cases.queries import CaseSummary, shown, summaries
from app.cases.sealed_filters import sieve
from app.cases.search_texts import Opener, Text
from app.cases.words_sought import Excerpt, excerpt, holds_all

MOST_CASES = 50
MOST_EXCERPTS = 3
_AT_ONCE = 50
"""So many cases are opened before the next are fetched; it bounds the memory of a search."""
_PATIENCE_SECONDS = 1.0

_turn = BoundedSemaphore(1)
"""A search keeps one core busy: a second one at the same time would take it from the students (ASVS 5.0, 15.2.2)."""


class SearchBusyError(Exception):
    """Somebody else searches in this process, and it takes longer than a moment."""


@dataclass(frozen=True)
class Piece:
    """A piece of a text in which a word was found: where it stands, and in which language it was written."""

    place: str
    excerpt: Excerpt
    language: str


@dataclass(frozen=True)
class Hit:
    """A case in which every word was found."""

    case: CaseSummary
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """What a search found, the case with the latest word first; `is_cut` when there is more."""

    hits: tuple[Hit, ...] = ()
    is_cut: bool = False


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _turn.acquire(timeout=_PATIENCE_SECONDS):
        raise SearchBusyError
    try:
        yield
    finally:
        _turn.release()


def search(session: Session, desk: Desk, terms: Sequence[str], filters: Filters) -> Found:
    """Return the cases on *desk* that pass *filters* and hold all *terms* (folded words).

    Raises: SearchBusyError.
    """
    with _one_at_a_time():
        found = dict(islice(_matching(session, desk, terms, filters), MOST_CASES + 1))
    ids = list(found)[:MOST_CASES]
    cases = summaries(session, desk, ids)
    hits = tuple(Hit(cases[each], found[each]) for each in ids)
    return Found(hits, is_cut=len(found) > MOST_CASES)


def _matching(
    session: Session, desk: Desk, terms: Sequence[str], filters: Filters
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    opener = Opener(session)
    ids = _candidates(session, desk, filters)
    for start in range(0, len(ids), _AT_ONCE):
        for case_id, texts in _opened(session, desk, opener, ids[start : start + _AT_ONCE]):
            if holds_all((text.words for text in texts), terms):
                yield case_id, _pieces(texts, terms)


def _candidates(session: Session, desk: Desk, filters: Filters) -> list[str]:
    query = (
        select(Case.id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(shown(session, desk, filters))
        .order_by(Case.last_on.desc(), Case.id)
    )
    rows = session.execute(query).all()
    return [row.id for row in (sieve(session, desk, filters, rows, len(rows)) if filters.is_sealed else rows)]


def _opened(session: Session, desk: Desk, opener: Opener, ids: Sequence[str]) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """Give each of *ids* with everything in it that the reader may read, in their order."""
    query = (
        select(Case.id, Case.school_id, Case.card, Case.report, CaseReader.dialog_wrap, CaseReader.notes_wrap)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(CaseReader.person_id == desk.person_id, Case.id.in_(ids))
    )
    rows = {row.id: row for row in session.execute(query)}
    messages = _by_case(session, Message, (Message.seq, Message.direction, Message.written_on, Message.blob), ids)
    columns = (CaseRecord.seq, CaseRecord.kind, CaseRecord.written_on, CaseRecord.blob)
    records = _by_case(session, CaseRecord, columns, ids)
    for case_id in ids:
        row = rows[case_id]
        ref = CaseRef(school_id=row.school_id, case_id=case_id)
        key = unwrap_key(row.dialog_wrap, desk.pair, ref, desk.person_id)
        texts = [*opener.card(key, row.card, ref), *opener.report(key, row.report, ref)]
        texts += opener.messages(key, messages.get(case_id, ()), ref)
        if case_id in records:
            notes_key = unwrap_key(row.notes_wrap, desk.pair, ref, desk.person_id, "notes")
            texts += opener.records(notes_key, desk, records[case_id], ref)
        yield case_id, tuple(texts)


def _by_case(
    session: Session, table: type[Message | CaseRecord], columns: Sequence[Any], ids: Sequence[str]
) -> Mapping[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    query = select(table.case_id, *columns).where(table.case_id.in_(ids)).order_by(table.case_id, table.seq)
    for row in session.execute(query):
        found.setdefault(row.case_id, []).append(row)
    return found


def _pieces(texts: Sequence[Text], terms: Sequence[str]) -> tuple[Piece, ...]:
    found: dict[Excerpt, Piece] = {}  # What a story begins with stands on its card too: once is enough.
    for text in texts:
        if piece := excerpt(text.words, terms):
            found.setdefault(piece, Piece(text.place, piece, text.language))
        if len(found) == MOST_EXCERPTS:
            break
    return tuple(found.values())
