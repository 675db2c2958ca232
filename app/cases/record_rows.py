"""The record as an adviser may see it: his school's own chain, and those of cases that he reads or worked on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.queries import name_of
from app.audit.checking import first_break
from app.audit.queries import PlacedNote, Wanted, chains_with, newest_notes
from app.cases.desk import Desk, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.models import Case, CaseReader
from app.cases.reading import read_card
from app.cases.record_wording import FORMER, KINDS, OF_SCHOOL, by_nobody, detail_label
from app.cases.timeline_wording import deed_label

PAGE_LENGTH = 40
SCHOOL_KINDS = ("key", "person", "school", "deed", "recovery")
"""First parts of the codes that a school's own chain shows: keys, people, openings, and what it says that it did."""
DESTRUCTIVE = frozenset(
    {
        "case.deleted", "case.dropped", "case.withdrawn", "deed.removed", "export.taken", "key.left", "key.recovered",
        "key.recovery_used", "key.renewed", "person.disabled", "person.removed",
    }
)  # fmt: skip
"""What takes something away for good, or out of the house."""


class NotOnThisPageError(ValueError):
    """An address of a next page that this program did not make for this person."""


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """One deed in the record."""

    who: str
    """Name of the person, or who runs the site; empty where the deed says itself that it was the student or nobody."""
    deed: str
    detail: str
    day: date
    case_id: str
    """The case that it was about, when he can open it."""
    case_title: str
    is_destructive: bool


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """One page of the record."""

    rows: tuple[RecordRow, ...]
    kinds: tuple[tuple[str, str, bool], ...]
    """What can be chosen: code, words, and whether it is chosen now."""
    kind: str
    broken_at: tuple[str, ...]
    """What of this page is not whole: the school, or titles of cases; empty when all of it holds."""
    next_page: str
    is_first_page: bool


def record_view(session: Session, desk: Desk, school_id: str, kind: str, after: str) -> RecordView:
    """Return a page of the record of one school, newest first.

    Raises: NotOnThisPageError.
    """
    query = select(Case.id).join(CaseReader, CaseReader.case_id == Case.id)
    readable = frozenset(session.scalars(query.where(on_desk(desk), Case.school_id == school_id)))
    wanted = Wanted(
        school_id=school_id,
        chains=readable,
        own_chains=chains_with(session, school_id, desk.person_id) - readable - {""},
        person_id=desk.person_id,
        kinds=KINDS[kind].codes if kind in KINDS else (),
        school_kinds=SCHOOL_KINDS,
    )
    notes = newest_notes(session, wanted, after, PAGE_LENGTH + 1)
    if notes is None:
        raise NotOnThisPageError
    shown = notes[:PAGE_LENGTH]
    titles = _titles(session, desk, school_id, {placed.chain for placed in shown})
    return RecordView(
        rows=tuple(_row(session, placed, titles) for placed in shown),
        kinds=tuple((code, str(group.label), code == kind) for code, group in KINDS.items()),
        kind=kind if kind in KINDS else "",
        broken_at=_broken_at(session, school_id, shown, titles),
        next_page=shown[-1].id if len(notes) > len(shown) else "",
        is_first_page=not after,
    )


def _titles(session: Session, desk: Desk, school_id: str, chains: Collection[str]) -> Mapping[str, str]:
    """Return by what name he knows each case of *chains* that lies on his desk."""
    query = (
        select(Case.id, Case.card, CaseReader.dialog_wrap)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(on_desk(desk), Case.school_id == school_id, Case.id.in_(chains))
    )
    titles = {}
    for row in session.execute(query):
        ref = CaseRef(school_id=school_id, case_id=row.id)
        titles[row.id] = read_card(unwrap_key(row.dialog_wrap, desk.pair, ref, desk.person_id), row.card, ref).title
    return titles


def _row(session: Session, placed: PlacedNote, titles: Mapping[str, str]) -> RecordRow:
    note = placed.note
    return RecordRow(
        who=name_of(session, note.person_id) if note.person_id else by_nobody(note.what),
        deed=deed_label(note.what),
        detail=detail_label(session, note),
        day=note.day,
        case_id=placed.chain if placed.chain in titles else "",
        case_title=titles.get(placed.chain, str(FORMER)) if placed.chain else "",
        is_destructive=note.what in DESTRUCTIVE,
    )


def _broken_at(
    session: Session, school_id: str, shown: Iterable[PlacedNote], titles: Mapping[str, str]
) -> tuple[str, ...]:
    """Recompute the school's chain and those of the cases on this page; a case that is kept from him has no part."""
    chains = dict.fromkeys(["", *(placed.chain for placed in shown)])
    broken = [chain for chain in chains if first_break(session, school_id, chain)]
    return tuple(titles.get(chain, str(FORMER if chain else OF_SCHOOL)) for chain in broken)
