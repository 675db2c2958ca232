"""What the pages of the social map say."""

from collections.abc import Mapping

from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.referrals.checks import WHOLE_CARD, Check
from app.referrals.entries import Entry
from app.referrals.sheet_writing import cells_of

LABELS: Mapping[str, str] = {
    "organization": lazy_gettext("Organisatie"),
    "what_they_do_nl": lazy_gettext("Wat ze doen"),
    "for_whom_nl": lazy_gettext("Voor wie"),
    "min_age": lazy_gettext("Vanaf hoe oud"),
    "max_age": lazy_gettext("Tot en met hoe oud"),
    "opening_hours_nl": lazy_gettext("Wanneer open, in woorden"),
    "phone_hours": lazy_gettext("Wanneer iemand opneemt"),
    "chat_hours": lazy_gettext("Wanneer de chat open is"),
    "walk_in_hours": lazy_gettext("Wanneer je binnen kunt lopen"),
    "address": lazy_gettext("Adres"),
    "cost_nl": lazy_gettext("Kosten"),
    "anonymous_possible": lazy_gettext("Kan het zonder naam"),
    "languages": lazy_gettext("Talen"),
    "districts": lazy_gettext("Stadsdelen"),
    "topics": lazy_gettext("Onderwerpen"),
    "keywords_nl": lazy_gettext("Zoekwoorden"),
    "first_sentence_nl": lazy_gettext("Wat je kunt zeggen"),
}
ANONYMOUS = {"yes": lazy_gettext("Ja"), "partly": lazy_gettext("Soms"), "no": lazy_gettext("Nee")}
WEB = ("https://", "http://")


def facts_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return (label, text) of everything that the file says of *entry*, except its links and its number."""
    cells = cells_of(entry)
    cells["anonymous_possible"] = str(ANONYMOUS.get(entry.anonymous_possible, _("Dat weten we niet")))
    return tuple((str(label), cells[name].replace(";", "; ")) for name, label in LABELS.items() if cells[name])


def web_address(source: str) -> str:
    """Return *source* when it is an address that a browser opens, else nothing."""
    return source if source.startswith(WEB) and " " not in source else ""


def check_text(check: Check) -> str:
    """Say what somebody found."""
    if check.number == WHOLE_CARD:
        return _("keek de hele kaart na: alles klopt")
    if check.is_right:
        return _("belde %(number)s: het klopt", number=check.number)
    return _("belde %(number)s: het klopt niet", number=check.number)


def did_text(did: str) -> str:
    """Say what the last action came to."""
    return {
        "right": _("Dank je. We hebben onthouden dat het nummer klopt."),
        "wrong": _("Dank je. We hebben onthouden dat het nummer niet klopt."),
        "card": _("Dank je. De kaart geldt weer zes maanden als nagekeken."),
    }.get(did, "")
