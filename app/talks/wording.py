"""Codes of a talk as words in the present language."""

from collections.abc import Iterable, Mapping

from app.flows.conditions import as_list
from app.flows.model import (
    ELSEWHERE,
    LAST_WEEK,
    LONGER_AGO,
    NOBODY,
    SCHOOL_INTRO,
    SCHOOL_QUESTION,
    SKIP,
    TODAY,
    UNSURE,
    YESTERDAY,
    Step,
)
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy

CONSTANTS: Mapping[str, str] = {
    SKIP: _lazy("Sla over"),
    UNSURE: _lazy("Weet ik niet"),
    ELSEWHERE: _lazy("Ergens anders"),
    NOBODY: _lazy("Nee, iemand anders"),
    TODAY: _lazy("Vandaag"),
    YESTERDAY: _lazy("Gisteren"),
    LAST_WEEK: _lazy("Vorige week"),
    LONGER_AGO: _lazy("Langer geleden"),
}
CATEGORIES: Mapping[str, str] = {
    "violence": _lazy("Lichamelijk geweld"),
    "sexual": _lazy("Seksueel grensoverschrijdend gedrag"),
    "intimidation": _lazy("Intimidatie"),
    "threat": _lazy("Bedreiging"),
    "bullying": _lazy("Pesten"),
    "vandalism": _lazy("Vernieling"),
    "theft": _lazy("Diefstal"),
    "drugs": _lazy("Drugs of alcohol"),
    "weapon": _lazy("Wapens"),
    "discrimination": _lazy("Discriminatie"),
    "online": _lazy("Iets dat online gebeurt"),
    "fear": _lazy("Een mes uit angst"),
    "recruited": _lazy("Gevraagd worden voor geld of klusjes"),
    "home": _lazy("Onveilig thuis"),
    "other": _lazy("Iets anders"),
    "unsorted": _lazy("Nog niet ingedeeld"),
}
URGENCIES: Mapping[str, str] = {"now": _lazy("Dringend"), "soon": _lazy("Niet dringend")}
ROLES: Mapping[str, str] = {
    "internal": _lazy("vertrouwenspersoon op school"),
    "external": _lazy("vertrouwenspersoon van buiten de school"),
}
TOPICS: Mapping[str, str] = {
    "life": _lazy("niet meer willen leven"),
    "threat": _lazy("iemand loopt gevaar"),
    "sexual": _lazy("seksueel geweld"),
    "home": _lazy("onveilig thuis"),
}
"""What words in a text may point to, the gravest first."""
KINDS: Mapping[str, str] = {
    "text": _lazy("Eigen woorden"),
    "date": _lazy("Een dag"),
    "place": _lazy("Een plek van de school"),
    "person": _lazy("Iemand die meldingen leest"),
}
OWN_STEPS: Mapping[str, str] = {
    SCHOOL_INTRO: _lazy("Eigen begin van de school"),
    SCHOOL_QUESTION: _lazy("Eigen vraag van de school"),
}
MOST_WORDS = 5
"""How many words of a bubble stand for it."""


def step_name(step: Step) -> str:
    """Return how people call a step: its short name, else its question, else the beginning of what it says."""
    if step.id in OWN_STEPS:
        return str(OWN_STEPS[step.id])
    if step.is_question:
        return _(step.label or step.ask)
    words = _(step.say).split()
    return " ".join(words) if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]).rstrip(".,:;") + "…"


def code_label(step: Step, code: str) -> str:
    """Return an answer of *step* in words; a code without words stays as it is."""
    if code in step.chips:
        return _(step.chips[code])
    return str(CONSTANTS.get(code) or TOPICS.get(code) or code)


def fact_labels(fact: str, codes: object) -> list[str]:
    """Return the categories, urgencies or topics called *codes* in words."""
    words: Mapping[str, str] = {"category": CATEGORIES, "urgency": URGENCIES, "watch": TOPICS}.get(fact, {})
    return [str(words.get(code, code)) for code in as_list(codes)]


def role_labels(codes: Iterable[str]) -> tuple[str, ...]:
    """Return roles in words."""
    return tuple(str(ROLES.get(code, code)) for code in codes)


def quoted(texts: Iterable[str]) -> tuple[str, ...]:
    """Put each text in quotes, so that a comma inside it parts nothing."""
    return tuple(_("“%(text)s”", text=text) for text in texts)


def either(texts: Iterable[str]) -> str:
    """Join *texts* by "or"."""
    joined = ""
    for text in texts:
        joined = _("%(one)s of %(other)s", one=joined, other=text) if joined else text
    return joined
