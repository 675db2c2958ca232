"""Reads of the desk: the queue, a page at a time, and one case."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, case, literal, select, tuple_
from sqlalchemy.orm import Session
from typing_extensions import override

from app import clock
from app.cases import rules
from app.cases.desk import Desk, Held, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.models import Case, CaseReader
from app.cases.reading import CardInfo, Message, ReaderInfo, Report, read_card, read_messages, read_report, readers_in
from app.cases.wording import AnswerLine, part_of_day_label, status_label, topic_label
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

    @property
    def title(self) -> str:
        """Return by what name the reader knows it."""
        return self.card.title

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)


@dataclass(frozen=True)
class Queue:
    """One page of the queue; `next_page` is empty on the last."""

    cases: tuple[CaseSummary, ...]
    next_page: str


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case, opened for one reader."""

    id: str
    school: str
    status: str
    urgent: bool
    reported_on: date
    part_of_day: str
    promised_on: date
    awaits_answer: bool
    is_overdue: bool
    card: CardInfo
    report: Report
    messages: tuple[Message, ...]
    readers: tuple[ReaderInfo, ...]
    seen_before: int
    """Number of the last message that this reader had seen before; -1 at the first opening."""
    student_seen_through: int
    is_key_damaged: bool

    @property
    def title(self) -> str:
        """Return by what name the reader knows it."""
        return self.card.title

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)

    @property
    def part_of_day_label(self) -> str:
        """Return the part of the day in words."""
        return part_of_day_label(self.part_of_day)

    @property
    def pinned(self) -> tuple[AnswerLine, ...]:
        """Return the answers that the adviser sees first."""
        return self.report.pinned

    @property
    def watch_labels(self) -> tuple[str, ...]:
        """Return in words what the text may point to, the gravest first."""
        return tuple(topic_label(topic) for topic in self.report.watch)


_rank = case((Case.status == "closed", 0), (Case.urgent, 2), else_=1)
"""Urgent, open, closed."""


def waiting_cases(session: Session, desk: Desk, after: Cursor | None = None) -> Queue:
    """Return a page of the cases on *desk*: urgent ones first, closed ones last, newest news first."""
    query = (
        select(*_QUEUE_COLUMNS)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(on_desk(desk))
        .order_by(_rank.desc(), Case.news_on.desc(), Case.id.desc())
        .limit(PAGE_LENGTH + 1)
    )
    rows = session.execute(query.where(_comes_after(after)) if after else query).all()
    page = rows[:PAGE_LENGTH]
    schools = _school_names(session, desk)
    return Queue(
        cases=tuple(_summary(row, desk, schools) for row in page),
        next_page=str(Cursor(page[-1].rank, page[-1].news_on, page[-1].id)) if len(rows) > len(page) else "",
    )


_QUEUE_COLUMNS = (
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
    CaseReader.dialog_wrap,
    CaseReader.seen_through,
    _rank.label("rank"),
)


def _comes_after(last: Cursor) -> ColumnElement[bool]:
    return tuple_(_rank, Case.news_on, Case.id) < tuple_(
        literal(last.rank), literal(last.news_on), literal(last.case_id)
    )


def _school_names(session: Session, desk: Desk) -> dict[str, str]:
    if len(desk.school_ids) == 1:
        return {}
    found = (school_by_id(session, school_id) for school_id in desk.school_ids)
    return {school.id: school.name for school in found if school}


def _summary(row: Row[tuple[object, ...]], desk: Desk, schools: dict[str, str]) -> CaseSummary:
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
    )


def case_view(session: Session, held: Held) -> CaseView:
    """Return a case that the caller took from the desk."""
    found, key = held.case, held.dialog_key
    school = school_by_id(session, found.school_id)
    return CaseView(
        id=found.id,
        school=school.name if school else "",
        status=found.status,
        urgent=found.urgent,
        reported_on=found.reported_on,
        part_of_day=found.part_of_day,
        promised_on=found.promised_on,
        awaits_answer=found.awaits_answer,
        is_overdue=rules.is_overdue(
            awaits_answer=found.awaits_answer, promised_on=found.promised_on, today=clock.today()
        ),
        card=read_card(key, found.card, held.ref),
        report=read_report(session, found, key),
        messages=read_messages(session, held.ref, key),
        readers=readers_in(session, held.ref),
        seen_before=held.reader.seen_through,
        student_seen_through=found.student_seen_through,
        is_key_damaged=key is None,
    )
