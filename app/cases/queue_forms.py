"""What the pages of the queue and the fold post."""

from typing import Any

from wtforms import SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.cases.forms import own_words
from app.cases.saved_views import MOST_NAME_LETTERS
from app.cases.words_sought import terms_of
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.web.forms import Form

MOST_QUERY_LETTERS = 200
_FEWEST_LETTERS = 2


def sought_words(_form: Form, field: Any) -> None:
    """Refuse a query in which no word has two letters, for that would find everything."""
    text = field.data or ""
    if len(text) > MOST_QUERY_LETTERS:
        raise ValidationError(_("Zoek met minder woorden."))
    if not any(len(term) >= _FEWEST_LETTERS for term in terms_of(text)):
        raise ValidationError(_("Typ een woord van ten minste twee letters."))


class SearchForm(Form):
    """Words to look for."""

    words = StringField(lazy_gettext("Zoek in alles wat je mag lezen"), [sought_words])


class SaveViewForm(Form):
    """A name for the filters and words that are on."""

    name = StringField(lazy_gettext("Naam"), [Length(1, MOST_NAME_LETTERS), own_words])
    words = StringField(validators=[Length(max=MOST_QUERY_LETTERS)])


class TickForm(Form):
    """The cases of the fold that are ticked, and on which page."""

    case = SelectMultipleField(choices=(), validate_choice=False)
    after = StringField()


class BulkForm(Form):
    """The one sentence with which several cases are closed."""

    outcome = TextAreaField(lazy_gettext("Wat lezen deze leerlingen?"), [own_words])
