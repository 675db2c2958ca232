"""The pages of the student's side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.accounts.queries import Reader
from app.cases.consent_wording import StepQuestion
from app.cases.correspondence import Conversation, Message
from app.cases.deeds import PublicDeed
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
    has_done: bool
    """True when the school says what it did after others told something."""
    poster: str = ""
    """The word that the link of a poster carries; empty for who came another way."""


@dataclass(frozen=True, kw_only=True)
class DonePage(Page):
    """What the school did after others told something; it says nothing of who or what."""

    template: ClassVar[str] = "intake/done.html"
    school: SchoolInfo
    deeds: tuple[PublicDeed, ...]


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
    can_pause: bool
    """True when it can be put away under a code."""
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
    follows_withdrawn: bool
    """True when the report that this follows is withdrawn: it stays so, and this one goes out."""
    struck: tuple[Reader, ...]
    is_urgent: bool
    is_rerouted: bool
    arrival: str
    promised_on: date
    can_pause: bool
    """True when it can be put away under a code."""
    is_moved: bool
    cards: tuple[Card, ...]
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class CodePage(Page):
    """The code of a talk that was sent or put away, one word of it asked back, and help that fits."""

    template: ClassVar[str] = "intake/code.html"
    slug: str
    kept_until: date | None
    """Last day on which a talk that was put away can be taken up; None when it was sent."""
    words: tuple[str, ...]
    words_language: str
    digits: str
    asked_word: int
    is_code_kept: bool
    has_done: bool
    """True when the school says what it did after others told something."""
    cards: tuple[Card, ...]
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class CodeComingPage(Page):
    """It was sent, and its code is still being made: the page asks again by itself."""

    template: ClassVar[str] = "intake/code_coming.html"
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class FollowUpSentPage(Page):
    """What happened after a report was sent; it opens with the code of that report."""

    template: ClassVar[str] = "intake/follow_up_sent.html"
    slug: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class HomeworkPage(Page):
    """The words of the code as a sheet to write them over, for on paper."""

    template: ClassVar[str] = "intake/homework.html"
    words: tuple[str, ...]
    words_language: str


@dataclass(frozen=True, kw_only=True)
class ComeBackPage(Page):
    """The field for the code."""

    template: ClassVar[str] = "intake/come_back.html"
    form: CodeForm
    schools: Mapping[str, str]
    known_school: SchoolInfo | None
    words: tuple[str, ...]
    """Every word that a code can have in the present language, for completion."""
    errors: Errors = ()
    typed: str = ""
    """A message that could not be sent because the conversation was closed on this device."""
    other_href: str = ""
    """The talk that this browser holds and that would be lost; set when that is what is wrong."""
    waiting_href: str = ""
    """A talk in this browser that can go on: it was put away and taken up, or not finished."""


@dataclass(frozen=True, kw_only=True)
class ConversationPage(Page):
    """The newest messages and a field to write, first; then the report and all else, folded."""

    template: ClassVar[str] = "intake/conversation.html"
    thread: str
    conversation: Conversation
    questions: tuple[StepQuestion, ...]
    """What an adviser asked before doing something, and what the law asks of him."""
    check_words: tuple[str, ...]
    """Two words that stay the same for as long as nobody changes what was told."""
    older: tuple[Message, ...]
    newest: tuple[Message, ...]
    did: str
    """What the last action came to; empty when there is nothing to say."""
    is_since_offered: bool
    """True once after the student said that something happened since: he can tell about it now, or not."""
    is_happened: bool
    """True when that was the answer to a check-in: he can let it be known without telling what, too."""
    has_follow_up: bool
    """True while this browser holds a talk about what happened since that was not sent: closing deletes it."""
    has_homework: bool
    """True while the code can still be printed as a sheet of words."""
    school: SchoolInfo
    crisis: tuple[Bubble, ...]
    """What helps now, when the last message touched a topic of danger."""
    crisis_cards: Mapping[str, Card]
    sent_cards: Mapping[str, Card]
    """What an adviser sent, by id, as far as it still helps."""
    helper: Card | None
    """The service of which it is asked, in this visit only, whether it helped."""
    cards: tuple[Card, ...]
    errors: Errors = ()
    typed: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCodePage(Page):
    """Another code for a conversation, which takes the place of the old one when a word of it is typed."""

    template: ClassVar[str] = "intake/new_code.html"
    words: tuple[str, ...]
    words_language: str
    digits: str
    asked_word: int
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class OtherTalkPage(Page):
    """A talk that this browser holds would be lost: go on with that one, or let it go."""

    template: ClassVar[str] = "intake/other_talk.html"
    other_href: str
    thread: str


@dataclass(frozen=True, kw_only=True)
class KeptPage(Page):
    """Something went wrong: what was typed stands here so that it is not lost, and how to go on."""

    template: ClassVar[str] = "intake/kept.html"
    explanation: str
    typed: str
    again_href: str
