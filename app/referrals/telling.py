"""What a card says in the present language: open or not, who checked it, and how to be neither seen nor heard."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app import clock
from app.i18n.formats import format_date, format_day, format_language, format_list, format_weekday
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.referrals.entries import NUMBER_OF_LIFE, Entry, Opening
from app.referrals.fitting import is_stale
from app.referrals.opening import state

SHORT_NUMBER = 3
WEEK = 7
ANONYMOUS = {
    "yes": lazy_gettext("Je hoeft niet te zeggen wie je bent."),
    "partly": lazy_gettext("Soms kan het zonder je naam. Vraag dat eerst."),
    "no": lazy_gettext("Zonder je naam kan het hier niet."),
}


def when_open(openings: tuple[Opening, ...], now: datetime) -> str:
    """Say whether one of *openings* holds at *now* and until when; nothing when nobody knows."""
    found = state(openings, now)
    if found.is_open is None:
        return ""
    if found.changes_at is None:
        return _("Dag en nacht open") if found.is_open else _("Nu dicht")
    here, there = now.astimezone(clock.SCHOOL_ZONE), found.changes_at.astimezone(clock.SCHOOL_ZONE)
    if not found.is_open:
        return _opens_again(here, there)
    return _("Open tot %(time)s", time=f"{there:%H:%M}") if there - here < timedelta(days=1) else _("Nu open")


def _opens_again(here: datetime, there: datetime) -> str:
    days, time = (there.date() - here.date()).days, f"{there:%H:%M}"
    if days == 0:
        return _("Dicht, weer open om %(time)s", time=time)
    if days == 1:
        return _("Dicht, weer open morgen om %(time)s", time=time)
    day = format_weekday(there.date()) if days < WEEK else format_day(there.date())
    return _("Dicht, weer open %(day)s om %(time)s", day=day, time=time)


def languages_told(entry: Entry) -> str:
    """Return in which languages somebody is helped; nothing when that is not known for sure."""
    names = [format_language(code) for code in entry.languages.split(";")]
    return format_list(names) if all(names) else ""


def overheard(entry: Entry, phone: str) -> str:
    """Say how to get help where somebody may listen; in direct danger nothing holds up a call."""
    if entry.chat_url:
        return _("Kan iemand je horen? Je kunt hier ook typen.")
    if phone and not entry.emergency:
        return _("Kan iemand je horen? Bel dan buiten, of later als je alleen bent.")
    return ""


def phone_trace(phone: str) -> str:
    """Say what a call leaves behind."""
    if phone.startswith("0800") or len(phone) == SHORT_NUMBER:
        return _("Bellen is gratis. Het gesprek blijft staan in de bellijst van je telefoon.")
    return _(
        "Het gesprek blijft staan in de bellijst van je telefoon. Het kan ook op de telefoonrekening komen te staan."
    )


def web_trace() -> str:
    """Say what a website leaves behind."""
    return _("De website en de chat blijven in de geschiedenis van je browser staan, behalve in een privévenster.")


def anonymous(entry: Entry) -> str:
    """Say whether it goes without a name; in direct danger nobody should wait because one may be asked."""
    if entry.emergency and entry.anonymous_possible != "yes":
        return ""
    texts: Mapping[str, object] = ANONYMOUS
    return str(texts.get(entry.anonymous_possible, ""))


def checked(entry: Entry, now: datetime) -> str:
    """Say when somebody looked whether all this still holds, and who."""
    if entry.id in NUMBER_OF_LIFE and not entry.checked_on:
        return ""
    if entry.checked_on is None:
        return _("Nog niet gecontroleerd")
    if is_stale(entry, now.astimezone(clock.SCHOOL_ZONE).date()):
        return _("Niet gecontroleerd in de laatste zes maanden")
    day = format_date(entry.checked_on, "long")
    if not entry.checked_by:
        return _("Gecontroleerd op %(day)s", day=day)
    return _("Gecontroleerd op %(day)s door %(who)s", day=day, who=_(entry.checked_by))
