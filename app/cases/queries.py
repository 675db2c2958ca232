"""Reads of the desk: the queue, a page at a time, and what was withdrawn from it."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, case, literal, or_, select, tuple_
from sqlalchemy.orm import Session
from typing_extensions import override

from app import clock
from app.cases import rules
from app.cases.desk import Desk, is_reader, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.models import Case, CaseReader
from app.cases.reading import CardInfo, read_card
from app.cases.wording import status_label
from app.schools.queries import school_by_id

PAGE_LENGTH = 25
_CURSOR = re.compile(r"([012])\.(\d{4}-\d{2}-\d{2})\.([0-9a-f]{32})", re.ASCII)


class CursorError(ValueError):
    """An address of a next page that this program did not make."""


@dataclass(frozen=True)
class Cursor:
    """The last row of a page, in the order of the queue."""

    rank: int
    news_on: date
    case_id: str

    @override
    def __str__(self) -> str:
        return f"{self.rank}.{self.news_on.isoformat()}.{self.case_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read back what `str` gave.

        Raises: CursorError.
        """
        found = _CURSOR.fullmatch(text)
        try:
            return cls(int(found[1]), date.fromisoformat(found[2]), found[3])  # type: ignore[index]  # caught below
        except (TypeError, ValueError):
            raise CursorError("not a page of the queue") from None


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """One row of the queue."""

    id: str
    school: str
    """Name of the school; empty when the reader serves one school only."""
    card: CardInfo
    reported_on: date
    news_on: date
    status: str
    urgent: bool
    promised_on: date
    awaits_answer: bool
    is_overdue: bool
    is_new: bool
    """True when the reader never opened it."""
    has_news: bool
    """True when the student wrote something that the reader has not seen, the report included."""
    is_reprisal: bool
    """True for what happened after an earlier report that is still kept."""

    @property
    def title(self) -> str:
        """Return by what name the reader knows it."""
        return self.card.title

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)


@dataclass(frozen=True)
class Withdrawn:
    """What is left on the desk of a case that its reader had opened; without content."""

    school: str
    """Name of the school; empty when the reader serves one school only."""
    reported_on: date


@dataclass(frozen=True)
class Queue:
    """One page of the queue; `next_page` is empty on the last."""

    cases: tuple[CaseSummary, ...]
    next_page: str


_rank = case(
    (and_(Case.status == "closed", CaseReader.seen_through >= Case.last_student_seq), 0),
    (or_(Case.urgent, Case.parent_id.is_not(None)), 2),
    else_=1,
)
"""Urgent or after an earlier report, open or with news, closed: what nobody has read yet never sinks."""


def waiting_cases(session: Session, desk: Desk, after: Cursor | None = None) -> Queue:
    """Return a page of the cases on *desk* outside the fold: urgent ones first, closed ones last, newest news first."""
    query = (
        select(*SUMMARY_COLUMNS)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(on_desk(desk), Case.lane != rules.FOLDED)
        .order_by(_rank.desc(), Case.news_on.desc(), Case.id.desc())
        .limit(PAGE_LENGTH + 1)
    )
    rows = session.execute(query.where(_comes_after(after)) if after else query).all()
    page = rows[:PAGE_LENGTH]
    schools = school_names(session, desk)
    return Queue(
        cases=tuple(summary(row, desk, schools) for row in page),
        next_page=str(Cursor(page[-1].rank, page[-1].news_on, page[-1].id)) if len(rows) > len(page) else "",
    )


SUMMARY_COLUMNS = (
    Case.id,
    Case.school_id,
    Case.card,
    Case.reported_on,
    Case.news_on,
    Case.status,
    Case.urgent,
    Case.promised_on,
    Case.awaits_answer,
    Case.last_student_seq,
    Case.parent_id,
    CaseReader.dialog_wrap,
    CaseReader.seen_through,
    _rank.label("rank"),
)


def _comes_after(last: Cursor) -> ColumnElement[bool]:
    return tuple_(_rank, Case.news_on, Case.id) < tuple_(
        literal(last.rank), literal(last.news_on), literal(last.case_id)
    )


def withdrawn_cases(session: Session, desk: Desk) -> tuple[Withdrawn, ...]:
    """Return what this reader had opened before its student withdrew it, the latest first."""
    query = (
        select(Case.school_id, Case.reported_on)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(is_reader(desk), Case.withdrawn_on.is_not(None), CaseReader.seen_through >= 0)
        .order_by(Case.withdrawn_on.desc(), Case.id)
    )
    rows = session.execute(query).all()
    schools = school_names(session, desk) if rows else {}
    return tuple(Withdrawn(schools.get(row.school_id, ""), row.reported_on) for row in rows)


def school_names(session: Session, desk: Desk) -> dict[str, str]:
    """Return the name of each school of *desk*, by id; nothing for a desk of one school, where it says nothing."""
    if len(desk.school_ids) == 1:
        return {}
    found = (school_by_id(session, school_id) for school_id in desk.school_ids)
    return {school.id: school.name for school in found if school}


def summary(row: Row[tuple[object, ...]], desk: Desk, schools: dict[str, str]) -> CaseSummary:
    """Return one row of SUMMARY_COLUMNS, its card opened."""
    ref = CaseRef(school_id=row.school_id, case_id=row.id)
    key = unwrap_key(row.dialog_wrap, desk.pair, ref, desk.person_id)
    return CaseSummary(
        id=row.id,
        school=schools.get(row.school_id, ""),
        card=read_card(key, row.card, ref),
        reported_on=row.reported_on,
        news_on=row.news_on,
        status=row.status,
        urgent=row.urgent,
        promised_on=row.promised_on,
        awaits_answer=row.awaits_answer,
        is_overdue=rules.is_overdue(awaits_answer=row.awaits_answer, promised_on=row.promised_on, today=clock.today()),
        is_new=row.seen_through < 0,
        has_news=rules.has_news(last_student_seq=row.last_student_seq, seen_through=row.seen_through),
        is_reprisal=row.parent_id is not None,
    )
