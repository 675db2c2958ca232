"""What an adviser fills in about what was told to him."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField, ValidationError, widgets

from app.cases.forms import own_words
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.web.forms import Form


def chosen(_form: Form, field: Any) -> None:
    """Refuse a question without an answer, or with one that is not offered."""
    if field.data not in dict(field.choices):
        raise ValidationError(_("Kies een antwoord."))


class TellForm(Form):
    """Three things: what was told, what it is about, and who may read it."""

    seed = HiddenField()
    school = HiddenField()
    story = TextAreaField(lazy_gettext("Wat is er verteld? Schrijf het op zoals het is gezegd"), [own_words])
    about = RadioField(lazy_gettext("Waar gaat het vooral over?"), [chosen], validate_choice=False)
    danger = RadioField(lazy_gettext("Is er nu iemand in gevaar?"), [chosen], validate_choice=False)
    without = SelectMultipleField(
        lazy_gettext("Over wie gaat het? Die krijgt het niet"),
        option_widget=widgets.CheckboxInput(),
        validate_choice=False,
    )
