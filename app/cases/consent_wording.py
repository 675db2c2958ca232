"""Steps in words: what each gives away, what an adviser asks, and what a student answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.cases.duties import compass
from app.cases.steps import BY_CONSENT, BY_LAW, READER, Step
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy

KINDS: Mapping[str, str] = {
    "talk_general": _lazy("In het algemeen praten"),
    "watch": _lazy("Laten opletten"),
    "witnesses": _lazy("Praten met wie het zag"),
    "parents": _lazy("Praten met ouders"),
    "accused": _lazy("Praten met degene over wie het gaat"),
    "police": _lazy("Naar de politie gaan"),
    "partner": _lazy("Hulp van buiten de school vragen"),
    READER: _lazy("Een collega laten meelezen"),
}
EXPOSURES: Mapping[str, str] = {
    "talk_general": _lazy("Niemand hoort dat er een melding is. Wie het kent, kan wel iets vermoeden."),
    "watch": _lazy("Een collega let op een plek of een moment. Die hoort niet wie iets vertelde, en niet waarom."),
    "witnesses": _lazy("Wie het zag, hoort dat iemand iets vertelde. Die kan raden wie, en kan erover praten."),
    "parents": _lazy("Ouders horen wat er speelt. Zij kunnen raden wie het vertelde."),
    "accused": _lazy("Degene over wie het gaat, hoort dat iemand iets vertelde. Die kan raden wie."),
    "police": _lazy("De politie hoort wat er is gebeurd en kan vragen van wie het komt. Wat zij doet, kiest zij zelf."),
    "partner": _lazy("Iemand van een andere organisatie hoort wat er speelt, en kan vragen om wie het gaat."),
    READER: _lazy("Die collega leest dan alles wat er is verteld en geschreven."),
}
"""Who may learn what by a step of each kind; an adviser reads the same sentence as the student."""
STATES: Mapping[str, str] = {
    "planned": _lazy("Voorbereid"),
    "asked": _lazy("Wacht op de leerling"),
    "agreed": _lazy("De leerling vindt het goed"),
    "only_general": _lazy("Alleen in het algemeen"),
    "not_yet": _lazy("Nog niet"),
    "done": _lazy("Gedaan"),
    "dropped": _lazy("Gaat niet door"),
    "overridden": _lazy("Moet van de wet, en is verteld"),
}
CHIPS: Mapping[str, str] = {
    "yes": _lazy("Ja, dat mag"),
    "only_general": _lazy("Alleen in het algemeen, zonder dat ze weten van wie"),
    "not_yet": _lazy("Nog niet"),
}
_ANSWERED: Mapping[str, str] = {
    "yes": _lazy("Antwoord van de leerling: ja, dat mag."),
    "only_general": _lazy("Antwoord van de leerling: alleen in het algemeen, zonder dat ze weten van wie."),
    "not_yet": _lazy("Antwoord van de leerling: nog niet."),
}
_OWN_ANSWERED: Mapping[str, str] = {
    "yes": _lazy("Je antwoordde: ja, dat mag."),
    "only_general": _lazy("Je antwoordde: alleen in het algemeen, zonder dat ze weten van wie."),
    "not_yet": _lazy("Je antwoordde: nog niet."),
}


@dataclass(frozen=True, kw_only=True)
class StepQuestion:
    """A step as the student sees it: what is asked, what it would mean for him, and what he answered."""

    step: str
    title: str
    about: str
    exposure: str
    answer: str
    answered: str
    """The answer in words; empty when there is none yet."""
    chips: Mapping[str, str]
    duty: str = ""
    """What must be passed on whatever he answers; empty when nothing must."""
    source: str = ""


def kind_label(kind: str) -> str:
    """Return a kind of step in words; one that is no longer known stays as it is."""
    return str(KINDS.get(kind, kind))


def exposure_of(kind: str) -> str:
    """Return who may learn what by a step of that kind."""
    return str(EXPOSURES.get(kind, ""))


def state_label(state: str) -> str:
    """Return in words how a step stands."""
    return str(STATES[state])


def ground_label(ground: str) -> str:
    """Return in words on what ground something was done or told."""
    kind, _colon, duty_id = ground.partition(":")
    if kind == BY_CONSENT:
        return _("de leerling vond het goed")
    if kind == BY_LAW:
        duty = compass().duty(duty_id)
        return _("de wet: %(duty)s", duty=_(duty.title) if duty else duty_id)
    return _("er was niets in te herkennen")


def ask_text(content: Mapping[str, str], *, is_own: bool) -> str:
    """Return in the present language what an adviser asks; *is_own* is for the student himself."""
    what, about = kind_label(content.get("kind", "")), content.get("text", "")
    if is_own:
        return "\n".join((_("Ik wil je iets vragen. Mag dit: %(what)s?", what=what.lower()), about))
    return "\n".join((_("Gevraagd aan de leerling: %(what)s", what=what), about))


def consent_text(content: Mapping[str, str], *, is_own: bool) -> str:
    """Return in the present language what a student answered; *is_own* is for the student himself."""
    answer = content.get("answer", "")
    said = str((_OWN_ANSWERED if is_own else _ANSWERED).get(answer, answer))
    return said if is_own else f"{said} ({kind_label(content.get('kind', ''))})"


def question_of(step: Step) -> StepQuestion:
    """Return *step* as its student sees it, in the present language."""
    duty = compass().duty(step.duty) if step.duty else None
    return StepQuestion(
        step=step.id,
        title=kind_label(step.kind),
        about=step.about,
        exposure=exposure_of(step.kind),
        answer=step.answer,
        answered=str(_OWN_ANSWERED.get(step.answer, "")),
        chips={code: str(label) for code, label in CHIPS.items()} if step.asked_on else {},
        duty=_(duty.tell_first) if duty else "",
        source=_(duty.source.article) if duty else "",
    )
