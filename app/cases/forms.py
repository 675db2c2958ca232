"""What the adviser's pages post."""

from typing import Any

from typing_extensions import override
from wtforms import IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from app.cases.labels import MOST_LETTERS
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.web.forms import MAX_TEXT, Form

_UNSTORABLE = {"\0"} | {chr(code) for code in range(0xD800, 0xE000)}


def own_words(_form: Form, field: Any) -> None:
    """Refuse an empty text, one that is too long, and one with a character that cannot be stored."""
    text = field.data or ""
    if not text.strip():
        raise ValidationError(_("Typ eerst een tekst."))
    # Browsers send each line end as two characters and count it as one.
    if len(text.replace("\r\n", "\n")) > MAX_TEXT:
        raise ValidationError(_("Je tekst is te lang. Er passen %(most)s tekens in. Maak hem korter.", most=MAX_TEXT))
    if not _UNSTORABLE.isdisjoint(text):
        raise ValidationError(_("In je tekst staat een teken dat we niet kunnen bewaren. Typ dat stukje opnieuw."))


def own_words_or_phrases(form: "WordsForm", field: Any) -> None:
    """Refuse an empty text only where no sentence was chosen either."""
    if (field.data or "").strip() or not form.has_phrases:
        own_words(form, field)


def short(_form: Form, field: Any) -> None:
    """Refuse a label that is too long to stand in a list."""
    if len((field.data or "").strip()) > MOST_LETTERS:
        raise ValidationError(_("Een label heeft hooguit %(most)s letters.", most=MOST_LETTERS))


class WordsForm(Form):
    """What an adviser sends to a student: typed words, sentences of the desk, or both."""

    seen = IntegerField(validators=[Optional()])
    """Number of the last message that stood on the page."""
    has_phrases = False
    """Set by the view when sentences were chosen."""

    @property
    def words(self) -> Any:
        """Return the field with the typed words."""
        raise NotImplementedError


class ReplyForm(WordsForm):
    """An answer to the student."""

    text = TextAreaField(lazy_gettext("In je eigen woorden"), [own_words_or_phrases])

    @property
    @override
    def words(self) -> Any:
        return self.text


class CloseForm(WordsForm):
    """The last sentence of a case."""

    outcome = TextAreaField(lazy_gettext("Wat is er gedaan? Dit leest de leerling"), [own_words_or_phrases])

    @property
    @override
    def words(self) -> Any:
        return self.outcome


class NoteForm(Form):
    """A note that everybody who reads the case can read."""

    text = TextAreaField(lazy_gettext("Notitie voor wie meeleest"), [own_words])


class OwnNoteForm(Form):
    """A note for its writer alone."""

    own = TextAreaField(lazy_gettext("Notitie voor jezelf"), [own_words])


class LabelForm(Form):
    """One label."""

    label = StringField(lazy_gettext("Nieuw label"), [own_words, short])
