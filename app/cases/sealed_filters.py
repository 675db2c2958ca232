"""Filters by what stands inside the seals: the category on a card, and labels; opened in the request, kept nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from app.cases.desk import Desk, is_reader, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.filters import Filters
from app.cases.models import Case, CaseReader, CaseRecord
from app.cases.reading import read_card
from app.cases.records import open_record
from app.vault.sealing import canonical, derive_key

AT_ONCE = 100
"""So many cards are opened before the next are fetched: a page is full long before a long queue is read."""
MOST_LABELLED = 300
"""Of so many cases, the latest first, labels are offered as filters."""


def mark_of(desk: Desk, label: str) -> str:
    """Return what stands for a label in an address: it says nothing to whoever lacks the reader's key."""
    return derive_key(desk.pair.private, "label mark", canonical(label.casefold()), length=6).hex()


def labels_on(session: Session, desk: Desk) -> Mapping[str, str]:
    """Return the labels of the cases on *desk*, by their mark, in order of the alphabet."""
    latest = select(Case.id).join(CaseReader, CaseReader.case_id == Case.id).where(on_desk(desk), _is_labelled())
    ids = session.scalars(latest.order_by(Case.last_on.desc(), Case.id).limit(MOST_LABELLED)).all()
    found = {mark_of(desk, label): label for labels in labels_by_case(session, desk, ids).values() for label in labels}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def sieve(session: Session, desk: Desk, filters: Filters, rows: Iterable[Row[Any]], most: int) -> Sequence[Row[Any]]:
    """Return the first *most* of *rows* whose cards and labels pass *filters*, in their order."""
    found: list[Row[Any]] = []
    waiting = iter(rows)
    while len(found) < most and (some := list(islice(waiting, AT_ONCE))):
        passing = _passing(session, desk, filters, [row.id for row in some])
        found += [row for row in some if row.id in passing]
    return found[:most]


def _passing(session: Session, desk: Desk, filters: Filters, ids: Sequence[str]) -> set[str]:
    passing = set(ids)
    if filters.label:
        labels = labels_by_case(session, desk, ids)
        passing &= {each for each in labels if filters.label in {mark_of(desk, label) for label in labels[each]}}
    if filters.topic:
        passing = _of_topic(session, desk, filters.topic, sorted(passing))
    return passing


def _of_topic(session: Session, desk: Desk, topic: str, ids: Sequence[str]) -> set[str]:
    query = select(Case.id, Case.school_id, Case.card, CaseReader.dialog_wrap).join(
        CaseReader, CaseReader.case_id == Case.id
    )
    found = set()
    for row in session.execute(query.where(is_reader(desk), Case.id.in_(ids))):
        ref = CaseRef(school_id=row.school_id, case_id=row.id)
        key = unwrap_key(row.dialog_wrap, desk.pair, ref, desk.person_id)
        if topic in read_card(key, row.card, ref).categories:
            found.add(row.id)
    return found


def labels_by_case(session: Session, desk: Desk, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the labels of those of *ids* that have any; the newest entry of a case counts."""
    newest = (
        select(CaseRecord.case_id, func.max(CaseRecord.seq).label("seq"))
        .where(CaseRecord.case_id.in_(ids), CaseRecord.kind == "labels")
        .group_by(CaseRecord.case_id)
        .subquery()
    )
    query = (
        select(CaseRecord.school_id, CaseRecord.case_id, CaseRecord.seq, CaseRecord.blob, CaseReader.notes_wrap)
        .join(newest, and_(newest.c.case_id == CaseRecord.case_id, newest.c.seq == CaseRecord.seq))
        .join(CaseReader, CaseReader.case_id == CaseRecord.case_id)
        .where(is_reader(desk))
    )
    found = {}
    for row in session.execute(query):
        ref = CaseRef(school_id=row.school_id, case_id=row.case_id)
        key = unwrap_key(row.notes_wrap, desk.pair, ref, desk.person_id, "notes")
        value = open_record(key, row.blob, ref, row.seq, "labels") or {}
        found[row.case_id] = tuple(value.get("labels", ()))
    return found


def _is_labelled() -> Any:
    return select(CaseRecord.case_id).where(CaseRecord.case_id == Case.id, CaseRecord.kind == "labels").exists()
