"""Words for what happens to keys, and for what puts them at risk."""

from collections.abc import Mapping

from app.accounts.key_events import ShownEvent
from app.accounts.key_risks import Risk
from app.i18n.translate import gettext, lazy_gettext
from app.i18n.translate import gettext as _
from app.vault.errors import CodeError, WrongGroupError

_RISKS: Mapping[Risk, object] = {
    Risk.OWN_KEY_CHANGED: lazy_gettext(
        "De sleutel die hier bij jouw naam staat, is niet die van jou: iemand heeft hem veranderd. Bevestig nu "
        "niemand. Bel je collega's, en wie Vertel beheert."
    ),
    Risk.WAITS_SELF: lazy_gettext(
        "Je wacht nog tot een andere vertrouwenspersoon je bevestigt. Tot dan komt er geen nieuwe melding bij je."
    ),
    Risk.RECOVERY_USED: lazy_gettext(
        "De herstelsleutel van de school is kortgeleden gebruikt. Wist je dat niet, vraag dan waarom."
    ),
    Risk.BY_OPERATOR: lazy_gettext(
        "De beheerder van Vertel heeft kortgeleden iemand toegelaten zonder woord van een collega. Vraag na wie dat is."
    ),
    Risk.RENEWED: lazy_gettext(
        "Een collega kwam kortgeleden terug met een nieuwe sleutel. Wist je dat niet, bel die collega dan zelf."
    ),
    Risk.SOMEBODY_WAITS: lazy_gettext("Er wacht iemand tot een van jullie hem of haar bevestigt."),
    Risk.ONE_HOLDER: lazy_gettext(
        "Er is maar één vertrouwenspersoon met een sleutel. Raakt die kwijt, dan gaat niets meer open."
    ),
    Risk.NO_EXTERNAL: lazy_gettext(
        "Er is geen externe vertrouwenspersoon. Gaat een melding over een collega, dan leest niemand van buiten mee."
    ),
    Risk.NO_RECOVERY: lazy_gettext("De school heeft nog geen herstelsleutel op papier."),
    Risk.UNTRIED: lazy_gettext("De herstelsleutel is nog nooit geprobeerd. Kijk één keer of de helften werken."),
    Risk.LONG_AGO: lazy_gettext("De herstelsleutel is langer dan een jaar niet geprobeerd. Probeer hem nog eens."),
    Risk.NO_OWN_CODE: lazy_gettext("Je hebt nog geen eigen herstelcode op papier. Maak er een bij je account."),
}
_EVENTS: Mapping[str, str] = {
    "key.made": lazy_gettext("%(name)s deed mee en maakte een sleutel, voordat de school openging."),
    "key.waiting": lazy_gettext("%(name)s kwam erbij en wacht op bevestiging."),
    "key.confirmed": lazy_gettext("%(by)s bevestigde %(name)s."),
    "key.refused": lazy_gettext("%(by)s liet %(name)s niet toe."),
    "key.by_operator": lazy_gettext("De beheerder van Vertel liet %(name)s toe, zonder woord van een collega."),
    "key.rescue": lazy_gettext("%(by)s maakte een link waarmee %(name)s weer binnen kan komen."),
    "key.renewed": lazy_gettext("%(name)s kwam terug met een nieuwe sleutel."),
    "key.left": lazy_gettext("%(name)s ging weg."),
    "key.recovery_begun": lazy_gettext("%(by)s maakte de eerste helft van een herstelsleutel."),
    "key.recovery_made": lazy_gettext("%(by)s maakte de tweede helft. De herstelsleutel werkt."),
    "key.recovery_tried": lazy_gettext("%(by)s probeerde de herstelsleutel. Hij werkt."),
    "key.recovery_used": lazy_gettext("%(by)s gebruikte de herstelsleutel voor %(name)s."),
    "key.recovered": lazy_gettext("%(name)s kwam weer binnen met de eigen herstelcode. De sleutel bleef dezelfde."),
    "person.removed": lazy_gettext("%(name)s werkt hier niet meer."),
}


def risk_label(risk: Risk) -> str:
    """Return in words what is at risk."""
    return str(_RISKS[risk])


def event_label(event: ShownEvent) -> str:
    """Return in words what happened."""
    if event.what not in _EVENTS:
        return event.what
    return gettext(_EVENTS[event.what][:], name=event.name, by=event.by or _("Iemand"))


def wrong_paper(error: CodeError) -> str:
    """Return what is wrong with a code that was copied from paper."""
    if isinstance(error, WrongGroupError):
        return _("Groepje %(number)s klopt niet. Kijk het na op je papier.", number=error.group_index + 1)
    return _("Dit zijn geen zeven groepjes van vijf tekens. Kijk of er iets ontbreekt.")
