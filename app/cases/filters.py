"""What a reader wants to see of his queue: pure. It stands in the address, so no word of a case is ever in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.cases.wording import category_label
from app.i18n.translate import lazy_gettext as _lazy
from app.talks.wording import CATEGORIES

STATES = {
    "urgent": _lazy("Dringend"),
    "unread": _lazy("Nog niet gelezen"),
    "overdue": _lazy("Antwoord is te laat"),
    "waiting": _lazy("Wacht op de leerling"),
    "reprisal": _lazy("Na een eerdere melding"),
    "closed": _lazy("Afgesloten"),
}
"""What plain columns can tell, by its word in the address."""
_MARK = re.compile(r"[0-9a-f]{12}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9-]{1,60}", re.ASCII)


@dataclass(frozen=True)
class Filters:
    """All of these hold for what is shown; `label` is the mark of a label, which says nothing without the key."""

    states: frozenset[str] = frozenset()
    topic: str = ""
    """Code of a category."""
    label: str = ""
    school: str = ""
    """Slug of a school."""

    @classmethod
    def parse(cls, states: Iterable[str], singles: Mapping[str, str]) -> "Filters":
        """Read an address or a form; what this program does not know is left out."""
        topic, label, school = (singles.get(name, "") for name in ("topic", "label", "school"))
        return cls(
            states=frozenset(states) & STATES.keys(),
            topic=topic if topic in CATEGORIES else "",
            label=label if _MARK.fullmatch(label) else "",
            school=school if _SLUG.fullmatch(school) else "",
        )

    @property
    def count(self) -> int:
        """Return how many are on."""
        return len(self.states) + sum(map(bool, (self.topic, self.label, self.school)))

    @property
    def is_sealed(self) -> bool:
        """Tell whether it takes an opened card to know what passes."""
        return bool(self.topic or self.label)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the names and values that stand for it in an address or a form."""
        shown = (("show", state) for state in STATES if state in self.states)
        singles = (("topic", self.topic), ("label", self.label), ("school", self.school))
        return (*shown, *(pair for pair in singles if pair[1]))

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the same as arguments of an address."""
        states = [state for state in STATES if state in self.states]
        singles = {"topic": self.topic, "label": self.label, "school": self.school}
        return {**({"show": states} if states else {}), **{name: text for name, text in singles.items() if text}}

    def toggled(self, name: str, value: str) -> "Filters":
        """Return these filters with one more, or one less when it was on."""
        if name == "show":
            return replace(self, states=self.states ^ {value})
        changed = "" if getattr(self, name) == value else value
        return replace(self, **{name: changed})  # type: ignore[arg-type]  # the three single ones are texts


@dataclass(frozen=True)
class FilterLink:
    """One filter as a link that switches it on or off."""

    label: str
    is_on: bool
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class FilterGroup:
    """Filters of one sort, under their name."""

    name: str
    links: tuple[FilterLink, ...]


_GROUPS = {"show": _lazy("Hoe het staat"), "school": _lazy("School"), "label": _lazy("Label"), "topic": _lazy("Soort")}


def filter_groups(
    filters: Filters, *, schools: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[FilterGroup, ...]:
    """Return every filter that can be switched; *schools* by slug, *labels* by mark, both to their name."""
    choices = {
        "show": {state: str(label) for state, label in STATES.items()},
        "school": schools,
        "label": labels,
        "topic": {code: category_label(code) for code in CATEGORIES},
    }
    return tuple(
        FilterGroup(str(_GROUPS[name]), tuple(_link(filters, name, value, text) for value, text in values.items()))
        for name, values in choices.items()
        if values
    )


def _link(filters: Filters, name: str, value: str, text: str) -> FilterLink:
    is_on = value in filters.states if name == "show" else getattr(filters, name) == value
    return FilterLink(text, is_on, filters.toggled(name, value).arguments)
