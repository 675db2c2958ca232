"""The fold: cases that came in a flood, sorted for whoever looks through them, never closed by the program."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased
from typing_extensions import override

from app.cases import rules
from app.cases.desk import Desk, on_desk
from app.cases.models import Case, CaseReader
from app.cases.queries import PAGE_LENGTH, SUMMARY_COLUMNS, CaseSummary, days_at, summary
from app.cases.ranking import CursorError
from app.i18n.translate import lazy_gettext

FIRST, UNLIKE, ALIKE = 0, 1, 2
"""The parts of the fold, in their order: what cannot wait, what stands alone, what looks like others."""
MOST_OPENED = 300
"""So many cards of a fold the queue opens each time it is shown: about a tenth of a second (measured 2026-11-22)."""
_PARTS = (lazy_gettext("Lees deze eerst"), lazy_gettext("Staan op zichzelf"), lazy_gettext("Lijken op andere"))
_CURSOR = re.compile(r"([012])\.(\d{1,9})\.([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True)
class FoldedCase:
    """One case of the fold; `size` is how much was told, in bytes of the sealed report, which come in few sizes."""

    case: CaseSummary
    size: int

    @property
    def part(self) -> int:
        """Return in which part of the fold it stands."""
        card = self.case.card
        if self.case.standing.urgent or self.case.standing.is_reprisal or card.watch:
            return FIRST
        return ALIKE if card.alike else UNLIKE

    @property
    def place(self) -> tuple[int, int, str]:
        """Return its place in the order of the fold: by part, then the longest first."""
        return self.part, -self.size, self.case.id


@dataclass(frozen=True)
class FoldCursor:
    """The last row of a page, in the order of the fold."""

    part: int
    size: int
    case_id: str

    @override
    def __str__(self) -> str:
        return f"{self.part}.{self.size}.{self.case_id}"

    @property
    def place(self) -> tuple[int, int, str]:
        """Return the place of that row."""
        return self.part, -self.size, self.case_id

    @classmethod
    def parse(cls, text: str) -> "FoldCursor":
        """Read back what `str` gave.

        Raises: CursorError.
        """
        found = _CURSOR.fullmatch(text)
        if found is None:
            raise CursorError("not a page of the fold")
        return cls(int(found[1]), int(found[2]), found[3])


@dataclass(frozen=True)
class Fold:
    """What the queue says of the fold: how many lie in it, how many look alike, and what cannot wait.

    `alike` and `first` are about the cards that were `opened`: a few hundred, else all.
    """

    count: int = 0
    opened: int = 0
    alike: int = 0
    first: tuple[CaseSummary, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Tell whether there are more than were opened."""
        return self.count > self.opened


@dataclass(frozen=True)
class FoldPart:
    """The cases of one part that stand on a page."""

    part: int
    cases: tuple[CaseSummary, ...]

    @property
    def label(self) -> str:
        """Return in words what these cases have in common."""
        return str(_PARTS[self.part])


@dataclass(frozen=True)
class FoldedCases:
    """One page of the fold; `next_page` is empty on the last."""

    parts: tuple[FoldPart, ...]
    next_page: str


def fold_of(session: Session, desk: Desk) -> Fold:
    """Return what lies in the fold of *desk*; of what cannot wait at most a page.

    Of a long fold only so many cards are opened: urgent ones and what came after another report, then the newest.
    """
    count = session.scalar(_of_fold(select(func.count()).select_from(Case), desk)) or 0
    if not count:
        return Fold()
    order = (Case.urgent.desc(), Case.parent_id.is_not(None).desc(), Case.news_on.desc(), Case.id)
    rows = session.execute(_of_fold(_CARDS, desk).order_by(*order).limit(MOST_OPENED)).all()
    cases = _opened(session, desk, rows)
    return Fold(
        count=count,
        opened=len(cases),
        alike=sum(each.case.card.alike > 0 for each in cases),
        first=tuple(each.case for each in cases if each.part == FIRST)[:PAGE_LENGTH],
    )


def folded_cases(session: Session, desk: Desk, after: FoldCursor | None = None) -> FoldedCases:
    """Return a page of the fold: what cannot wait, then what stands alone, then what looks alike; the longest first."""
    left = [each for each in _in_order(session, desk) if after is None or each.place > after.place]
    page, last = left[:PAGE_LENGTH], left[:PAGE_LENGTH][-1:]
    parts = ((part, tuple(each.case for each in page if each.part == part)) for part in (FIRST, UNLIKE, ALIKE))
    return FoldedCases(
        parts=tuple(FoldPart(part, cases) for part, cases in parts if cases),
        next_page=str(FoldCursor(last[0].part, last[0].size, last[0].case.id)) if len(left) > len(page) else "",
    )


def _in_order(session: Session, desk: Desk) -> list[FoldedCase]:
    """Return the whole fold in order: by what sorts it stands inside the seals, so every card of it is opened."""
    return _opened(session, desk, session.execute(_of_fold(_CARDS, desk)).all())


_CARDS: Select[Any] = select(*SUMMARY_COLUMNS, func.length(Case.report).label("size"))
Selected = TypeVar("Selected", bound=Select[Any])


def _of_fold(query: Selected, desk: Desk) -> Selected:
    joined = query.join(CaseReader, CaseReader.case_id == Case.id)
    lying = aliased(Case)  # First the few of the fold, then whether they are his: a long queue is not read for them.
    of_fold = select(lying.id).where(lying.school_id.in_(desk.school_ids), lying.lane == rules.FOLDED)
    return joined.where(on_desk(desk), Case.lane == rules.FOLDED, CaseReader.case_id.in_(of_fold))


def _opened(session: Session, desk: Desk, rows: Sequence[Row[Any]]) -> list[FoldedCase]:
    if not rows:
        return []
    days = days_at(session, desk)
    return sorted((FoldedCase(summary(row, desk, days), row.size) for row in rows), key=lambda each: each.place)
