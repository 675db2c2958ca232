"""What a loaded conversation is: frozen values that say nothing about files, pages or people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SKIP = "_skip"
UNSURE = "_unsure"
ELSEWHERE = "_elsewhere"
"""A place that is not in the school's list."""
NOBODY = "_nobody"
"""A person who is not in the school's list."""
TODAY = "_today"
YESTERDAY = "_yesterday"
LAST_WEEK = "_last_week"
LONGER_AGO = "_longer_ago"
DAYS = (TODAY, YESTERDAY, LAST_WEEK, LONGER_AGO)
"""What a question for a date offers beside an exact date."""
WATCH = "_watch"
"""Under `<step>._watch` stand the topics that were found in the text of that step."""
SCHOOL_INTRO = "school_intro"
SCHOOL_QUESTION = "school_question"

PICTOGRAMS = (
    *("person", "people", "adult", "outside", "phone", "speech", "impact", "touch", "bag", "warning", "house", "dots"),
    *("alert", "calm", "ear", "bulb", "stop", "eye", "talk", "note"),
)
"""Names of the drawings that a chip may have; `web/pictograms.html` draws them."""

ROLES = ("internal", "external")
URGENCIES = ("now", "soon")

Kind = Literal["say", "chips", "text", "date", "place", "person"]
Condition = Mapping[str, Any]
"""A plain map as the author wrote it; `app.flows.conditions` gives it meaning."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bubble or question; *only_if* already holds the conditions of the sections around it.

    A text that was written with a `context` is kept as gettext wants it: the context, the sign U+0004, the text.
    """

    id: str
    kind: Kind = "say"
    say: str = ""
    ask: str = ""
    hint: str = ""
    label: str = ""
    caution: str = ""
    why: str = ""
    """What the answer is for, for whoever wonders why it is asked."""
    chips: Mapping[str, str] = field(default_factory=dict)
    pictograms: Mapping[str, str] = field(default_factory=dict)
    """Drawings beside chips, by code; they say nothing that the text does not."""
    many: bool = False
    long: bool = False
    required: bool = False
    unsure: bool = False
    only_if: Condition | None = None
    detour: Mapping[str, str] = field(default_factory=dict)
    watch: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    """Codes of chips that are not offered any more; they stay answers and keep their texts."""
    pinned: bool = False
    part: str = ""
    """Id of the step or section around it (or itself) that a school may switch off."""

    @property
    def is_question(self) -> bool:
        """Tell whether the step takes an answer."""
        return self.kind != "say"

    @property
    def constants(self) -> tuple[str, ...]:
        """Return the codes that the step offers beside its own chips, places or people."""
        listed = _LISTED.get(self.kind, ())
        return (*listed, *((UNSURE,) if self.unsure else ()), *(() if self.required else (SKIP,)))

    @property
    def offered(self) -> dict[str, str]:
        """Return the chips that a student may still choose."""
        return {code: text for code, text in self.chips.items() if code not in self.retired}


_LISTED: Mapping[Kind, tuple[str, ...]] = {"place": (ELSEWHERE,), "person": (NOBODY,), "date": DAYS}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Gives a category or an urgency; an empty *when* holds where no other rule does."""

    value: str
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Route:
    """Names the roles that receive a report; people in *but_not* roles never do."""

    to: tuple[str, ...]
    else_to: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Referral:
    """Names the help cards that go with a report; every rule that holds adds its own."""

    to: tuple[str, ...]
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One conversation, read from top to bottom."""

    id: str
    title: str
    steps: Mapping[str, Step]
    end: str = ""
    categories: tuple[Rule, ...] = ()
    urgency: tuple[Rule, ...] = ()
    routes: tuple[Route, ...] = ()
    refer: tuple[Referral, ...] = ()
    retired: tuple[str, ...] = ()
    """Ids of steps that were released once and are gone."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Where a school's own parts come: right after step `intro`, right before step `question`."""


@dataclass(frozen=True)
class FlowSet:
    """All conversations of one version; *hash* is the SHA-256 of their canonical JSON in hexadecimal."""

    flows: Mapping[str, Flow]
    hash: str
