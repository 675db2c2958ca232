"""A service as a student sees it, in the language of this moment."""

import re
from dataclasses import dataclass
from typing import Any

from app import clock
from app.i18n.languages import SOURCE
from app.i18n.translate import current, gettext, language_of
from app.referrals import telling
from app.referrals.sheet import NUMBER_IN_TEXT, Entry

ENGLISH = "en"
DOUBT = re.compile(r"\s*\(([^)]*\b(?:memory|stored source|confirm|older page|pilot|notice)\b[^)]*)\)")
"""A remark in the English texts that somebody still has to look something up; it is for us, not for a student."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One service of the social map; what does not hold or is not known is empty."""

    id: str
    name: str
    name_lang: str
    what: str
    lang: str
    """Language of what, for whom, hours, cost and the first sentence."""
    for_whom: str
    hours: str
    """All hours, as the service tells them."""
    cost: str
    languages: str
    phone: str
    """Empty unless a person verified it."""
    phone_when: str
    """Whether somebody answers now; empty when nobody knows."""
    phone_trace: str
    chat_url: str
    chat_when: str
    website: str
    web_trace: str
    address: str
    walk_in_when: str
    overheard: str
    """How to reach it where somebody may listen."""
    say: str
    """A first sentence to say there."""
    say_dutch: str
    """The same in Dutch for who reads another language; empty when `say` is Dutch."""
    anonymous: str
    checked: str
    is_for_staff: bool
    emergency: bool
    is_general: bool = False
    """True when nothing fitted and this is a helper for anything."""
    because: str = ""
    """The words that led here, as they were typed; empty when a category did."""
    topic: str = ""
    """What the topic is called by which those words led here; empty when they are the service's own."""

    @property
    def tel(self) -> str:
        """Return the number for a `tel:` link."""
        return re.sub(r"\D", "", self.phone)

    @property
    def is_timed(self) -> bool:
        """Return whether it says of a way to get there whether it is open now."""
        return bool(self.phone_when or self.chat_when or self.walk_in_when)


def card_of(entry: Entry, *, because: str, is_for_staff: bool) -> Card:
    """Show *entry* in the current language; texts without a translation keep the language they have."""
    phone = entry.phone if entry.verified else ""
    return Card(
        id=entry.id,
        languages=telling.languages_told(entry),
        phone=phone,
        chat_url=entry.chat_url,
        website=entry.website,
        address=entry.address,
        overheard="" if is_for_staff else telling.overheard(entry, phone),
        anonymous=telling.anonymous(entry),
        is_for_staff=is_for_staff,
        emergency=entry.emergency,
        because=because,
        **_texts(entry),
        **_moments(entry, phone),
    )


def _texts(entry: Entry) -> dict[str, Any]:
    """Return what the service says of itself, and in which languages that is."""
    lang, has_name = _language(entry.what_they_do_nl), language_of(entry.name_nl).html_lang == current().html_lang
    is_english = not has_name and current().tag == ENGLISH
    say = _text(entry.first_sentence_nl, "", lang)
    return {
        "name": entry.name_en if is_english else gettext(entry.name_nl),
        "name_lang": ENGLISH if is_english else language_of(entry.name_nl).html_lang,
        "lang": lang,
        "what": _text(entry.what_they_do_nl, entry.what_they_do_en, lang),
        "for_whom": _text(entry.for_whom_nl, entry.for_whom, lang),
        "hours": _text(entry.opening_hours_nl, entry.opening_hours, lang),
        "cost": _text(entry.cost_nl, entry.cost, lang),
        "say": say,
        "say_dutch": "" if current().html_lang == SOURCE or say == entry.first_sentence_nl else entry.first_sentence_nl,
    }


def _moments(entry: Entry, phone: str) -> dict[str, Any]:
    """Return what is said of this moment, and of what a call or a visit to the website leaves behind."""
    now = clock.now()
    return {
        "phone_when": telling.when_open(entry.phone_hours, now) if phone else "",
        "phone_trace": telling.phone_trace(phone) if phone else "",
        "chat_when": telling.when_open(entry.chat_hours, now) if entry.chat_url else "",
        "web_trace": telling.web_trace() if entry.chat_url or entry.website else "",
        "walk_in_when": telling.when_open(entry.walk_in_hours, now) if entry.address else "",
        "checked": telling.checked(entry, now),
    }


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
