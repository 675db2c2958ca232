"""The pages of the desk."""

from dataclasses import dataclass
from typing import ClassVar

from app.cases.desk_warnings import DeskWarning
from app.cases.folded import Fold, FoldedCases
from app.cases.forms import CloseForm, ReplyForm
from app.cases.queries import Queue, Withdrawn
from app.cases.viewing import CaseView
from app.referrals.queries import Card
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """The cases that wait, a page at a time."""

    template: ClassVar[str] = "cases/queue.html"
    queue: Queue
    is_first_page: bool
    fold: Fold
    withdrawn: tuple[Withdrawn, ...]
    warnings: tuple[DeskWarning, ...]


@dataclass(frozen=True, kw_only=True)
class FoldPage(Page):
    """The cases that came in a flood, a page at a time."""

    template: ClassVar[str] = "cases/folded.html"
    folded: FoldedCases
    is_first_page: bool


@dataclass(frozen=True, kw_only=True)
class CasePage(Page):
    """One case: what was told, the conversation, and what the adviser can do."""

    template: ClassVar[str] = "cases/case.html"
    case: CaseView
    reply_form: ReplyForm
    close_form: CloseForm
    cards: tuple[Card, ...]
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class KeptReplyPage(Page):
    """The database was busy: what was typed stands here so that it is not lost."""

    template: ClassVar[str] = "cases/kept.html"
    typed: str
    again_href: str
