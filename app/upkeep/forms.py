"""What people of the network post."""

from wtforms import BooleanField, HiddenField, TextAreaField

from app.i18n.translate import lazy_gettext
from app.web.forms import Form


class NumberForm(Form):
    """What somebody found who called `number`; `is_right` is "yes" or "no"."""

    number = HiddenField()
    is_right = HiddenField()


class SheetForm(Form):
    """The social map as it was pasted; `edition` names the state that a preview was made of, empty before it."""

    sheet = TextAreaField(lazy_gettext("De rijen uit het rekenblad, met de bovenste rij erbij"))
    is_whole = BooleanField(lazy_gettext("Dit is de hele kaart: diensten die er niet in staan, verdwijnen"))
    edition = HiddenField()
