"""What the rest of the program knows of a service: one flat, frozen value, whatever file it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

EVERY_DAY = frozenset(range(7))
MIDNIGHT = time(0, 0)


NUMBER_OF_LIFE = ("112", "113")
"""Services that always stand on the map with their number, and never drop."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Some days of the week with one span of hours, as clocks in The Hague show them."""

    days: frozenset[int]
    """0 is Monday."""
    opens: time
    closes: time
    """When it is not after `opens`, it is on the next day: 00:00 to 00:00 is a whole day."""
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day on which it holds."""
    on_holidays: bool | None = None
    """Whether it holds on public holidays too; None when nobody said."""


ALWAYS = (Opening(days=EVERY_DAY, opens=MIDNIGHT, closes=MIDNIGHT, on_holidays=True),)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One service; texts are stripped, and what is not known is empty or None."""

    id: str
    name_nl: str
    name_en: str
    what_they_do_nl: str
    what_they_do_en: str
    for_whom_nl: str
    for_whom: str
    opening_hours_nl: str
    opening_hours: str
    cost_nl: str
    cost: str
    min_age: int | None
    max_age: int | None
    phone: str
    chat_url: str
    website: str
    anonymous_possible: str
    languages: str
    area: str
    topics: str
    keywords_nl: str
    emergency: bool
    source: str
    verified: bool
    organization: str = ""
    phone_hours: tuple[Opening, ...] = ()
    chat_hours: tuple[Opening, ...] = ()
    walk_in_hours: tuple[Opening, ...] = ()
    address: str = ""
    districts: tuple[str, ...] = ()
    first_sentence_nl: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """By language tag; those in Dutch stand in `keywords_nl`."""
