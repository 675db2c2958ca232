"""What the pages of steps and of the ledger post."""

from collections.abc import Mapping
from typing import Any

from typing_extensions import override
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.cases.consent_wording import KINDS
from app.cases.forms import own_words
from app.cases.steps import BY_CONSENT, READER
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.web.forms import Form

ROLES = {
    "staff": _lazy("Een collega"),
    "leader": _lazy("De schoolleiding of het bestuur"),
    "parents": _lazy("Ouders"),
    "student": _lazy("Een andere leerling"),
    "accused": _lazy("Degene over wie het gaat"),
    "police": _lazy("De politie"),
    "partner": _lazy("Iemand van buiten de school"),
}
GROUNDS = {
    "student": _lazy("De leerling heeft het zelf verteld"),
    BY_CONSENT: _lazy("De leerling vond het goed"),
    "duty": _lazy("Het moest van de wet"),
    "general": _lazy("Niemand was erin te herkennen"),
}


def choices_of(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a field offers, by code."""
    return [(code, str(label)) for code, label in labels.items()]


class StepForm(Form):
    """A step to prepare."""

    kind = SelectField(_lazy("Wat wil je doen?"))
    about = TextAreaField(_lazy("Wat precies? Dit leest de leerling"), [own_words])

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices_of({code: label for code, label in KINDS.items() if code != READER})


class OverrideForm(Form):
    """A duty that goes before the student's answer, with what he is told first."""

    duty = SelectField(_lazy("Welke plicht?"))
    told = TextAreaField(_lazy("Dit leest de leerling eerst"), [own_words])


class LedgerForm(Form):
    """What was told to whom."""

    fact = SelectField(_lazy("Wat is er verteld?"))
    words = StringField(_lazy("Of in eigen woorden"))
    role = SelectField(_lazy("Aan wie?"))
    to = StringField(_lazy("Wie precies?"))
    day = DateField(_lazy("Op welke dag?"), [InputRequired(message=_lazy("Kies een dag."))])
    ground = SelectField(_lazy("Waarom mocht dat?"))
    step = HiddenField()

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices, self.ground.choices = choices_of(ROLES), choices_of(GROUNDS)

    def validate_words(self, field: Any) -> None:
        """Refuse an entry that names no fact."""
        if field.data or not self.fact.data:
            own_words(self, field)


class StrikeForm(Form):
    """An entry that was wrong, and why."""

    entry = HiddenField()
    reason = StringField(_lazy("Waarom klopt het niet?"), [own_words])


class WhoForm(Form):
    """The fact of which somebody asks who knew it."""

    sought = SelectField(_lazy("Kies wat er is verteld"))
    sought_words = StringField(_lazy("Of zoek een woord"))


def nothing_chosen() -> str:
    """Return what stands for no fact of the report."""
    return _("Iets anders, in eigen woorden")
