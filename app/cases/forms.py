"""What the adviser's pages post."""

from typing import Any

from wtforms import TextAreaField, ValidationError

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


class ReplyForm(Form):
    """An answer to the student."""

    text = TextAreaField(lazy_gettext("Antwoord aan de leerling"), [own_words])


class CloseForm(Form):
    """The last sentence of a case."""

    outcome = TextAreaField(lazy_gettext("Wat is er gedaan? Dit leest de leerling"), [own_words])
