"""The places that every school offers until it names its own."""

from app.i18n.translate import lazy_gettext

DEFAULT_PLACES = {
    "klas": lazy_gettext("In de klas"),
    "gang": lazy_gettext("Op de gang of de trap"),
    "kluisjes": lazy_gettext("Bij de kluisjes"),
    "kantine": lazy_gettext("In de kantine of de aula"),
    "toilet": lazy_gettext("Bij de toiletten"),
    "kleedkamer": lazy_gettext("In de kleedkamer"),
    "gymzaal": lazy_gettext("In de gymzaal of op het sportveld"),
    "schoolplein": lazy_gettext("Op het schoolplein"),
    "fietsenstalling": lazy_gettext("Bij de fietsen"),
    "onderweg": lazy_gettext("Onderweg van of naar school"),
    "bus-of-tram": lazy_gettext("In de bus of de tram"),
    "uitje": lazy_gettext("Op stage, excursie of schoolfeest"),
    "online": lazy_gettext("Online, zoals in een groepsapp"),
}
"""Label of each place by its code, in the order of the screen; codes stand in reports and never change."""
