"""What the error page says for each thing that can go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext

CSRF = "csrf"
"""Stands in for a status: the form carries a token that is missing, outdated or from somewhere else."""


@dataclass(frozen=True)
class ErrorText:
    """What is wrong, in one heading and one sentence, and how to go on."""

    title: str
    explanation: str
    advice: str


def for_error(key: int | str, *, is_staff: bool, seconds: int) -> ErrorText:
    """Return the words for the status *key* (or `CSRF`); *seconds* is how long to wait where waiting helps."""
    found = (_STAFF.get(key) if is_staff else None) or _TEXTS.get(key)
    title, explanation, advice = found or _TEXTS[400 if key in range(400, 500) else 500]
    if key in _WAITING:
        advice = _("Probeer het over %(seconds)s seconden opnieuw.", seconds=seconds)
    return ErrorText(str(title), str(explanation), str(advice))


_WAITING = frozenset({429, 503})
_BACK = lazy_gettext("Ga terug en probeer het opnieuw.")
_TEXTS: Mapping[int | str, tuple[Any, Any, Any]] = {
    400: (
        lazy_gettext("Dit kunnen we niet lezen"),
        lazy_gettext(
            "Er zit iets in wat je stuurde dat we niet kunnen bewaren. Daarom is er van deze stap niets opgeslagen."
        ),
        lazy_gettext("Ga terug en typ je antwoord opnieuw. Wat je daarvoor hebt beantwoord, is er nog."),
    ),
    CSRF: (
        lazy_gettext("Deze pagina is verouderd"),
        lazy_gettext(
            "Er is niets verloren. Maar deze stap is nog niet opgeslagen, omdat de pagina te lang open stond."
        ),
        lazy_gettext(
            "Ga terug naar de vraag en probeer het nog een keer. Lukt het niet? Zet dan cookies aan voor deze site."
        ),
    ),
    403: (
        lazy_gettext("Dit mag niet vanaf deze plek"),
        lazy_gettext("Een andere site stuurde dit hierheen. We hebben er niets mee gedaan."),
        lazy_gettext("Wil je zelf iets vertellen? Begin dan op de pagina van je school."),
    ),
    404: (
        lazy_gettext("Deze pagina is er niet"),
        lazy_gettext("Misschien is het adres niet goed overgenomen."),
        lazy_gettext("Scan de QR-code op school nog een keer, of kijk het adres na."),
    ),
    405: (
        lazy_gettext("Dat kan hier niet"),
        lazy_gettext("Deze pagina kan dit niet doen. Er is niets veranderd."),
        _BACK,
    ),
    409: (
        lazy_gettext("Dit is al gedaan"),
        lazy_gettext("Iets is intussen veranderd, misschien in een ander tabblad. We hebben niets dubbel opgeslagen."),
        lazy_gettext("Ga terug om te zien hoe het er nu voor staat."),
    ),
    410: (
        lazy_gettext("Dit is er niet meer"),
        lazy_gettext("Het is gewist, zodat niemand anders het kan lezen."),
        lazy_gettext("Je kunt opnieuw beginnen."),
    ),
    413: (
        lazy_gettext("Je tekst is te lang"),
        lazy_gettext("Van deze stap is niets opgeslagen. Je gesprek tot de vorige stap is er nog."),
        lazy_gettext("Ga terug en maak je tekst korter dan 10.000 tekens. Later kun je meer vertellen."),
    ),
    415: (
        lazy_gettext("Dit kunnen we niet lezen"),
        lazy_gettext("Je kunt hier alleen tekst sturen, geen bestanden. Er is niets opgeslagen."),
        _BACK,
    ),
    422: (
        lazy_gettext("Dit antwoord past niet bij de vraag"),
        lazy_gettext("Van deze stap is niets opgeslagen. Je gesprek tot de vorige stap is er nog."),
        lazy_gettext("Ga terug naar de vraag en kies opnieuw."),
    ),
    429: (
        lazy_gettext("Even wachten"),
        lazy_gettext("Er komt nu heel veel tegelijk binnen. Wat je tot nu toe schreef, is er nog."),
        _BACK,
    ),
    500: (
        lazy_gettext("Er ging bij ons iets mis"),
        lazy_gettext("Het ligt niet aan jou. Wat je tot de vorige stap hebt beantwoord, is er nog."),
        lazy_gettext(
            "Ga terug en probeer het opnieuw. Lukt het weer niet? Dan kun je ook bellen of chatten met iemand."
        ),
    ),
    503: (
        lazy_gettext("Het is even druk"),
        lazy_gettext("Het lukt nu niet om je antwoord op te slaan. Wat je tot nu toe schreef, is er nog."),
        _BACK,
    ),
}
_STAFF: Mapping[int | str, tuple[Any, Any, Any]] = {
    403: (
        lazy_gettext("Dit mag niet vanaf deze plek"),
        lazy_gettext("Een andere site stuurde dit hierheen. We hebben er niets mee gedaan."),
        _BACK,
    ),
    404: (
        lazy_gettext("Deze pagina is er niet"),
        lazy_gettext("Misschien is het adres niet goed overgenomen, of heb jij deze pagina niet."),
        lazy_gettext("Kijk het adres na, of ga naar het begin."),
    ),
    410: (
        lazy_gettext("Dit is er niet meer"),
        lazy_gettext("Het is gewist, zodat niemand anders het kan lezen."),
        lazy_gettext("Ga naar het begin en kijk hoe het er nu voor staat."),
    ),
    500: (
        lazy_gettext("Er ging bij ons iets mis"),
        lazy_gettext("Het ligt niet aan jou. Wat je hiervoor deed, is bewaard."),
        lazy_gettext("Ga terug en probeer het opnieuw. Lukt het weer niet? Geef het kenmerk aan wie Vertel beheert."),
    ),
    503: (
        lazy_gettext("Het is even druk"),
        lazy_gettext("Het lukt nu niet om dit op te slaan. Wat je hiervoor deed, is bewaard."),
        _BACK,
    ),
}
"""On the staff's side nobody scans a code, begins a talk or needs a help line."""
