"""Reads of the desk: the queue, a page at a time, and what was withdrawn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.cases import rules
from app.cases.desk import Desk, is_reader, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.filters import Filters
from app.cases.models import Case, CaseReader
from app.cases.needs import (
    GROUP_LABELS,
    GROUPS,
    Need,
    Standing,
    Tone,
    day_of,
    group_of,
    need_of,
    reason_of,
    tone_of,
)
from app.cases.ranking import STEP_ANSWERED, Cursor, passes, ranked
from app.cases.reading import CardInfo, read_card
from app.cases.sealed_filters import sieve
from app.schools.queries import SchoolInfo, holidays_of, school_by_id
from app.schools.rules import school_day_after

PAGE_LENGTH = 25


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """One row of the queue."""

    id: str
    school: str
    """Name of the school; empty when the reader serves one school only."""
    card: CardInfo
    reported_on: date
    news_on: date
    standing: Standing
    need: Need
    by: date | None
    """Day by which the student was promised an answer; None when nothing is promised."""
    tone: Tone
    is_folded: bool

    @property
    def title(self) -> str:
        """Return by what name the reader knows it."""
        return self.card.title

    @property
    def reason(self) -> str:
        """Return why it stands where it stands."""
        return reason_of(self.need, self.standing)

    @property
    def is_new(self) -> bool:
        """Tell whether the reader never opened it."""
        return self.standing.is_new

    @property
    def has_news(self) -> bool:
        """Tell whether the student said something that the reader has not seen."""
        return self.standing.has_news

    @property
    def is_reprisal(self) -> bool:
        """Tell whether it happened after an earlier report that is still kept."""
        return self.standing.is_reprisal

    @property
    def is_urgent(self) -> bool:
        """Tell whether it is urgent still."""
        return self.standing.urgent and not self.standing.is_closed

    @property
    def has_care_words(self) -> bool:
        """Tell whether words that ask for care were found in what was typed."""
        return bool(self.card.watch) and not self.standing.is_closed


@dataclass(frozen=True)
class Withdrawn:
    """What is left on the desk of a case that its reader had opened; without content."""

    school: str
    """Name of the school; empty when the reader serves one school only."""
    reported_on: date


@dataclass(frozen=True)
class Group:
    """The cases of a page that stand under one heading."""

    code: str
    cases: tuple[CaseSummary, ...]

    @property
    def label(self) -> str:
        """Return the heading."""
        return str(GROUP_LABELS[self.code])


@dataclass(frozen=True)
class Queue:
    """One page of the queue; `next_page` is empty on the last."""

    cases: tuple[CaseSummary, ...]
    next_page: str

    def grouped(self, first: Sequence[CaseSummary] = ()) -> tuple[Group, ...]:
        """Return the cases under their headings; *first* stand before the others under the first heading."""
        groups = {code: [case for case in self.cases if group_of(case.need) == code] for code in GROUPS}
        groups["now"][:0] = first
        return tuple(Group(code, tuple(cases)) for code, cases in groups.items() if cases)


@dataclass(frozen=True)
class Days:
    """What a reader's days are called today: schools by id, and the next day that each is open."""

    schools: Mapping[str, SchoolInfo]
    today: date
    next_school_days: Mapping[str, date]

    def name_of(self, school_id: str) -> str:
        """Return the name of a school; nothing for a desk of one school, where it says nothing."""
        return self.schools[school_id].name if len(self.schools) > 1 and school_id in self.schools else ""


def days_at(session: Session, desk: Desk) -> Days:
    """Return the schools of *desk* with their next school days."""
    today = clock.today()
    found = {school_id: school_by_id(session, school_id) for school_id in sorted(desk.school_ids)}
    nexts = {school_id: school_day_after(today, 1, holidays_of(session, school_id)) for school_id in found}
    return Days({school_id: school for school_id, school in found.items() if school}, today, nexts)


def waiting_cases(session: Session, desk: Desk, after: Cursor | None = None, filters: Filters | None = None) -> Queue:
    """Return a page of the cases on *desk*, what needs him most first; without filters those of the fold lie apart."""
    found = _page_ids(session, desk, after, filters or Filters())
    page = found[:PAGE_LENGTH]
    cases = summaries(session, desk, [row.id for row in page])
    return Queue(
        cases=tuple(cases[row.id] for row in page),
        next_page=str(Cursor(page[-1].rank, page[-1].day, page[-1].id)) if len(found) > len(page) else "",
    )


