"""What is wrong with a file, in words that say how to mend it."""

from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.register.importing.faults import Fault
from app.register.wording import name

_TEXTS = {
    "empty": _lazy("Het bestand is leeg. Maak de export opnieuw."),
    "too_large": _lazy("Het bestand is te groot. Deel het in stukken van hoogstens 16 MB."),
    "old_excel": _lazy(
        "Dit is een oud of beveiligd Excel-bestand. Bewaar het als .xlsx zonder wachtwoord, of als CSV."
    ),
    "broken": _lazy("Het bestand is beschadigd. Maak de export opnieuw."),
    "binary": _lazy("Dit is geen tabel. Kies een CSV- of XLSX-bestand."),
    "quotes": _lazy("Een aanhalingsteken gaat niet dicht. Maak de export opnieuw."),
    "no_header": _lazy("Er is geen regel met namen van kolommen. Zet die bovenaan."),
    "no_rows": _lazy("Er staan geen rijen onder de namen van de kolommen."),
    "too_many_columns": _lazy("Er zijn meer dan 100 kolommen. Haal weg wat niet nodig is."),
    "too_many_rows": _lazy("Er zijn meer dan 200.000 rijen. Deel het bestand in stukken."),
    "too_many_faults": _lazy("Er is te veel fout om alles te noemen. Herstel eerst wat hierboven staat."),
    "too_many_cells": _lazy(
        "Deze rij heeft meer vakjes dan er kolommen zijn. Kijk of er een scheidingsteken te veel staat."
    ),
    "doubled_header": _lazy("Twee kolommen heten hetzelfde. Geef er een een andere naam."),
    "formula": _lazy("Hier staat een formule. Plak in plaats daarvan de waarde."),
    "too_long": _lazy("Hier staat een lange tekst. Verhalen horen niet in het register: haal de kolom weg."),
    "personal_name": _lazy("Deze kolom lijkt namen te bevatten. Haal haar weg in je spreadsheet."),
    "personal_number": _lazy(
        "Deze kolom lijkt een nummer van een persoon te bevatten. Haal haar weg in je spreadsheet."
    ),
    "personal_birth": _lazy(
        "Deze kolom lijkt een geboortedatum of leeftijd te bevatten. Haal haar weg in je spreadsheet."
    ),
    "personal_address": _lazy("Deze kolom lijkt een adres te bevatten. Haal haar weg in je spreadsheet."),
    "personal_contact": _lazy(
        "Deze kolom lijkt een e-mailadres of telefoonnummer te bevatten. Haal haar weg in je spreadsheet."
    ),
    "personal_class": _lazy("Deze kolom lijkt een klas of groep te bevatten. Haal haar weg in je spreadsheet."),
    "personal_text": _lazy("Deze kolom lijkt vrije tekst te bevatten. Haal haar weg in je spreadsheet."),
    "column_needed": _lazy("Kies welke kolom dit zegt."),
    "column_gone": _lazy("Deze kolom staat niet in het bestand. Kies een andere."),
    "value_open": _lazy("Kies wat dit woord bij ons is."),
    "category_empty": _lazy("De soort is leeg. Vul haar in, of haal de rij weg."),
    "day_unreadable": _lazy("Hier staat geen dag die we kunnen lezen."),
    "day_outside": _lazy("Deze dag ligt in de toekomst of te lang geleden."),
    "count_outside": _lazy("Dit aantal kan niet: te klein, te groot of geen heel getal."),
    "mapping_unreadable": _lazy("De vertaling van kolommen is geen geldige JSON."),
    "mapping_target": _lazy("Dit gegeven kennen we niet."),
    "mapping_date_form": _lazy("Deze manier om dagen te schrijven kennen we niet."),
    "mapping_code": _lazy("Deze code kennen we niet."),
}


def fault_text(fault: Fault) -> str:
    """Return where something is wrong, what, and how to mend it; never what stands there."""
    text = str(_TEXTS[fault.code])
    column = target_name(fault.column) if fault.code == "column_needed" else fault.column
    if fault.row and column:
        return _("Rij %(row)s, kolom “%(column)s”: %(text)s", row=fault.row, column=column, text=text)
    if fault.row:
        return _("Rij %(row)s: %(text)s", row=fault.row, text=text)
    return _("Kolom “%(column)s”: %(text)s", column=column, text=text) if column else text


def target_name(target: str) -> str:
    """Return what a target of a mapping is called."""
    others = {
        "day": _("Datum"),
        "is_online": _("Online"),
        "affected_count": _("Aantal mensen dat er last van had"),
        "incidents": _("Aantal incidenten in één rij"),
    }
    return others.get(target) or name(target)
