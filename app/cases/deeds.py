"""What the school did, in sentences for everybody: one adviser proposes, another one approves; none hangs on a case."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import name_of, readers_of
from app.audit.services import note
from app.cases.desk import Desk
from app.cases.models import Case, Deed
from app.recognition.finding import find
from app.recognition.model import Packs, Surroundings
from app.schools.queries import school_by_id

MOST_LETTERS = 300
FEWEST_CLOSED = 5
"""Below so many closed reports in a school year a sentence might point at one of them."""
MOST_SHOWN = 12
_YEAR_BEGINS = 8
"""A school year begins on the first of August."""


class DeedNotFoundError(Exception):
    """There is no such sentence at this school, or this adviser may not approve it: his own needs another one."""


@dataclass(frozen=True, kw_only=True)
class DeedInfo:
    """A sentence as the advisers of the school see it."""

    id: str
    text: str
    proposed_by: str
    proposed_on: date
    approved_by: str
    is_approved: bool
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class DeedsView:
    """The sentences of a school, and whether its page shows them now."""

    school_slug: str
    school_name: str
    deeds: tuple[DeedInfo, ...]
    is_alone: bool
    """True when the school has one adviser: nobody can approve."""
    is_shown: bool
    """True when the public page shows what is approved."""


@dataclass(frozen=True)
class PublicDeed:
    """A sentence that everybody may read, and its month."""

    text: str
    month: date


def deeds_view(session: Session, desk: Desk, school_id: str) -> DeedsView:
    """Return the sentences of a school, newest first."""
    school = school_by_id(session, school_id)
    rows = session.scalars(_of_school(school_id))
    return DeedsView(
        school_slug=school.slug if school else "",
        school_name=school.name if school else "",
        deeds=tuple(_info(session, desk, row) for row in rows),
        is_alone=all(reader.person_id == desk.person_id for reader in readers_of(session, school_id)),
        is_shown=bool(public_deeds(session, school_id)),
    )


def propose(session: Session, desk: Desk, school_id: str, text: str) -> None:
    """Propose a sentence; nobody else sees it before another adviser approves it."""
    row_id = secrets.token_hex(16)
    words = " ".join(text.split())
    added = Deed(id=row_id, school_id=school_id, text=words, proposed_by=desk.person_id, proposed_on=clock.today())
    session.add(added)
    _note(session, desk, school_id, "deed.proposed", row_id)


def approve(session: Session, desk: Desk, school_id: str, deed_id: str) -> None:
    """Approve a sentence of another adviser; who waits to be confirmed himself speaks for nobody.

    Raises: DeedNotFoundError.
    """
    row = _deed(session, school_id, deed_id)
    if row.proposed_by == desk.person_id or not _reads_at(session, desk, school_id):
        raise DeedNotFoundError
    if row.approved_on is None:
        row.approved_by, row.approved_on = desk.person_id, clock.today()
        _note(session, desk, school_id, "deed.approved", deed_id)


def remove(session: Session, desk: Desk, school_id: str, deed_id: str) -> None:
    """Take a sentence away, approved or not: one's own, or as a confirmed adviser any of the school.

    Raises: DeedNotFoundError.
    """
    row = _deed(session, school_id, deed_id)
    if row.proposed_by != desk.person_id and not _reads_at(session, desk, school_id):
        raise DeedNotFoundError
    session.delete(row)
    _note(session, desk, school_id, "deed.removed", deed_id)


def public_deeds(session: Session, school_id: str) -> tuple[PublicDeed, ...]:
    """Return what everybody may read, the latest month first: nothing while too few reports were closed this year.

    Only reports that every adviser of the school could read count, so that the number tells nobody of another one.
    """
    begin = _school_year_of(clock.today())
    closed = select(func.count()).where(
        Case.school_id == school_id, Case.is_for_all, Case.status == "closed", Case.closed_on >= begin
    )
    if (session.scalar(closed) or 0) < FEWEST_CLOSED:
        return ()
    rows = session.scalars(_of_school(school_id).where(Deed.approved_on >= begin))
    shown = [PublicDeed(row.text, row.approved_on.replace(day=1)) for row in rows if row.approved_on]
    return tuple(sorted(shown, key=lambda deed: (deed.month, deed.text), reverse=True)[:MOST_SHOWN])


def pointing_at(text: str, packs: Packs, school_names: Iterable[str]) -> str:
    """Return the first words in *text* that may point at somebody; empty when none are found."""
    found = find(text, packs, Surroundings(school_names=tuple(school_names)))
    return text[found[0].start : found[0].end] if found else ""


def _school_year_of(day: date) -> date:
    return date(day.year if day.month >= _YEAR_BEGINS else day.year - 1, _YEAR_BEGINS, 1)


def _of_school(school_id: str) -> Select[Deed]:
    return select(Deed).where(Deed.school_id == school_id).order_by(Deed.proposed_on.desc(), Deed.id)


def _deed(session: Session, school_id: str, deed_id: str) -> Deed:
    row = session.scalar(_of_school(school_id).where(Deed.id == deed_id).with_for_update())
    if row is None:
        raise DeedNotFoundError
    return row


def _reads_at(session: Session, desk: Desk, school_id: str) -> bool:
    return any(reader.person_id == desk.person_id for reader in readers_of(session, school_id))


def _info(session: Session, desk: Desk, row: Deed) -> DeedInfo:
    return DeedInfo(
        id=row.id,
        text=row.text,
        proposed_by=name_of(session, row.proposed_by),
        proposed_on=row.proposed_on,
        approved_by=name_of(session, row.approved_by) if row.approved_by else "",
        is_approved=row.approved_on is not None,
        is_own=row.proposed_by == desk.person_id,
    )


def _note(session: Session, desk: Desk, school_id: str, what: str, deed_id: str) -> None:
    note(session, school_id=school_id, person_id=desk.person_id, what=what, subject=deed_id)