def _page_ids(session: Session, desk: Desk, after: Cursor | None, filters: Filters) -> Sequence[Row[Any]]:
    """Return the rows of a page in their order, and one more when there is another page."""
    condition = shown(session, desk, filters)
    if not filters.count:
        condition = and_(condition, Case.lane != rules.FOLDED)
    if not filters.is_sealed:
        return session.execute(ranked(condition, after, PAGE_LENGTH + 1)).all()
    return sieve(session, desk, filters, session.execute(ranked(condition, after)), PAGE_LENGTH + 1)


def shown(session: Session, desk: Desk, filters: Filters) -> ColumnElement[bool]:
    """Return the condition under which a case, joined with its readers, lies on *desk* and passes the plain filters."""
    if not filters.school:
        return and_(on_desk(desk), passes(filters))
    schools = days_at(session, desk).schools.values()
    wanted = [school.id for school in schools if school.slug == filters.school]
    return and_(on_desk(desk), passes(filters), Case.school_id.in_(wanted))


SUMMARY_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.school_id,
    Case.card,
    Case.reported_on,
    Case.news_on,
    Case.status,
    Case.urgent,
    Case.promised_on,
    Case.awaits_answer,
    Case.awaits_consent,
    Case.last_seq,
    Case.last_student_seq,
    Case.parent_id,
    Case.lane,
    CaseReader.dialog_wrap,
    CaseReader.seen_through,
    STEP_ANSWERED.label("is_step_answered"),
)


def summaries(session: Session, desk: Desk, case_ids: Sequence[str]) -> dict[str, CaseSummary]:
    """Return the row of each of *case_ids* that lies on *desk*."""
    if not case_ids:
        return {}
    query = (
        select(*SUMMARY_COLUMNS)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(is_reader(desk), Case.id.in_(case_ids))
    )
    days = days_at(session, desk)
    return {row.id: summary(row, desk, days) for row in session.execute(query)}


def withdrawn_cases(session: Session, desk: Desk) -> tuple[Withdrawn, ...]:
    """Return what this reader had opened before its student withdrew it, the latest first."""
    gone = aliased(Case)
    of_schools = select(gone.id).where(gone.school_id.in_(desk.school_ids), gone.withdrawn_on.is_not(None))
    query = (
        select(Case.school_id, Case.reported_on)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(is_reader(desk), CaseReader.case_id.in_(of_schools), CaseReader.seen_through >= 0)
        .order_by(Case.withdrawn_on.desc(), Case.id)
    )
    rows = session.execute(query).all()
    if not rows:
        return ()
    days = days_at(session, desk)
    return tuple(Withdrawn(days.name_of(row.school_id), row.reported_on) for row in rows)


def summary(row: Row[Any], desk: Desk, days: Days) -> CaseSummary:
    """Return one row of SUMMARY_COLUMNS, its card opened."""
    ref = CaseRef(school_id=row.school_id, case_id=row.id)
    standing = standing_of(row)
    by = day_of(standing)
    return CaseSummary(
        id=row.id,
        school=days.name_of(row.school_id),
        card=read_card(unwrap_key(row.dialog_wrap, desk.pair, ref, desk.person_id), row.card, ref),
        reported_on=row.reported_on,
        news_on=row.news_on,
        standing=standing,
        need=need_of(standing, days.today),
        by=by,
        tone=tone_of(by, days.today, days.next_school_days[row.school_id]),
        is_folded=row.lane == rules.FOLDED,
    )


def standing_of(row: Row[Any]) -> Standing:
    """Return how a case stands, from a row of SUMMARY_COLUMNS."""
    return Standing(
        urgent=row.urgent,
        is_reprisal=row.parent_id is not None,
        is_closed=row.status == "closed",
        awaits_answer=row.awaits_answer,
        promised_on=row.promised_on,
        is_new=row.seen_through < 0,
        has_news=rules.has_news(last_student_seq=row.last_student_seq, seen_through=row.seen_through),
        student_had_last_word=row.last_student_seq == row.last_seq,
        is_step_answered=row.is_step_answered,
        awaits_consent=row.awaits_consent,
    )
