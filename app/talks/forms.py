"""What a school's manager posts about the talk."""

from wtforms import SelectMultipleField, StringField, TextAreaField

from app.i18n.translate import lazy_gettext
from app.web.forms import Form


class PartsForm(Form):
    """What the school adds to the talk and leaves out of it; what is right is decided where it is set."""

    intro = TextAreaField(lazy_gettext("Eigen begin"))
    ask = StringField(lazy_gettext("Eigen vraag"))
    chips = TextAreaField(lazy_gettext("Antwoorden, elk op een eigen regel"))
    off = SelectMultipleField(lazy_gettext("Wat jullie niet vragen"), validate_choice=False)
