"""What a service looks like in HSDS 3.1: the shapes that the standard requires, with room for whatever else it holds.

Source: Open Referral, Human Services Data Specification 3.1.3, schema/*.json and docs/hsds (read 2026-11-23).
Required fields and enumerations are those of the standard; values that a tool left out as null count as absent.
"""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

Document = Mapping[str, Any]
"""One service as JSON has it; `Service` has seen it before it came into the database."""

LONGEST_DOCUMENT = 200_000
"""Characters; a service with that much is no service."""
DEEPEST = 30
"""Levels; the standard needs seven."""
NO_TEXT = "holds a character that no text has (NUL or half a pair); remove it"


class Shape(BaseModel):
    """An object of HSDS; properties that the standard does not know stay."""

    model_config = ConfigDict(extra="allow", strict=True, allow_inf_nan=False)


class Named(Shape):
    """An object of which only its id is required: schedules, languages, service areas, attributes, costs."""

    id: str


class TaxonomyTerm(Named):
    """A word of a taxonomy."""

    name: str
    description: str


class Attribute(Named):
    """Ties a word of a taxonomy, or a value, to the service."""

    link_type: str | None = None
    value: str | None = None
    taxonomy_term: TaxonomyTerm | None = None


class Language(Named):
    """A language in which the service speaks; code is ISO 639."""

    code: str | None = None


class ServiceArea(Named):
    """Where somebody must live to come."""

    name: str | None = None
    extent: str | None = None


class Phone(Named):
    """A number."""

    number: str
    type: str | None = None


class URL(Named):
    """An address on the web with a label."""

    url: str
    label: str | None = None


class Schedule(Named):
    """When a service is open, as RFC 5545 has it."""

    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    byday: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    description: str | None = None


class Address(Named):
    """Where a letter or a visitor goes."""

    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical", "postal", "virtual"]


class Location(Named):
    """A place."""

    location_type: Literal["physical", "postal", "virtual"]
    addresses: list[Address] | None = None


class ServiceAtLocation(Named):
    """The service at one place."""

    location: Location | None = None


class Organization(Named):
    """Who provides the service."""

    name: str
    description: str


class Service(Named):
    """One service with all that belongs to it nested inside."""

    name: str
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    alternate_name: str | None = None
    description: str | None = None
    eligibility_description: str | None = None
    fees_description: str | None = None
    url: str | None = None
    additional_urls: list[URL] | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: str | None = None
    organization: Organization | None = None
    phones: list[Phone] | None = None
    schedules: list[Schedule] | None = None
    service_areas: list[ServiceArea] | None = None
    service_at_locations: list[ServiceAtLocation] | None = None
    languages: list[Language] | None = None
    attributes: list[Attribute] | None = None
    cost_options: list[Named] | None = None
    contacts: list[Named] | None = None
    metadata: list[Named] | None = None
    slug: str | None = None
    hours_description: str | None = None
    translations: dict[str, dict[str, str]] | None = None
    first_sentence: str | None = None
    assured_by: str | None = None
    source: str | None = None
    verified: bool | None = None


def shape_faults(document: object) -> Iterator[tuple[str, str]]:
    """Yield each (path, what is wrong and the cure) of what should be a service."""
    try:
        Service.model_validate(document)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            yield ".".join(map(str, fault["loc"])) or "service", _cure(fault["type"], fault["msg"])
    else:
        found = list(_node_faults(document, "", DEEPEST))
        yield from found
        if not found and len(json.dumps(document, ensure_ascii=False)) > LONGEST_DOCUMENT:
            yield "service", f"is longer than {LONGEST_DOCUMENT} characters; leave out what no reader needs"


def _cure(kind: str, message: str) -> str:
    return "is missing; HSDS 3 requires it" if kind == "missing" else f"{message[:1].lower()}{message[1:]}"


def _node_faults(node: object, path: str, levels: int) -> Iterator[tuple[str, str]]:
    """Yield what a database refuses, and what is nested so deep that reading it would fail one day."""
    if not levels:
        yield path, f"is nested deeper than {DEEPEST} levels; leave out what no reader needs"
        return
    if isinstance(node, float) and not isfinite(node):
        yield path, "is no number that JSON knows; write a smaller one"
    if isinstance(node, str) and not _is_text(node):
        yield path, NO_TEXT
    pairs = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ()
    for name, value in pairs:
        yield from _node_faults(value, f"{path}.{name}".lstrip("."), levels - 1)
        if isinstance(name, str) and not _is_text(name):
            yield f"{path}.(a name)".lstrip("."), NO_TEXT


def _is_text(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
