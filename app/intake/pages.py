"""The pages of the student's side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.accounts.queries import Reader
from app.cases.correspondence import Conversation
from app.cases.wording import AnswerLine
from app.intake.forms import CodeForm
from app.intake.guesses import Guess
from app.intake.transcript import Bubble, Question
from app.referrals.cards import Card
from app.schools.queries import SchoolInfo
from app.web.pages import Page

Errors = tuple[tuple[str, str], ...]
"""Pairs of the id of the field and what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """Choose the school, or come back with a code."""

    template: ClassVar[str] = "intake/home.html"
    schools: tuple[SchoolInfo, ...]
    is_unknown: bool = False
    """True when somebody asked for a school that does not exist."""


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """What happens here, who reads it and what is not promised, before the first question."""

    template: ClassVar[str] = "intake/start.html"
    school: SchoolInfo
    readers: tuple[Reader, ...]
    arrival: str
    promised_on: date


@dataclass(frozen=True, kw_only=True)
class ClosedSchoolPage(Page):
    """A school that does not use Vertel yet: help elsewhere."""

    template: ClassVar[str] = "intake/closed_school.html"
    school: SchoolInfo
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    """The talk so far and the one open question."""

    template: ClassVar[str] = "intake/step.html"
    folded: tuple[Bubble, ...]
    open_bubbles: tuple[Bubble, ...]
    question: Question
    cards: Mapping[str, Card]
    number: int
    about: int
    can_go_back: bool
    can_finish: bool
    """True when something was told and it can be sent now."""
    is_moved: bool
    """True once after the questions were renewed."""
    errors: Errors = ()
    typed: str | None = None
    """What was typed, when it could not be stored; nothing is lost."""


@dataclass(frozen=True, kw_only=True)
class ReviewPage(Page):
    """Everything once more, what it gives away, who will read it and by when, and the one button that sends it."""

    template: ClassVar[str] = "intake/review.html"
    fresh: tuple[Bubble, ...]
    """Help for an answer that was changed just now."""
    fresh_cards: Mapping[str, Card]
    lines: tuple[tuple[str, AnswerLine], ...]
    has_own_words: bool
    guesses: tuple[Guess, ...]
    more_guesses: int
    """How many there are beside those that are shown."""
    readers: tuple[Reader, ...]
    readers_mark: str
    struck: tuple[Reader, ...]
    is_urgent: bool
    is_rerouted: bool
    arrival: str
    promised_on: date
    is_moved: bool
    cards: tuple[Card, ...]
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class CodePage(Page):
    """The code, one word of it asked back, and help that fits."""

    template: ClassVar[str] = "intake/code.html"
    words: tuple[str, ...]
    words_language: str
    digits: str
    asked_word: int
    is_code_kept: bool
    cards: tuple[Card, ...]
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class ComeBackPage(Page):
    """The field for the code."""

    template: ClassVar[str] = "intake/come_back.html"
    form: CodeForm
    schools: Mapping[str, str]
    known_school: SchoolInfo | None
    errors: Errors = ()
    typed: str = ""
    """A message that could not be sent because the conversation was closed on this device."""


@dataclass(frozen=True, kw_only=True)
class ConversationPage(Page):
    """What the adviser answered, first; then a field to write; the report folded."""

    template: ClassVar[str] = "intake/conversation.html"
    conversation: Conversation
    crisis: tuple[Bubble, ...]
    """What helps now, when the last message touched a topic of danger."""
    crisis_cards: Mapping[str, Card]
    cards: tuple[Card, ...]
    errors: Errors = ()
    typed: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptPage(Page):
    """Something went wrong: what was typed stands here so that it is not lost, and how to go on."""

    template: ClassVar[str] = "intake/kept.html"
    explanation: str
    typed: str
    again_href: str
