"""The pages of somebody's own ways in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.accounts import own_forms
from app.accounts.own_keys import OwnKeys
from app.accounts.pages import Errors
from app.accounts.passkey_place import PasskeyAsk
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class PasskeysPage(Page):
    """One's passkeys: adding and removing them, with the password."""

    template: ClassVar[str] = "accounts/passkeys.html"
    keys: OwnKeys
    form: own_forms.PasswordAgainForm
    has_host_name: bool
    is_full: bool
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class NewPasskeyPage(Page):
    """Making a passkey; *options* is what the browser needs for it, as JSON."""

    template: ClassVar[str] = "accounts/new_passkey.html"
    form: own_forms.NewPasskeyForm
    options: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodePage(Page):
    """One's recovery code: making one, with the password, and trying whether it works."""

    template: ClassVar[str] = "accounts/recovery_code.html"
    keys: OwnKeys
    form: own_forms.PasswordAgainForm
    trial: own_forms.PaperForm
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class RecoverySheetPage(Page):
    """A new recovery code, to print or copy."""

    template: ClassVar[str] = "accounts/recovery_sheet.html"
    groups: tuple[str, ...]
    draft: str
    name: str
    made_on: date


@dataclass(frozen=True, kw_only=True)
class RecoveryGroupPage(Page):
    """Typing one group back (*number* counts from 1), so that the code stands on paper before it counts."""

    template: ClassVar[str] = "accounts/recovery_group.html"
    form: own_forms.GroupForm
    draft: str
    number: int
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class WayBackPage(Page):
    """What did you lose?"""

    template: ClassVar[str] = "accounts/recover.html"


@dataclass(frozen=True, kw_only=True)
class LostPasswordPage(Page):
    """Coming in without password."""

    template: ClassVar[str] = "accounts/lost_password.html"
    form: own_forms.LostPasswordForm
    passkey: PasskeyAsk | None
    errors: Errors = ()


@dataclass(frozen=True, kw_only=True)
class LostPhonePage(Page):
    """Coming in without second factor; *secret* and *qr* are for the new authenticator."""

    template: ClassVar[str] = "accounts/lost_phone.html"
    form: own_forms.LostPhoneForm
    secret: str
    qr: str
    errors: Errors = ()
