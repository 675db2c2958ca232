"""The pages of people who sign in."""

from dataclasses import dataclass
from typing import ClassVar

from app.accounts import forms
from app.accounts.own_keys import OwnKeys
from app.accounts.passkey_place import PasskeyAsk
from app.accounts.presence import Away
from app.accounts.queries import InvitationInfo, OpenSession
from app.notifications.reaching import Reach
from app.schools.posters import Week
from app.schools.queries import HolidayInfo, SchoolInfo
from app.web.forms import Form
from app.web.pages import Page

Errors = tuple[tuple[str, str], ...]
"""The id of each wrong field with what is wrong."""


def errors_of(*filled: Form) -> Errors:
    """Return what is wrong in *filled*, in order."""
    return tuple((name, str(text)) for form in filled for name, texts in form.errors.items() if name for text in texts)


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """Address, password, and code or passkey."""

    template: ClassVar[str] = "accounts/sign_in.html"
    form: forms.SignInForm
    passkey: PasskeyAsk | None
    """None on an address without a name."""
    refusal: str = ""
    has_ended: bool = False
    """Whether he was signed in, and is no more."""


@dataclass(frozen=True, kw_only=True)
class WelcomePage(Page):
    """An invitation: what it is for, and how to accept it."""

    template: ClassVar[str] = "accounts/welcome.html"
    offer: InvitationInfo
    role: str
    school: str
    form: forms.WelcomeForm
    secret: str
    qr: str
    errors: Errors = ()


@dataclass(frozen=True)
class MemberRow:
    """Somebody in the list of people; *state* is active, invited or expired."""

    id: str
    name: str
    role: str
    state: str
    is_self: bool
    is_deputy: bool | None = None
    """Of an adviser whether he only stands in for others; None for whom that does not matter."""
    waits: bool = False
    """True for an adviser whom no colleague has confirmed yet."""


@dataclass(frozen=True, kw_only=True)
class PeoplePage(Page):
    """Who is at the school; *link* is the new invitation's, shown this once."""

    template: ClassVar[str] = "accounts/people.html"
    school: SchoolInfo
    members: tuple[MemberRow, ...]
    missing: tuple[str, ...]
    form: forms.InviteForm
    link: str = ""
    invited: str = ""
    errors: Errors = ()


@dataclass(frozen=True)
class SchoolForms:
    """The forms of the school's page."""

    alias: forms.AliasForm
    places: forms.PlacesForm
    numbers: forms.NumbersForm
    holiday: forms.HolidayForm
    district: forms.DistrictForm
    exit: forms.ExitForm


@dataclass(frozen=True, kw_only=True)
class SchoolPage(Page):
    """The school's settings; who may not edit them sees state and link only."""

    template: ClassVar[str] = "accounts/school.html"
    school: SchoolInfo
    schools: tuple[SchoolInfo, ...]
    can_edit: bool
    missing: tuple[str, ...]
    start_url: str
    qr: str
    holidays: tuple[HolidayInfo, ...]
    is_district_confirmed: bool
    settings: SchoolForms
    errors: Errors = ()


@dataclass(frozen=True)
class NewsletterText:
    """A text for parents and students in one language, to copy."""

    tag: str
    html_lang: str
    direction: str
    autonym: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PosterPage(Page):
    """What leads to the start page: posters, cards, the words of this week and the next, texts for a newsletter."""

    template: ClassVar[str] = "accounts/poster.html"
    school: SchoolInfo
    schools: tuple[SchoolInfo, ...]
    sizes: tuple[str, ...]
    most_languages: int
    weeks: tuple[Week, ...]
    newsletters: tuple[NewsletterText, ...]
    errors: Errors = ()


@dataclass(frozen=True)
class SchoolRow:
    """How far a school is with starting; no counts."""

    name: str
    district: str
    is_open: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SchoolsPage(Page):
    """How far all schools are."""

    template: ClassVar[str] = "accounts/schools.html"
    rows: tuple[SchoolRow, ...]
    problems: tuple[str, ...]
    """What is wrong with mail."""


@dataclass(frozen=True)
class SchoolWeek:
    """The weekdays (0 for Monday) on which somebody works for a school."""

    slug: str
    name: str
    days: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class PresencePage(Page):
    """When an adviser is there: his weekdays for each school, and when he is away."""

    template: ClassVar[str] = "accounts/presence.html"
    schools: tuple[SchoolWeek, ...]
    weekdays: tuple[str, ...]
    absences: tuple[Away, ...]
    form: forms.AbsenceForm
    is_saved: bool
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """The ways in that somebody has, own sessions and password."""

    template: ClassVar[str] = "accounts/account.html"
    name: str
    keys: OwnKeys
    notice: str
    """What was just done, in words; empty when nothing was."""
    sessions: tuple[OpenSession, ...]
    form: forms.PasswordForm
    is_adviser: bool
    reach: Reach
    """Whether mail reaches him."""
    is_proof_asked: bool
    errors: Errors = ()
