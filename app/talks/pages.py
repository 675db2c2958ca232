"""The pages about the talk itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from markupsafe import Markup

from app.i18n.languages import Language
from app.referrals.cards import Card
from app.schools.queries import SchoolInfo
from app.talks.forms import PartsForm
from app.talks.preview import Bubble, Piece, Question
from app.talks.preview_table import Decision, Row, Table
from app.web.pages import Page

Errors = tuple[tuple[str, str], ...]
"""The id of each wrong field with what is wrong."""
Link = tuple[str, str]
"""An address and its label."""


@dataclass(frozen=True)
class Frame:
    """What stands above every page: the ways to the others, the schools and the language of the talk."""

    ways: tuple[tuple[str, str, bool], ...]
    """Address, label, whether it is this page."""
    schools: tuple[Link, ...]
    action: str
    """Address of this page, for the form that picks a language."""
    carried: tuple[tuple[str, str], ...]
    """What that form takes along."""
    kept: Mapping[str, Any]
    """What every address of these pages takes along: the language of the talk and the school."""
    shown: Language
    languages: tuple[Language, ...]


@dataclass(frozen=True, kw_only=True)
class StudentView(Page):
    """A piece of a page: what a student sees, in the language of the talk; *title* names it for who listens."""

    template: ClassVar[str] = "talks/student.html"
    bubbles: tuple[Bubble, ...]
    question: Question | None
    cards: Mapping[str, Card]
    mark: Piece
    """Stands beside a text without a translation, in the language of whoever looks."""
    action: str = ""
    """Where an answer goes; empty where answers go nowhere."""
    carried: tuple[tuple[str, str], ...] = ()
    again: Mapping[str, str] = field(default_factory=dict)
    """By step id the address where it is asked again."""


@dataclass(frozen=True, kw_only=True)
class TalkPage(Page):
    """The whole talk as tables, and what follows from the answers."""

    template: ClassVar[str] = "talks/talk.html"
    frame: Frame
    tables: tuple[Table, ...]
    decisions: Mapping[str, tuple[Decision, ...]]
    mark: Piece
    missing: int
    """How many texts have no translation into the language of the talk."""
    faults: tuple[str, ...]
    """What is wrong with the files, while an older version goes on."""


@dataclass(frozen=True, kw_only=True)
class OneStepPage(Page):
    """One step, and the shortest way there."""

    template: ClassVar[str] = "talks/step.html"
    frame: Frame
    row: Row
    student: Markup
    before: str
    after: str
    way: tuple[tuple[str, str], ...] | None
    """Question and answer; None when no answers lead to it."""
    is_more_skipped: bool
    """True when questions are skipped on that way."""
    try_href: str


@dataclass(frozen=True)
class Ending:
    """What came of a try-out, in words."""

    categories: tuple[str, ...]
    urgency: str
    receivers: tuple[str, ...]
    topics: tuple[str, ...]
    detours: tuple[str, ...]
    help_ids: tuple[str, ...]
    test: str


@dataclass(frozen=True, kw_only=True)
class TryPage(Page):
    """A try-out: the talk so far with the open question, or what came of it."""

    template: ClassVar[str] = "talks/try.html"
    frame: Frame
    student: Markup
    ending: Ending | None
    start_href: str
    enough_href: str
    errors: Errors = ()


@dataclass(frozen=True)
class PartChoice:
    """A part that the school may leave out, with the questions in it."""

    code: str
    label: str
    is_off: bool


@dataclass(frozen=True, kw_only=True)
class PartsPage(Page):
    """What the school adds and leaves out, and what comes of it."""

    template: ClassVar[str] = "talks/own_parts.html"
    frame: Frame
    school: SchoolInfo
    language_name: str
    form: PartsForm
    choices: tuple[PartChoice, ...]
    student: Markup | None
    is_saved: bool = False
    errors: Errors = ()
