"""The order of the queue in SQL, so that a page of it costs a page: the twin of `needs.py`, and the plain filters."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NULLTYPE
from typing_extensions import override

from app import clock
from app.cases.filters import Filters
from app.cases.models import Case, CaseReader, Message
from app.cases.needs import NEEDS_HIM, Need

_CURSOR = re.compile(r"([0-9])\.(\d{4}-\d{2}-\d{2})\.([0-9a-f]{32})", re.ASCII)

_closed = Case.status == "closed"
_news = CaseReader.seen_through < Case.last_student_seq
_new = CaseReader.seen_through < 0
_his_to_read = or_(~_closed, Case.last_student_seq == Case.last_seq)
_pressing = or_(Case.urgent, Case.parent_id.is_not(None))
STEP_ANSWERED = exists().where(Message.case_id == Case.id, Message.seq == Case.last_seq, Message.direction == "consent")
"""Whether the last word of a case is a student's answer to a question about a step; joined with nothing."""

day = case((and_(Case.awaits_answer, ~_closed), Case.promised_on), else_=Case.news_on)
"""By which cases of one rank stand in order: the day that was promised, else that of the student's last word."""


class _same(FunctionElement[Any]):  # noqa: N801 -- reads as the function that it is in a query
    """Two columns are equal; said so that SQLite reads its narrow index `ix_case_queue` instead of the wide rows.

    For an equality it takes the primary key, and with it a row full of what is sealed: 21 ms instead of 12 for 5,000.
    """

    type = NULLTYPE
    """No Boolean: SQLite would be asked whether it `= 1`, use no index, and take 11 s."""
    inherit_cache = True


@compiles(_same)
def _equal(element: _same, compiler: Any, **options: Any) -> str:
    one, other = (compiler.process(column, **options) for column in element.clauses)
    return f"{one} = {other}"


@compiles(_same, "sqlite")
def _between(element: _same, compiler: Any, **options: Any) -> str:
    one, other = (compiler.process(column, **options) for column in element.clauses)
    return f"{one} BETWEEN {other} AND {other}"


class CursorError(ValueError):
    """An address of a next page that this program did not make."""


@dataclass(frozen=True)
class Cursor:
    """The last row of a page, in the order of the queue."""

    rank: int
    day: date
    case_id: str

    @override
    def __str__(self) -> str:
        return f"{self.rank}.{self.day.isoformat()}.{self.case_id}"

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


def rank(today: date) -> ColumnElement[int]:
    """Return what a case needs from its reader, as `needs.need_of` says it."""
    late = and_(~_closed, Case.awaits_answer, Case.promised_on < today)
    return case(
        (and_(_news, _pressing, _his_to_read, late), Need.URGENT_LATE.value),
        (and_(_news, _pressing, _his_to_read), Need.URGENT.value),
        (late, Need.LATE.value),
        (and_(_news, _new, _his_to_read), Need.NEW.value),
        (and_(_news, _closed), Need.CLOSED_NEWS.value),
        (_news, Need.WROTE.value),
        (_closed, Need.CLOSED.value),
        (Case.awaits_answer, Need.PROMISED.value),
        (STEP_ANSWERED, Need.STEP.value),
        else_=Need.WAITS.value,
    )


def ranked(condition: ColumnElement[bool], after: Cursor | None, limit: int | None = None) -> Select[tuple[str, ...]]:
    """Return id, rank and day of the cases, joined with their readers, that meet *condition*, in order, from *after*.

    Only narrow columns: what is sealed is fetched for the few rows of a page, when their order is known.
    """
    inner = (
        select(Case.id, rank(clock.today()).label("rank"), day.label("day"))
        .join(CaseReader, _same(Case.id, CaseReader.case_id))
        .where(condition)
        .cte("standing")
        # Else the rank of every row is worked out anew each time that the order names it.
        .prefix_with("MATERIALIZED")
    )
    his = inner.c.rank.in_(NEEDS_HIM)
    query = select(inner.c.id, inner.c.rank, inner.c.day).order_by(
        inner.c.rank, case((his, inner.c.day)), case((~his, inner.c.day)).desc(), inner.c.id
    )
    if after is not None:
        is_later = inner.c.day > after.day if after.rank in NEEDS_HIM else inner.c.day < after.day
        same_day = and_(inner.c.day == after.day, inner.c.id > after.case_id)
        query = query.where(or_(inner.c.rank > after.rank, and_(inner.c.rank == after.rank, or_(is_later, same_day))))
    return query.limit(limit)


def passes(filters: Filters) -> ColumnElement[bool]:
    """Return the condition that plain columns can meet or miss; the school is the caller's."""
    conditions = {
        "urgent": Case.urgent,
        "unread": _news,
        "overdue": and_(~_closed, Case.awaits_answer, Case.promised_on < clock.today()),
        "waiting": and_(~_closed, ~Case.awaits_answer, ~_news),
        "reprisal": Case.parent_id.is_not(None),
        "closed": _closed,
    }
    return and_(True, *(conditions[state] for state in sorted(filters.states)))
