"""The pages of keys."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.accounts import forms, key_forms
from app.accounts.key_events import ShownEvent
from app.accounts.school_recovery import BegunInfo, RecoveryInfo
from app.schools.queries import SchoolInfo
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class HolderRow:
    """An adviser with a key, as a colleague sees him."""

    membership_id: str
    person_id: str
    name: str
    role: str
    words: str
    since: date | None
    confirmed_by: str
    is_deputy: bool
    is_self: bool
    is_confirmed: bool


@dataclass(frozen=True)
class EventRow:
    """One event of the log."""

    text: str
    words: str
    """Of the fingerprint."""
    event: ShownEvent


@dataclass(frozen=True)
class WayBack:
    """A link that lets a colleague in again, and whether it went to his own address."""

    name: str
    is_mailed: bool
    link: str = ""
    """To hand over where Vertel has no mail server, as in the demo; else empty."""


@dataclass(frozen=True, kw_only=True)
class KeysPage(Page):
    """Who holds keys at a school, who waits, what is at risk and what happened."""

    template: ClassVar[str] = "accounts/keys.html"
    school: SchoolInfo
    schools: tuple[SchoolInfo, ...]
    is_confirmed: bool
    waiting: tuple[HolderRow, ...]
    holders: tuple[HolderRow, ...]
    risks: tuple[str, ...]
    recovery: RecoveryInfo | None
    begun: BegunInfo | None
    own_id: str
    events: tuple[EventRow, ...]
    second_form: key_forms.SecondForm
    way_back: WayBack | None = None
    """The link that was made just now; only this one answer knows it."""


@dataclass(frozen=True, kw_only=True)
class HalfPage(Page):
    """Half of the recovery key, to print or copy; shown this once."""

    template: ClassVar[str] = "accounts/half.html"
    school: SchoolInfo
    groups: tuple[str, ...]
    other: str
    """Who has, or makes, the other half."""
    is_first: bool
    made_on: date


@dataclass(frozen=True, kw_only=True)
class DrillPage(Page):
    """Trying both halves, which gives nothing to anybody."""

    template: ClassVar[str] = "accounts/drill.html"
    school: SchoolInfo
    form: key_forms.HalvesForm
    has_worked: bool
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RescuePage(Page):
    """A link with which an adviser comes in again: new password, new second factor, new key."""

    template: ClassVar[str] = "accounts/rescue.html"
    form: forms.WelcomeForm
    email: str
    secret: str
    qr: str
    errors: tuple[tuple[str, str], ...] = ()
