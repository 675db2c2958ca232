"""A service as a student sees it, in the language of this moment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.i18n.translate import current, gettext, language_of, lazy_gettext
from app.referrals.sheet import NUMBER_IN_TEXT, Entry

ENGLISH = "en"
SHORT_NUMBER = 3
DOUBT = re.compile(r"\s*\(([^)]*\b(?:memory|stored source|confirm|older page|pilot|notice)\b[^)]*)\)")
"""A remark in the English texts that somebody still has to look something up; it is for us, not for a student."""
ANONYMOUS = {
    "yes": lazy_gettext("Je hoeft niet te zeggen wie je bent."),
    "partly": lazy_gettext("Soms kan het zonder je naam. Vraag dat eerst."),
    "no": lazy_gettext("Zonder je naam kan het hier niet."),
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One service of the social map."""

    id: str
    name: str
    name_lang: str
    what: str
    lang: str
    """Language of what, for whom, hours and cost."""
    for_whom: str
    hours: str
    cost: str
    phone: str
    """Empty unless a person verified it."""
    phone_trace: str
    web_trace: str
    chat_url: str
    website: str
    anonymous: str
    is_for_staff: bool
    emergency: bool
    is_general: bool = False
    """True when nothing fitted and this is a helper for anything."""
    because: str = ""
    """The words that led here, as they were typed; empty when a category did."""

    @property
    def tel(self) -> str:
        """Return the number for a `tel:` link."""
        return re.sub(r"\D", "", self.phone)


def card_of(entry: Entry, *, because: str, is_for_staff: bool) -> Card:
    """Show *entry* in the current language; texts without a translation keep the language they have."""
    lang = _language(entry.what_they_do_nl)
    phone = entry.phone if entry.verified else ""
    has_name = language_of(entry.name_nl).html_lang == current().html_lang
    is_english = not has_name and current().tag == ENGLISH
    return Card(
        id=entry.id,
        name=entry.name_en if is_english else gettext(entry.name_nl),
        name_lang=ENGLISH if is_english else language_of(entry.name_nl).html_lang,
        what=_text(entry.what_they_do_nl, entry.what_they_do_en, lang),
        lang=lang,
        for_whom=_text(entry.for_whom_nl, entry.for_whom, lang),
        hours=_text(entry.opening_hours_nl, entry.opening_hours, lang),
        cost=_text(entry.cost_nl, entry.cost, lang),
        phone=phone,
        phone_trace=_phone_trace(phone) if phone else "",
        web_trace=_web_trace() if entry.chat_url or entry.website else "",
        chat_url=entry.chat_url,
        website=entry.website,
        anonymous=_anonymous(entry),
        is_for_staff=is_for_staff,
        emergency=entry.emergency,
        because=because,
    )


def _language(dutch: str) -> str:
    """Return the language in which the texts of a service come out: the file without Dutch texts has English ones."""
    is_untranslated = language_of(dutch).html_lang != current().html_lang
    return ENGLISH if not dutch or (is_untranslated and current().tag == ENGLISH) else language_of(dutch).html_lang


def _text(dutch: str, english: str, lang: str) -> str:
    if dutch and language_of(dutch).html_lang == lang:
        return gettext(dutch)
    return honest(english)


def honest(english: str) -> str:
    """Take out of an English text of the file the remarks for ourselves and every number."""
    plain = DOUBT.sub("", re.sub(r"\s*\([^)]*\)", lambda m: "" if NUMBER_IN_TEXT.search(m[0]) else m[0], english))
    parts = [part.strip() for part in plain.split(";") if not NUMBER_IN_TEXT.search(part)]
    if DOUBT.search(english) and "check website" not in parts:
        parts.append("check website")
    return "; ".join(parts)


def _phone_trace(phone: str) -> str:
    if phone.startswith("0800") or len(phone) == SHORT_NUMBER:
        return gettext("Bellen is gratis. Het gesprek blijft staan in de bellijst van je telefoon.")
    return gettext(
        "Het gesprek blijft staan in de bellijst van je telefoon. Het kan ook op de telefoonrekening komen te staan."
    )


def _web_trace() -> str:
    return gettext(
        "De website en de chat blijven in de geschiedenis van je browser staan, behalve in een privévenster."
    )


def _anonymous(entry: Entry) -> str:
    # In direct danger nobody should wait because a name may be asked.
    if entry.emergency and entry.anonymous_possible != "yes":
        return ""
    texts: Mapping[str, object] = ANONYMOUS
    return str(texts.get(entry.anonymous_possible, ""))
