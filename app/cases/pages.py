"""The pages of the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.cases.bulk import Done
from app.cases.desk_warnings import DeskWarning
from app.cases.filters import FilterGroup, Filters
from app.cases.folded import Fold, FoldedCases
from app.cases.forms import CloseForm, LabelForm, NoteForm, OwnNoteForm, ReplyForm
from app.cases.head import CaseHead
from app.cases.notes import Note
from app.cases.phrase_editor import Editor
from app.cases.promising import Share
from app.cases.queries import Group, Withdrawn
from app.cases.queue_forms import BulkForm, SaveViewForm, SearchForm
from app.cases.reading import Message
from app.cases.saved_views import Saved
from app.cases.search import Found
from app.cases.timeline import Happening
from app.cases.viewing import CaseView
from app.referrals.queries import Card
from app.register.forms import IncidentForm
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """What needs him, why and by when, a page at a time."""

    template: ClassVar[str] = "cases/queue.html"
    groups: tuple[Group, ...]
    next_page: str
    is_first_page: bool
    fold: Fold
    withdrawn: tuple[Withdrawn, ...]
    warnings: tuple[DeskWarning, ...]
    filters: Filters
    filter_groups: tuple[FilterGroup, ...]
    """Empty while the filters are not open."""
    saved: Saved
    training_href: str


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """Words to look for, and where they were found."""

    template: ClassVar[str] = "cases/search.html"
    form: SearchForm
    filters: Filters
    found: Found | None
    is_busy: bool
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ViewsPage(Page):
    """The views that a reader keeps."""

    template: ClassVar[str] = "cases/views.html"
    saved: Saved
    form: SaveViewForm
    filters: Filters
    is_full: bool
    most: int
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FoldPage(Page):
    """The cases that came in a flood, a page at a time."""

    template: ClassVar[str] = "cases/folded.html"
    folded: FoldedCases
    is_first_page: bool
    after: str
    ticked: tuple[str, ...]
    form: BulkForm
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class BulkPage(Page):
    """What became of the cases that were chosen in the fold."""

    template: ClassVar[str] = "cases/bulk.html"
    done: Done
    is_closed: bool


@dataclass(frozen=True, kw_only=True)
class CasePage(Page):
    """One case: what was told, the conversation, and what the adviser can do."""

    template: ClassVar[str] = "cases/case.html"
    case: CaseView
    form: ReplyForm
    editor: Editor
    has_news: bool
    """True when the conversation went on while he wrote."""
    sought: str
    """What he looks for in the social map; empty shows what the student sees."""
    cards: tuple[Card, ...]
    duties: tuple[str, ...]
    """What certainly must be passed on, whatever the student says."""
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClosePage(Page):
    """Closing a case: what the student will read, and what becomes of it all."""

    template: ClassVar[str] = "cases/close.html"
    case: CaseView
    form: CloseForm
    editor: Editor
    news: tuple[Message, ...]
    """What was written since he last looked."""
    last_day: date
    """Last day on which the case is kept when it is closed today."""
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NoteForms:
    """The forms of the page of notes; the one that was posted brings its own."""

    note: NoteForm
    own: OwnNoteForm
    label: LabelForm

    @classmethod
    def empty(
        cls, note: NoteForm | None = None, own: OwnNoteForm | None = None, label: LabelForm | None = None
    ) -> "NoteForms":
        """Return empty forms beside the one that was posted."""
        return cls(
            note=note or NoteForm(formdata=None),
            own=own or OwnNoteForm(formdata=None),
            label=label or LabelForm(formdata=None),
        )

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Return the id of each wrong field with what is wrong."""
        wrong = [*self.note.errors.items(), *self.own.errors.items(), *self.label.errors.items()]
        return tuple((name, str(text)) for name, texts in wrong for text in texts)


@dataclass(frozen=True, kw_only=True)
class NotesPage(Page):
    """What the readers of a case note, and what happened when."""

    template: ClassVar[str] = "cases/notes.html"
    head: CaseHead
    notes: tuple[Note, ...]
    own_notes: tuple[Note, ...]
    labels: tuple[str, ...]
    suggestions: tuple[str, ...]
    can_label: bool
    happenings: tuple[Happening, ...]
    forms: NoteForms
    is_key_damaged: bool
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisteringPage(Page):
    """Putting an incident in the register, with what the talk proposes."""

    template: ClassVar[str] = "cases/register.html"
    head: CaseHead
    form: IncidentForm
    definitions: Mapping[str, str]
    serious: str
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PromisesPage(Page):
    """Which part of the promised answers came in time, for the manager; never of now, never a number of cases."""

    template: ClassVar[str] = "cases/promises.html"
    school: str
    shares: tuple[Share, ...]
    fewest: int
    problems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KeptReplyPage(Page):
    """Nothing was sent: what was typed stands here so that it is not lost."""

    template: ClassVar[str] = "cases/kept.html"
    typed: str
    again_href: str
    is_withdrawn: bool
    """True when the student withdrew the case; else the database was busy."""
