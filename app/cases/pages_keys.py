"""The pages about who holds the keys of cases."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.accounts.key_forms import HalvesForm
from app.accounts.queries import Reader
from app.cases.head import CaseHead
from app.cases.leaving import SoleCase
from app.cases.rekeying import Returned
from app.schools.queries import SchoolInfo
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class ReaderRow:
    """Somebody who can read a case."""

    name: str
    kind_label: str
    is_self: bool
    has_opened: bool
    can_open: bool
    """False for who has a new key and waits for this case."""
    stands_by: bool
    """True for a deputy who sees it only when no answer came in time."""
    added_on: date | None
    added_by: str


@dataclass(frozen=True, kw_only=True)
class ReadersPage(Page):
    """Who reads a case, giving a key to a colleague, and putting one's own down."""

    template: ClassVar[str] = "cases/readers.html"
    head: CaseHead
    readers: tuple[ReaderRow, ...]
    free: tuple[Reader, ...]
    to_ask: tuple[Reader, ...]
    """For whom the student may be asked."""
    asked: tuple[str, ...]
    """Names of those for whom he was asked and has not answered."""
    can_drop: bool


@dataclass(frozen=True, kw_only=True)
class RewrapPage(Page):
    """The colleagues who came back with a new key."""

    template: ClassVar[str] = "cases/rewrap.html"
    school: SchoolInfo
    returned: tuple[Returned, ...]
    done: bool


@dataclass(frozen=True, kw_only=True)
class RecoverPage(Page):
    """Using the recovery key for a colleague or oneself."""

    template: ClassVar[str] = "cases/recover.html"
    school: SchoolInfo
    form: HalvesForm
    people: tuple[Reader, ...]
    chosen: str
    is_done: bool = False
    count: int | None = None
    """How many of one's own cases open again; None for a colleague: of some of his one may not even know."""
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeavePage(Page):
    """Stopping at a school."""

    template: ClassVar[str] = "cases/leave.html"
    school: SchoolInfo
    sole: tuple[SoleCase, ...]
