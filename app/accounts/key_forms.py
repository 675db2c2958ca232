"""What advisers post about keys."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from app.i18n.translate import lazy_gettext
from app.web.forms import Form

_FILL_IN = InputRequired(lazy_gettext("Vul dit in."))


class SecondForm(Form):
    """Who makes the other half of the recovery key."""

    second = SelectField(lazy_gettext("Wie maakt de tweede helft?"))


class HalvesForm(Form):
    """Both halves of the recovery key, copied from paper."""

    first = TextAreaField(lazy_gettext("De ene helft"), [_FILL_IN])
    second = TextAreaField(lazy_gettext("De andere helft"), [_FILL_IN])
