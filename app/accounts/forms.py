"""What people who sign in post."""

from wtforms import (
    DateField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Regexp

from app.i18n.translate import lazy_gettext
from app.web.forms import Form

_FILL_IN = InputRequired(lazy_gettext("Vul dit in."))
_NUMBER = Regexp(r"\s*\d{0,5}\s*\Z", message=lazy_gettext("Schrijf een heel getal, of laat het leeg."))


class SignInForm(Form):
    """Address, password, and code or passkey, all at once, so that no answer tells which one was wrong."""

    email = EmailField(lazy_gettext("E-mailadres"), [_FILL_IN])
    password = PasswordField(lazy_gettext("Wachtwoord"), [_FILL_IN])
    code = StringField(lazy_gettext("Zes cijfers uit je app"))
    credential = HiddenField()


class WelcomeForm(Form):
    """Accepting an invitation; somebody with an account gives his present password."""

    password = PasswordField(lazy_gettext("Wachtwoord"), [_FILL_IN])
    code = StringField(lazy_gettext("Zes cijfers uit je app"), [_FILL_IN])


class InviteForm(Form):
    """Inviting somebody to the school."""

    name = StringField(lazy_gettext("Naam, zoals leerlingen die kennen"), [_FILL_IN])
    email = EmailField(lazy_gettext("E-mailadres"), [_FILL_IN])
    role = RadioField(lazy_gettext("Rol"), [InputRequired(lazy_gettext("Kies een rol."))])


class PasswordForm(Form):
    """Changing the password."""

    present = PasswordField(lazy_gettext("Je wachtwoord van nu"), [_FILL_IN])
    new = PasswordField(lazy_gettext("Nieuw wachtwoord"), [_FILL_IN])


class AliasForm(Form):
    """What the school calls itself."""

    alias = StringField(lazy_gettext("Naam die leerlingen kennen"))


class PlacesForm(Form):
    """The places that a student can choose."""

    places = TextAreaField(lazy_gettext("Plekken, elk op een eigen regel"))


class HolidayForm(Form):
    """Days on which nobody reads."""

    holiday = StringField(lazy_gettext("Naam, zoals studiedag"), [_FILL_IN])
    first_day = DateField(lazy_gettext("Eerste dag"), [InputRequired(lazy_gettext("Kies een dag."))])
    last_day = DateField(lazy_gettext("Laatste dag"), [InputRequired(lazy_gettext("Kies een dag."))])


class AbsenceForm(Form):
    """Days on which somebody does not work; why is not asked."""

    first_day = DateField(lazy_gettext("Eerste dag"), [InputRequired(lazy_gettext("Kies een dag."))])
    last_day = DateField(lazy_gettext("Laatste dag"), [InputRequired(lazy_gettext("Kies een dag."))])


class WeekdaysForm(Form):
    """The weekdays on which somebody works; none at all is an answer too."""

    days = SelectMultipleField(validate_choice=False)


class NumbersForm(Form):
    """How many pupils there are; empty where the school does not know."""

    pupils = StringField(lazy_gettext("Aantal leerlingen"), [_NUMBER])
    class_size = StringField(lazy_gettext("Leerlingen in een gewone klas"), [_NUMBER])


class DistrictForm(Form):
    """The district in which the school stands."""

    district = SelectField(lazy_gettext("Stadsdeel"))


class ExitForm(Form):
    """Where the exit leads to."""

    exit_url = StringField(lazy_gettext("Adres van een gewone pagina"))
