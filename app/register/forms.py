"""What the pages of the register post."""

from datetime import date
from typing import Any

from typing_extensions import override
from wtforms import BooleanField, DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app import clock
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.register.codes import DEFAULTS, FIELDS
from app.register.queries import IncidentInfo
from app.register.rules import MOST_AFFECTED, FactsError, IncidentFacts, check
from app.web.forms import Form


class IncidentForm(Form):
    """One incident: a day and codes, and nothing that can be typed but a number."""

    day = DateField(_lazy("Welke dag?"), [InputRequired(message=_lazy("Kies een dag."))])
    category = SelectField(_lazy("Soort incident"))
    second_category = SelectField(_lazy("Ook nog"))
    part_of_day = SelectField(_lazy("Dagdeel"))
    place = SelectField(_lazy("Plaats"))
    is_online = BooleanField(_lazy("Het was (ook) online"))
    object = SelectField(_lazy("Voorwerp"))
    motive = SelectField(_lazy("Aanleiding"))
    causer_role = SelectField(_lazy("Wie deed het?"))
    affected_role = SelectField(_lazy("Wie had er last van?"))
    affected_count = IntegerField(
        _lazy("Hoeveel mensen hadden er last van? (0: niet bekend)"),
        [Optional(), NumberRange(0, MOST_AFFECTED, message=_lazy("Schrijf een getal van 0 tot 500."))],
    )
    injury = SelectField(_lazy("Letsel"))
    source = SelectField(_lazy("Hoe weet de school het?"))
    certainty = SelectField(_lazy("Hoe zeker is het?"))
    serious_reason = SelectField(_lazy("Waarom ernstig?"))
    follow_up = SelectField(_lazy("Wat deed de school?"))
    police_report = SelectField(_lazy("Politie"))
    inspectorate = SelectField(_lazy("Melding bij de inspectie"))
    reported_on = DateField(_lazy("Gemeld op"), [Optional()])

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (_label, labels) in FIELDS.items():
            self[name].choices = [(code, str(label)) for code, label in labels.items()]
        labels = FIELDS["category"][1]
        self.category.choices = [("", _("Kies een soort")), *((code, str(label)) for code, label in labels.items())]

    def facts(self) -> IncidentFacts | None:
        """Return what was filled in, or None with errors beside the fields."""
        if not self.validate() or self.day.data is None:
            return None
        facts = IncidentFacts(
            day=self.day.data,
            codes={name: self[name].data or "" for name in FIELDS},
            is_online=bool(self.is_online.data),
            affected_count=self.affected_count.data or 0,
            reported_on=self.reported_on.data,
        )
        try:
            check(facts, clock.today())
        except FactsError as error:
            self._tell(error)
            return None
        return facts

    def _tell(self, error: FactsError) -> None:
        texts = {
            "in_future": _("Deze dag moet nog komen."),
            "too_old": _("Deze dag is langer dan drie jaar geleden."),
            "out_of_order": _("Kies een dag tussen het incident en vandaag."),
            "out_of_range": _("Schrijf een getal van 0 tot 500."),
        }
        for name, code in error.faults.items():
            self[name].errors = [texts.get(code, _("Kies een van de antwoorden."))]


def blank(day: date, proposals: dict[str, str] | None = None) -> IncidentForm:
    """Return a form with defaults and *proposals* filled in."""
    return IncidentForm(formdata=None, data={**DEFAULTS, "category": "", "day": day, **(proposals or {})})


def filled(incident: IncidentInfo) -> IncidentForm:
    """Return a form with what an incident says now."""
    told = {name: getattr(incident, name) for name in (*FIELDS, "day", "is_online", "affected_count", "reported_on")}
    return IncidentForm(formdata=None, data=told)


MOST_SIGNS = 4_000


class EvaluationForm(Form):
    """What a school adds to its evaluation; about the school, never about a person."""

    monitor = TextAreaField(
        _lazy("Uitkomst van de monitor onder leerlingen"),
        [Length(max=MOST_SIGNS, message=_lazy("Dit is te lang: hoogstens 4.000 tekens."))],
    )
    complaints = IntegerField(
        _lazy("Aantal klachten"),
        [Optional(), NumberRange(0, 10_000, message=_lazy("Schrijf een heel getal van 0 of meer."))],
    )
    adviser_report = TextAreaField(
        _lazy("Jaarverslag van de vertrouwenspersoon, kort"),
        [Length(max=MOST_SIGNS, message=_lazy("Dit is te lang: hoogstens 4.000 tekens."))],
    )
    actions = TextAreaField(
        _lazy("Wat we dit jaar deden"),
        [Length(max=MOST_SIGNS, message=_lazy("Dit is te lang: hoogstens 4.000 tekens."))],
    )
    conclusions = TextAreaField(
        _lazy("Wat we concluderen en volgend jaar doen"),
        [Length(max=MOST_SIGNS, message=_lazy("Dit is te lang: hoogstens 4.000 tekens."))],
    )
