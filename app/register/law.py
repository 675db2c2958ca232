"""What the law asks to register, by edition and by kind of school; every definition is a working text.

The bill Vrij en veilig onderwijs (36 777) is no law yet and its definitions could not be obtained (read 2026-11-22): an
edition that follows it gets a later `valid_from`, and incidents keep the edition they were coded by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.i18n.translate import lazy_gettext as _

DEADLINE_DAYS = 14
"""Working value: within how many days a serious incident is told to the inspectorate, until the law says."""


@dataclass(frozen=True)
class Edition:
    """Definitions that hold from a day on: what each category means, what to watch, what is serious, and by when."""

    code: str
    valid_from: date
    definitions: Mapping[str, str]
    hints: Mapping[str, str]
    serious: str
    deadline_days: int


_DEFINITIONS = {
    "violence": _("Iemand slaat, schopt, duwt of gebruikt iets hards of scherps, en een ander raakt gewond."),
    "sexual": _("Iets met seks dat de ander niet wilde of niet kon willen: woorden, beelden, aanraken of meer."),
    "intimidation": _("Iemand maakt een ander steeds weer bang: volgen, afpersen, vals beschuldigen."),
    "threat": _("Iemand zegt of laat zien dat hij een ander of de school iets aandoet."),
    "bullying": _("Steeds weer kleineren, buitensluiten of pijn doen, op school of online, en het is grof."),
    "vandalism": _("Iemand maakt met opzet iets kapot of steekt iets aan, met veel schade of gevaar."),
    "theft": _("Iemand neemt iets weg dat van een ander of van school is, ook met inbraak of dwang."),
    "drugs": _("Iemand heeft drugs bij zich, gebruikt of verkoopt ze op of bij school."),
    "weapon": _("Iemand heeft een wapen bij zich, laat het zien, gebruikt of verkoopt het op of bij school."),
}
_HINTS = {
    "violence": _("Geen letsel? Kijk dan bij bedreiging of grove pesterijen. Een vechtpartij is één incident."),
    "sexual": _(
        "Ook naaktfoto's die zijn doorgestuurd. Gaat het om iemand die op school werkt, lees dan eerst de meldplicht."
    ),
    "intimidation": _("Eén keer is bedreiging; steeds weer is stelselmatig."),
    "threat": _("Ook online, ook een bommelding. Schrijf geen woorden over die zijn gezegd."),
    "bullying": _("Tel de hele periode als één incident. Gewoon plagen hoort hier niet."),
    "vandalism": _("Klein en per ongeluk hoort hier niet."),
    "theft": _("Kwijt is nog niet gestolen. Afpersing hoort bij stelselmatige intimidatie of bedreiging."),
    "drugs": _("Alcohol, tabak en vapes horen niet in het register van het wetsvoorstel."),
    "weapon": _("Ook een nepwapen dat echt lijkt. Vuurwerk is geen wapen, tenzij iemand ermee dreigt of gooit."),
}
_SERIOUS = _(
    "Ernstig is: een mogelijk strafbaar feit, ernstig letsel, grote angst, iets wat doorgaat, "
    "of iemand die op school werkt is betrokken."
)

EDITIONS = (Edition("working-2026", date(2026, 8, 1), _DEFINITIONS, _HINTS, _SERIOUS, DEADLINE_DAYS),)
"""Every edition, oldest first."""


@dataclass(frozen=True)
class Profile:
    """A kind of school: its name, the article of its duty of care, and whether Vertel's texts were made for it."""

    code: str
    label: str
    article: str
    is_ready: bool


PROFILES = {
    profile.code: profile
    for profile in (
        Profile("vo", _("Voortgezet onderwijs"), "WVO 2020, art. 3.40", is_ready=True),
        Profile("po", _("Basisonderwijs"), "WPO, art. 4c", is_ready=False),
        Profile("so", _("Speciaal onderwijs"), "WEC, art. 5a", is_ready=False),
        Profile("bes", _("Basisonderwijs in Caribisch Nederland"), "WPO BES, art. 6a", is_ready=False),
    )
}
"""The duty of care per kind of school (letter of the State Secretary, 3 July 2025); only VO is on until switched."""


def edition_on(day: date) -> Edition:
    """Return the edition that holds on *day*; before the first one, the first."""
    valid = [edition for edition in EDITIONS if edition.valid_from <= day]
    return valid[-1] if valid else EDITIONS[0]


def is_in_force(day: date, since: date | None) -> bool:
    """Return whether the law was in force on *day*; *since* is what the operator set."""
    return since is not None and since <= day
