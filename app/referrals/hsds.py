"""A service read out of its HSDS document: `entry_of`; nothing is guessed, and what cannot be read is empty.

Properties of our own, which the standard allows: `slug` (our id), `translations` (English texts), `hours_description`,
`first_sentence`, `assured_by`, `source`, `verified` (of the number), and `open_on_public_holidays` in a schedule.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from app.referrals.documents import Document
from app.referrals.entries import Entry
from app.referrals.schedules import CHANNELS, openings

NUMBER = re.compile(r"1\d\d|14\d{3}|0[89]00-\d{4}(\d{3})?|(?=[\d-]{11}$)0\d{1,3}-\d{6,8}", re.ASCII)
AREAS = {"national": "Nederland", "den-haag": "Den Haag", "district": "Stadsdeel of school"}
CHAT = "Chat"
TOPIC, KEYWORD, ANONYMOUS, EMERGENCY = "topic", "keyword", "anonymous_possible", "emergency"
"""`link_type` of our attributes."""
ENGLISH = {
    "name_en": "name",
    "what_they_do_en": "description",
    "for_whom": "eligibility_description",
    "opening_hours": "hours_description",
    "cost": "fees_description",
}
"""Field of an entry to the property of `translations.en`."""
DUTCH = {
    "what_they_do_nl": "description",
    "for_whom_nl": "eligibility_description",
    "opening_hours_nl": "hours_description",
    "cost_nl": "fees_description",
    "first_sentence_nl": "first_sentence",
    "website": "url",
    "source": "source",
    "checked_by": "assured_by",
}
"""Field of an entry to the property of the document itself."""
ACTIVE = "active"


def id_of(document: Document) -> str:
    """Return our id of a service: its slug, or its HSDS id where it has none."""
    return str(document.get("slug") or document.get("id") or "")


def is_active(document: Document) -> bool:
    """Return whether a service still helps; one that is closed or gone is kept and never shown."""
    return document.get("status") == ACTIVE


def entry_of(document: Document) -> Entry:
    """Read *document*, which `shape_faults` found nothing wrong with."""
    texts: dict[str, Any] = {name: _text(document.get(key)) for name, key in DUTCH.items()}
    name = _text(document.get("name"))
    return Entry(
        id=id_of(document),
        name_nl=name,
        **texts,
        **_english(document, name, texts["what_they_do_nl"]),
        **_hours(document),
        **_links(document),
        **_limits(document),
        **_words(document),
        **_claims(document),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _english(document: Document, name: str, what: str) -> dict[str, Any]:
    told = (document.get("translations") or {}).get("en")
    if told is None:  # A document of somebody else has one language only.
        told = {"name": _text(document.get("alternate_name")) or name, "description": what}
    return {field: _text(told.get(key)) for field, key in ENGLISH.items()}


def _hours(document: Document) -> dict[str, Any]:
    told = document.get("schedules") or ()
    return {field: openings(told, channel) for field, channel in CHANNELS.items()}


def _links(document: Document) -> dict[str, Any]:
    chats = [one for one in document.get("additional_urls") or () if one.get("label") == CHAT]
    return {
        "phone": next(iter(_numbers(document)), ""),
        "chat_url": _text(chats[0].get("url")) if chats else "",
        "organization": _text((document.get("organization") or {}).get("name")),
        "address": next(iter(_addresses(document)), ""),
    }


def _numbers(document: Document) -> Iterator[str]:
    """Yield the numbers that a telephone can be told as they stand; others stay in the document only."""
    for one in document.get("phones") or ():
        number = _text(one.get("number"))
        if one.get("type") in {None, "voice"} and NUMBER.fullmatch(number):
            yield number


def _addresses(document: Document) -> Iterator[str]:
    for place in document.get("service_at_locations") or ():
        for one in (place.get("location") or {}).get("addresses") or ():
            if one.get("address_type") == "physical":
                town = f"{_text(one.get('postal_code'))} {_text(one.get('city'))}".strip()
                yield ", ".join(part for part in (_text(one.get("address_1")), town) if part)


def _limits(document: Document) -> dict[str, Any]:
    areas = document.get("service_areas") or ()
    known = [one["extent"] for one in areas if one.get("extent") in AREAS]
    others = [_text(one.get("name")) for one in areas if one.get("extent") not in AREAS]
    return {
        "min_age": _age(document.get("minimum_age")),
        "max_age": _age(document.get("maximum_age")),
        "area": known[0] if known else "district" if others else "national",
        "districts": tuple(name for name in others if name),
    }


def _age(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _words(document: Document) -> dict[str, Any]:
    terms = [(one.get("link_type"), one.get("taxonomy_term") or {}) for one in document.get("attributes") or ()]
    keywords: dict[str, list[str]] = {}
    for kind, term in terms:
        if kind == KEYWORD:
            keywords.setdefault(_text(term.get("language")) or "nl", []).append(_text(term.get("name")))
    dutch = keywords.pop("nl", [])
    codes = [_text(one.get("code")) for one in document.get("languages") or ()]
    return {
        "topics": _listed(_text(term.get("name")) for kind, term in terms if kind in {TOPIC, None}),
        "keywords_nl": _listed(dutch),
        "keywords": {language: tuple(words) for language, words in keywords.items()},
        "languages": _listed(codes),
    }


def _listed(words: Iterable[str]) -> str:
    return ";".join(word for word in words if word)


def _claims(document: Document) -> dict[str, Any]:
    values: Mapping[object, object] = {
        one.get("link_type"): one.get("value") for one in document.get("attributes") or ()
    }
    return {
        "anonymous_possible": _text(values.get(ANONYMOUS)) or "unknown",
        "emergency": values.get(EMERGENCY) == "yes",
        "verified": document.get("verified") is True,
        "checked_on": _date(_text(document.get("assured_date"))),
    }


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
