"""A service written as an HSDS document: `document_of`; over an older one, what an entry does not know stays.

Every id inside is made from the service's own, so that the same entry always gives the same document.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app.referrals.documents import Document
from app.referrals.entries import Entry
from app.referrals.hsds import (
    ACTIVE,
    ANONYMOUS,
    AREAS,
    CHAT,
    DUTCH,
    EMERGENCY,
    ENGLISH,
    KEYWORD,
    NUMBER,
    TOPIC,
    entry_of,
)
from app.referrals.schedules import CHANNELS, schedules

SPACE = uuid5(NAMESPACE_URL, "https://vertel.example/social-map")
ADDRESS = re.compile(r"(?P<address_1>.+), (?P<postal_code>[1-9]\d{3} [A-Z]{2}) (?P<city>.+)", re.ASCII)
PLACED = {"state_province": "Zuid-Holland", "country": "NL", "address_type": "physical"}
EMPTY: tuple[object, ...] = (None, "", [], {})

Made = Callable[[Entry, UUID], Any]


def document_of(entry: Entry, base: Document | None = None) -> dict[str, Any]:
    """Write *entry*; where *base* says the same already, it is kept, with all that an entry does not know."""
    known = uuid5(SPACE, entry.id)
    if base is None:
        fixed = {"id": str(known), "slug": entry.id, "status": ACTIVE}
        made = {name: make(entry, known) for name, (_, make) in PROPERTIES.items()}
        return fixed | {name: value for name, value in made.items() if value not in EMPTY}
    before, written = entry_of(base), dict(base)
    for name, (fields, make) in PROPERTIES.items():
        if any(getattr(before, field) != getattr(entry, field) for field in fields.split()):
            written[name] = _beside(make(entry, known), written.get(name), OURS.get(name))
            if written[name] in EMPTY:
                del written[name]
    return written


def _beside(made: Any, old: Any, is_ours: Callable[[Mapping[str, Any]], bool] | None) -> Any:
    """Return what is new beside what was never ours: lists keep other items, translations other languages."""
    if isinstance(made, dict) and isinstance(old, Mapping) and "en" in made:
        return {**old, **made}
    if isinstance(made, list) and is_ours:
        return [*made, *(one for one in old or () if not is_ours(one))]
    return made


def _property(name: str) -> Made:
    return lambda entry, _known: getattr(entry, name)


def _date(entry: Entry, _known: UUID) -> str:
    return entry.checked_on.isoformat() if entry.checked_on else ""


def _english(entry: Entry, _known: UUID) -> dict[str, dict[str, str]]:
    texts = {key: getattr(entry, field) for field, key in ENGLISH.items()}
    return {"en": {key: text for key, text in texts.items() if text}}


def _organization(entry: Entry, _known: UUID) -> dict[str, str]:
    name = entry.organization
    return {"id": str(uuid5(SPACE, f"organization {name}")), "name": name, "description": ""} if name else {}


def _phones(entry: Entry, known: UUID) -> list[dict[str, str]]:
    return _numbered(known, "phone", [{"number": entry.phone, "type": "voice"}] if entry.phone else [])


def _chats(entry: Entry, known: UUID) -> list[dict[str, str]]:
    return _numbered(known, "chat", [{"label": CHAT, "url": entry.chat_url}] if entry.chat_url else [])


def _schedules(entry: Entry, known: UUID) -> list[dict[str, Any]]:
    told = chain.from_iterable(schedules(getattr(entry, field), channel) for field, channel in CHANNELS.items())
    return _numbered(known, "schedule", told)


def _areas(entry: Entry, known: UUID) -> list[dict[str, str]]:
    area = [{"name": AREAS[entry.area], "extent": entry.area, "extent_type": "text"}]
    return _numbered(known, "area", [*area, *({"name": name} for name in entry.districts)])


def _places(entry: Entry, known: UUID) -> list[dict[str, Any]]:
    if not entry.address:
        return []
    found = ADDRESS.fullmatch(entry.address)
    parts = found.groupdict() if found else {"address_1": entry.address, "postal_code": "", "city": ""}
    location = {"location_type": "physical", "addresses": _numbered(known, "address", [parts | PLACED])}
    return _numbered(known, "place", [{"location": location | {"id": str(uuid5(known, "location"))}}])


def _languages(entry: Entry, known: UUID) -> list[dict[str, str]]:
    return _numbered(known, "language", ({"code": code} for code in entry.languages.split(";") if code))


def _attributes(entry: Entry, known: UUID) -> list[dict[str, Any]]:
    told = [
        *_terms(TOPIC, "", entry.topics.split(";")),
        *_terms(KEYWORD, "nl", entry.keywords_nl.split(";")),
        *chain.from_iterable(_terms(KEYWORD, language, words) for language, words in sorted(entry.keywords.items())),
    ]
    if entry.anonymous_possible != "unknown":
        told.append({"link_type": ANONYMOUS, "value": entry.anonymous_possible})
    if entry.emergency:
        told.append({"link_type": EMERGENCY, "value": "yes"})
    return _numbered(known, "attribute", told)


def _terms(kind: str, language: str, words: Iterable[str]) -> Iterator[dict[str, Any]]:
    for word in filter(None, words):
        term = {"id": str(uuid5(SPACE, f"{kind} {language} {word}")), "name": word, "description": ""}
        yield {"link_type": kind, "taxonomy_term": term | ({"language": language} if language else {})}


def _numbered(known: UUID, kind: str, told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(uuid5(known, f"{kind} {number}"))} | one for number, one in enumerate(told)]


PROPERTIES: Mapping[str, tuple[str, Made]] = {
    "name": ("name_nl", _property("name_nl")),
    **{key: (field, _property(field)) for field, key in DUTCH.items()},
    "translations": (" ".join(ENGLISH), _english),
    "minimum_age": ("min_age", _property("min_age")),
    "maximum_age": ("max_age", _property("max_age")),
    "verified": ("verified", _property("verified")),
    "assured_date": ("checked_on", _date),
    "organization": ("organization", _organization),
    "phones": ("phone", _phones),
    "additional_urls": ("chat_url", _chats),
    "schedules": (" ".join(CHANNELS), _schedules),
    "service_areas": ("area districts", _areas),
    "service_at_locations": ("address", _places),
    "languages": ("languages", _languages),
    "attributes": ("topics keywords_nl keywords anonymous_possible emergency", _attributes),
}
"""Property of a document to the fields of an entry that it tells of, and how they are written."""

OURS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "phones": lambda one: one.get("type") in {None, "voice"} and bool(NUMBER.fullmatch(str(one["number"]).strip())),
    "additional_urls": lambda one: one.get("label") == CHAT,
    "schedules": lambda one: one.get("description") in CHANNELS.values(),
    "attributes": lambda one: one.get("link_type") in {None, TOPIC, KEYWORD, ANONYMOUS, EMERGENCY},
}
"""Lists that hold more than an entry tells of, to which of their items are replaced when it tells something else."""
