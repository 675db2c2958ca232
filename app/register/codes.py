"""What an incident may say: codes with their Dutch labels; codes are stored and never change.

Fields after IRIS and the letters of 2025 and 2026, which docs/statistics.md names; labels are working texts.
"""

from collections.abc import Mapping

from app.i18n.translate import lazy_gettext as _

Labels = Mapping[str, str]

CATEGORIES: Labels = {
    "violence": _("Fysiek geweld met letsel"),
    "sexual": _("Seksuele intimidatie of misbruik"),
    "intimidation": _("Stelselmatige intimidatie"),
    "threat": _("Bedreiging"),
    "bullying": _("Grove pesterijen"),
    "vandalism": _("Ernstige vernieling"),
    "theft": _("Diefstal"),
    "drugs": _("Drugs"),
    "weapon": _("Wapens"),
}
"""The nine categories of the bill Vrij en veilig onderwijs (36 777, not yet law), in its order; working texts."""

PARTS_OF_DAY: Labels = {
    "before_school": _("Voor schooltijd"),
    "morning_lesson": _("Les in de ochtend"),
    "morning_break": _("Ochtendpauze"),
    "lunch_break": _("Lunchpauze"),
    "afternoon_lesson": _("Les in de middag"),
    "afternoon_break": _("Middagpauze"),
    "after_school": _("Na schooltijd"),
    "unknown": _("Onbekend"),
}
PLACES: Labels = {
    "class_room": _("Klaslokaal"),
    "corridor": _("Gang"),
    "stairs": _("Trap"),
    "lockers": _("Kluisjes"),
    "canteen": _("Kantine of aula"),
    "toilet": _("Toilet"),
    "changing_room": _("Kleedkamer"),
    "gym": _("Gymzaal of sportveld"),
    "school_grounds": _("Schoolplein of terrein"),
    "bicycle_shed": _("Fietsenstalling"),
    "street": _("Straat bij school"),
    "on_the_way": _("Onderweg van of naar school"),
    "transport": _("Bus, tram of trein"),
    "internship": _("Stage of excursie"),
    "online": _("Online"),
    "elsewhere": _("Ergens anders"),
    "unknown": _("Onbekend"),
}
OBJECTS: Labels = {
    "none": _("Geen"),
    "knife": _("Mes of ander steekwapen"),
    "firearm": _("Vuurwapen, of iets wat erop lijkt"),
    "blunt": _("Slagwapen"),
    "fireworks": _("Vuurwerk of explosief"),
    "other_weapon": _("Ander wapen"),
    "phone": _("Telefoon of computer"),
    "image": _("Foto of film"),
    "other": _("Iets anders"),
}
MOTIVES: Labels = {
    "none": _("Geen van deze, of onbekend"),
    "origin": _("Afkomst of huidskleur"),
    "religion": _("Geloof of levensovertuiging"),
    "gender": _("Man, vrouw of gender"),
    "orientation": _("Op wie iemand valt"),
    "disability": _("Handicap of ziekte"),
    "appearance": _("Uiterlijk"),
    "quarrel": _("Ruzie tussen groepen"),
    "money": _("Geld of drugs"),
}
"""Discrimination is none of the nine categories; as a motive it is not lost."""
DISCRIMINATING = ("origin", "religion", "gender", "orientation", "disability")
ROLES: Labels = {
    "pupil": _("Leerling"),
    "staff": _("Personeel"),
    "parent": _("Ouder of familie"),
    "outsider": _("Iemand van buiten"),
    "group": _("Een groep"),
    "unknown": _("Onbekend"),
}
INJURIES: Labels = {
    "none": _("Geen letsel"),
    "light": _("Licht letsel"),
    "doctor": _("Letsel, met arts of ziekenhuis"),
    "mental": _("Alleen psychisch"),
    "unknown": _("Onbekend"),
}
SOURCES: Labels = {
    "seen": _("Zelf gezien door personeel"),
    "told": _("Verteld door een leerling of ouder"),
    "anonymous": _("Anonieme melding"),
    "police": _("Politie of een ander van buiten"),
    "unknown": _("Onbekend"),
}
CERTAINTIES: Labels = {"sure": _("Zeker"), "likely": _("Waarschijnlijk"), "unsure": _("Niet zeker")}
SERIOUS_REASONS: Labels = {
    "crime": _("Mogelijk strafbaar feit"),
    "injury": _("Ernstig letsel"),
    "fear": _("Grote angst of onveiligheid"),
    "repeated": _("Het gaat door of komt vaker voor"),
    "staff": _("Iemand die op school werkt is betrokken"),
}
FOLLOW_UPS: Labels = {
    "none": _("Nog niets"),
    "talk": _("Gesprek"),
    "parents": _("Ouders erbij"),
    "repair": _("Herstel of afspraken"),
    "measure": _("Straf of schorsing"),
    "care": _("Zorg of hulpverlening"),
    "outside": _("Politie, Halt of Veilig Thuis"),
}
POLICE: Labels = {
    "none": _("Geen politie"),
    "advice": _("Advies gevraagd"),
    "told": _("Melding gedaan"),
    "report": _("Aangifte gedaan"),
    "unknown": _("Onbekend"),
}
INSPECTORATE: Labels = {
    "not_needed": _("Hoeft niet"),
    "to_do": _("Moet nog"),
    "done": _("Gedaan"),
}

FIELDS: Mapping[str, tuple[str, Labels]] = {
    "category": (_("Soort incident"), CATEGORIES),
    "second_category": (_("Ook nog"), {"none": _("Niets anders"), **CATEGORIES}),
    "part_of_day": (_("Dagdeel"), PARTS_OF_DAY),
    "place": (_("Plaats"), PLACES),
    "object": (_("Voorwerp"), OBJECTS),
    "motive": (_("Aanleiding"), MOTIVES),
    "causer_role": (_("Wie deed het?"), ROLES),
    "affected_role": (_("Wie had er last van?"), ROLES),
    "injury": (_("Letsel"), INJURIES),
    "source": (_("Hoe weet de school het?"), SOURCES),
    "certainty": (_("Hoe zeker is het?"), CERTAINTIES),
    "serious_reason": (_("Waarom ernstig?"), {"none": _("Niet ernstig"), **SERIOUS_REASONS}),
    "follow_up": (_("Wat deed de school?"), FOLLOW_UPS),
    "police_report": (_("Politie"), POLICE),
    "inspectorate": (_("Melding bij de inspectie"), INSPECTORATE),
}
"""Every coded field of an incident by its name: what it is called, and its codes with their labels."""
DEFAULTS: Mapping[str, str] = {
    "second_category": "none",
    "part_of_day": "unknown",
    "place": "unknown",
    "object": "none",
    "motive": "none",
    "causer_role": "unknown",
    "affected_role": "unknown",
    "injury": "unknown",
    "source": "unknown",
    "certainty": "likely",
    "serious_reason": "none",
    "follow_up": "none",
    "police_report": "none",
    "inspectorate": "not_needed",
}
"""What a field says when nobody said anything."""
