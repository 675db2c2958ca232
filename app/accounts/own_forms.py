"""What people post about their own ways in."""

from wtforms import EmailField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.accounts.passkeys import NAME_LENGTH
from app.i18n.translate import lazy_gettext
from app.web.forms import Form

_FILL_IN = InputRequired(lazy_gettext("Vul dit in."))


class PasswordAgainForm(Form):
    """The password once more, before something that cannot be taken back."""

    password = PasswordField(lazy_gettext("Je wachtwoord"), [_FILL_IN])


class NewPasskeyForm(Form):
    """A new passkey, and how its owner calls it."""

    name = StringField(
        lazy_gettext("Hoe noem je deze passkey?"),
        [_FILL_IN, Length(max=NAME_LENGTH, message=lazy_gettext("Neem hoogstens %(max)s tekens."))],
    )
    credential = HiddenField()


class PaperForm(Form):
    """The whole recovery code, to try it."""

    paper = TextAreaField(lazy_gettext("Je herstelcode"), [_FILL_IN])


class GroupForm(Form):
    """One group of a new recovery code, typed back from paper."""

    draft = HiddenField()
    group = StringField(lazy_gettext("Dit groepje"))


class LostPasswordForm(Form):
    """Coming in without password: the recovery code, with six digits or a passkey."""

    email = EmailField(lazy_gettext("E-mailadres"), [_FILL_IN])
    paper = TextAreaField(lazy_gettext("Je herstelcode"), [_FILL_IN])
    password = PasswordField(lazy_gettext("Nieuw wachtwoord"), [_FILL_IN])
    code = StringField(lazy_gettext("Zes cijfers uit je app"))
    credential = HiddenField()


class LostPhoneForm(Form):
    """Coming in without second factor: the recovery code, with the password."""

    email = EmailField(lazy_gettext("E-mailadres"), [_FILL_IN])
    paper = TextAreaField(lazy_gettext("Je herstelcode"), [_FILL_IN])
    password = PasswordField(lazy_gettext("Wachtwoord"), [_FILL_IN])
    code = StringField(lazy_gettext("Zes cijfers uit je app"), [_FILL_IN])
