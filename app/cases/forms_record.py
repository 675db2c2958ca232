"""What the pages of copies and of the school's deeds post."""

from typing import Any

from wtforms import PasswordField, RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from app.cases.deeds import MOST_LETTERS
from app.cases.exporting import GROUNDS, chosen_parts
from app.cases.forms import own_words
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.web.forms import Form


def short_words(_form: Form, field: Any) -> None:
    """Refuse what is too long for one sentence on a page."""
    if len((field.data or "").replace("\r\n", "\n").strip()) > MOST_LETTERS:
        raise ValidationError(_("Je zin is te lang. Er passen %(most)s tekens in. Maak hem korter.", most=MOST_LETTERS))


def known_ground(_form: Form, field: Any) -> None:
    """Refuse a ground that is not on the list."""
    if field.data not in GROUNDS:
        raise ValidationError(_("Kies waarvoor de kopie is."))


def known_parts(_form: Form, field: Any) -> None:
    """Refuse a copy with nothing in it."""
    if not chosen_parts(field.data or ()):
        raise ValidationError(_("Kies wat er in de kopie staat."))


class CopyForm(Form):
    """A copy of a case: why, with what in it, and the password once more."""

    ground = RadioField(lazy_gettext("Waarvoor is de kopie?"), [known_ground], validate_choice=False)
    parts = SelectMultipleField(lazy_gettext("Wat staat erin?"), [known_parts], validate_choice=False)
    password = PasswordField(lazy_gettext("Je wachtwoord"), [InputRequired(lazy_gettext("Vul dit in."))])


class DeedForm(Form):
    """A sentence about what the school did."""

    text = TextAreaField(lazy_gettext("Wat deed de school?"), [own_words, short_words])
