"""The pages of who keeps the social map."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.referrals.entries import Entry
from app.upkeep.forms import NumberForm, SheetForm
from app.upkeep.todo import LanguageTask, NumberState, NumberTask
from app.web.pages import Page

Errors = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GapMonth:
    """The words that found nothing in one month, each with the number that it was sought more often than."""

    month: str
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Done:
    """One check as colleagues see it."""

    who: str
    day: date
    text: str


@dataclass(frozen=True, kw_only=True)
class OverviewPage(Page):
    """What needs doing now, in order."""

    template: ClassVar[str] = "upkeep/overview.html"
    numbers: tuple[NumberTask, ...]
    stale: tuple[Entry, ...]
    missing: tuple[LanguageTask, ...]
    gap_count: int
    everything: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    """One card with all that it says, where that comes from and who checked it."""

    template: ClassVar[str] = "upkeep/service.html"
    entry: Entry
    facts: tuple[tuple[str, str], ...]
    """Label and text, as the file says it."""
    source_href: str
    """Empty where the source is no address."""
    state: NumberState
    is_mine_done: bool
    """Who looks has found the number right already."""
    is_stale: bool
    done: tuple[Done, ...]
    """What was checked, the newest first."""
    form: NumberForm
    did: str = ""
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class GapsPage(Page):
    """Words that found nothing."""

    template: ClassVar[str] = "upkeep/gaps.html"
    months: tuple[GapMonth, ...]


@dataclass(frozen=True)
class Preview:
    """What pasted rows would change, as names of services."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, kw_only=True)
class SheetPage(Page):
    """The map as a sheet: fetch it, paste it, look, and take it over."""

    template: ClassVar[str] = "upkeep/sheet.html"
    form: SheetForm
    preview: Preview | None = None
    faults: tuple[str, ...] = ()
    """One for each wrong cell, in the words of the check, which are English."""
    did: str = ""
    errors: Errors = ()
