"""Reading the record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.audit.chaining import Content, Head
from app.audit.models import AuditHead, AuditNote
from app.audit.pending import waiting

DELETED = "case.deleted"
RECOVERED = "case.recovered"
"""Done for a colleague with the school's recovery key, by somebody who may not know the case."""


@dataclass(frozen=True)
class Note:
    """Who did what on which day; `person_id` is None for the operator, the student and the clean-up."""

    person_id: str | None
    what: str
    day: date
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True)
class PlacedNote:
    """A note with its own id and the chain in which it stands."""

    id: str
    chain: str
    note: Note


def notes_of(session: Session, school_id: str | None, subject: str) -> tuple[Note, ...]:
    """Return the notes about *subject* at that school, oldest first."""
    rows = session.scalars(
        select(AuditNote)
        .where(AuditNote.school_id == school_id, AuditNote.subject == subject)
        .order_by(AuditNote.number)
    )
    fresh = (each for each in waiting(session) if (each.school_id, each.subject) == (school_id, subject))
    return tuple(_note(each) for each in (*rows, *fresh))


def notes_of_chain(session: Session, school_id: str | None, chain: str) -> tuple[Note, ...]:
    """Return the notes of one chain, oldest first: that of a case (its id), or "" for the school's own."""
    rows = session.scalars(
        select(AuditNote).where(AuditNote.school_id == school_id, AuditNote.chain == chain).order_by(AuditNote.number)
    )
    fresh = (each for each in waiting(session) if (each.school_id, each.chain) == (school_id, chain))
    return tuple(_note(each) for each in (*rows, *fresh))


def chains_with(session: Session, school_id: str, person_id: str) -> frozenset[str]:
    """Return the chains of that school in which *person_id* did something himself; bringing a colleague's back is none.

    Else his record would count the cases that are kept from him.
    """
    query = select(AuditNote.chain).where(
        AuditNote.school_id == school_id, AuditNote.person_id == person_id, AuditNote.what != RECOVERED
    )
    return frozenset(session.scalars(query.distinct()))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which notes of one school a page shows somebody."""

    school_id: str
    chains: Collection[str]
    """Of these chains of cases he sees everything."""
    own_chains: Collection[str]
    """Of these what he did himself, and that the case was deleted."""
    person_id: str
    school_kinds: Collection[str]
    """Of the school's own chain he sees these kinds: first parts of the codes, such as "key"."""
    kinds: Collection[str] = ()
    """Of all that only these kinds; empty for all."""


def newest_notes(session: Session, wanted: Wanted, after: str, most: int) -> tuple[PlacedNote, ...] | None:
    """Return at most *most* notes that come after the one with the id *after* (empty: the first), newest first.

    None when *after* is none of those that are wanted. It is an id: a number would tell how many others there are.
    """
    query = select(AuditNote).where(_is_wanted(wanted)).order_by(AuditNote.number.desc()).limit(most)
    if after:
        last = session.scalar(select(AuditNote.number).where(AuditNote.id == after, _is_wanted(wanted)))
        if last is None:
            return None
        query = query.where(AuditNote.number < last)
    return tuple(PlacedNote(row.id, row.chain, _note(row)) for row in session.scalars(query))


def _is_wanted(wanted: Wanted) -> ColumnElement[bool]:
    of_school = and_(AuditNote.chain == "", _is_of(wanted.school_kinds))
    of_cases = AuditNote.chain.in_(wanted.chains)
    own = or_(AuditNote.person_id == wanted.person_id, AuditNote.what == DELETED)
    of_former = and_(AuditNote.chain.in_(wanted.own_chains), own)
    shown = and_(AuditNote.school_id == wanted.school_id, or_(of_school, of_cases, of_former))
    return and_(shown, _is_of(wanted.kinds)) if wanted.kinds else shown


def _is_of(kinds: Collection[str]) -> ColumnElement[bool]:
    return or_(*(AuditNote.what.startswith(f"{kind}.", autoescape=True) for kind in kinds))


def heads(session: Session) -> tuple[Head, ...]:
    """Return the end of every chain."""
    rows = session.scalars(select(AuditHead))
    return tuple(sorted(Head(row.school_id, row.chain, row.place, row.hash) for row in rows))


def head_of(session: Session, school_id: str | None, chain: str) -> Head | None:
    """Return the end of one chain; None when nothing is in it yet."""
    row = session.get(AuditHead, (school_id or "", chain))
    return Head(row.school_id, row.chain, row.place, row.hash) if row else None


def _note(row: AuditNote | Content) -> Note:
    return Note(row.person_id, row.what, row.day, row.subject, row.detail)
