"""What a deed in the record is called: one place for the codes of every feature, in words that follow a name."""

from collections.abc import Mapping

from app.i18n.translate import lazy_gettext as _lazy

_CASE: Mapping[str, str] = {
    "case.opened": _lazy("opende de melding"),
    "case.answered": _lazy("antwoordde de leerling"),
    "case.handled": _lazy("liet weten dat er aan wordt gewerkt"),
    "case.closed": _lazy("sloot de melding af"),
    "case.reopened": _lazy("heropende de melding"),
    "case.unfolded": _lazy("haalde de melding uit de stapel"),
    "case.noted": _lazy("schreef een notitie voor wie meeleest"),
    "case.withdrawn": _lazy("De leerling trok de melding in"),
    "case.put_back": _lazy("De leerling haalde de melding terug"),
    "case.deleted": _lazy("De melding is gewist"),
    "case.escalated": _lazy("Er kwam niet op tijd antwoord. Er is iemand bij gevraagd"),
    "case.step_planned": _lazy("legde een stap klaar"),
    "case.step_asked": _lazy("vroeg de leerling om toestemming voor een stap"),
    "case.step_done": _lazy("deed een stap"),
    "case.step_dropped": _lazy("liet een stap vallen"),
    "case.told_on": _lazy("schreef op wie wat hoorde"),
    "case.told_on_struck": _lazy("streepte door wie wat hoorde"),
    "case.step_overridden": _lazy("legde een stap klaar die van de wet moet"),
    "case.shared": _lazy("gaf iemand een sleutel van de melding"),
    "case.dropped": _lazy("legde de eigen sleutel van de melding weg"),
    "case.rewrapped": _lazy("gaf een collega met een nieuwe sleutel de melding terug"),
    "case.recovered": _lazy("opende de melding weer met de herstelsleutel van de school"),
    "case.told": _lazy("schreef op wat er was verteld"),
    "case.code_renewed": _lazy("De leerling nam een nieuwe code"),
}
_EXPORT: Mapping[str, str] = {
    "export.asked": _lazy("vroeg om een kopie van de melding"),
    "export.approved": _lazy("vond een kopie van de melding goed"),
    "export.refused": _lazy("vond een kopie van de melding niet goed"),
    "export.taken": _lazy("haalde een kopie van de melding op"),
}
_KEY: Mapping[str, str] = {
    "key.made": _lazy("maakte een sleutel"),
    "key.renewed": _lazy("maakte een nieuwe sleutel"),
    "key.confirmed": _lazy("bevestigde de sleutel van een collega"),
    "key.removed": _lazy("haalde een sleutel weg"),
    "key.waiting": _lazy("kwam erbij en wacht op bevestiging"),
    "key.refused": _lazy("liet een nieuwe vertrouwenspersoon niet toe"),
    "key.by_operator": _lazy("De beheerder van Vertel liet iemand toe"),
    "key.rescue": _lazy("maakte een link waarmee een collega weer binnenkomt"),
    "key.left": _lazy("ging weg en legde de sleutels neer"),
    "key.recovered": _lazy("kwam weer binnen met de eigen herstelcode"),
    "recovery.made": _lazy("maakte een eigen herstelcode"),
    "passkey.added": _lazy("maakte een passkey"),
    "passkey.removed": _lazy("haalde een passkey weg"),
    "key.recovery_made": _lazy("maakte de herstelsleutel van de school af"),
    "key.recovery_begun": _lazy("maakte de eerste helft van een herstelsleutel"),
    "key.recovery_tried": _lazy("probeerde de herstelsleutel van de school"),
    "key.recovery_used": _lazy("gebruikte de herstelsleutel van de school"),
    "key.recovery_removed": _lazy("haalde de herstelsleutel van de school weg"),
}
_PERSON: Mapping[str, str] = {
    "person.invited": _lazy("nodigde iemand uit"),
    "person.uninvited": _lazy("trok een uitnodiging in"),
    "person.joined": _lazy("ging aan de slag bij de school"),
    "person.deputy": _lazy("maakte iemand vervanger"),
    "person.regular": _lazy("liet iemand niet langer vervanger zijn"),
    "person.removed": _lazy("haalde iemand van de school weg"),
    "person.left": _lazy("verliet de school"),
    "person.disabled": _lazy("Een account is uitgezet"),
    "password.changed": _lazy("veranderde het eigen wachtwoord"),
    "session.started": _lazy("logde in"),
    "recovery.used": _lazy("gebruikte een herstelcode"),
}
_SCHOOL: Mapping[str, str] = {
    "deed.proposed": _lazy("stelde een zin voor op de pagina Wat we deden"),
    "deed.approved": _lazy("vond een zin goed voor de pagina Wat we deden"),
    "deed.removed": _lazy("haalde een zin weg van de pagina Wat we deden"),
}
DEEDS: Mapping[str, str] = {**_CASE, **_EXPORT, **_KEY, **_PERSON, **_SCHOOL}


def deed_label(what: str) -> str:
    """Return a deed in words; a code that is not known here stays as it is."""
    return str(DEEDS.get(what, what))
