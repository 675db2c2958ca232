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

ROLES = ("internal", "external")
URGENCIES = ("now", "soon")

Kind = Literal["say", "chips", "text", "place", "person"]
Condition = Mapping[str, Any]
"""A plain map as the author wrote it; `app.flows.conditions` gives it meaning."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bubble or question; *only_if* already holds the conditions of the sections around it."""

    id: str
    kind: Kind = "say"
    say: str = ""
    ask: str = ""
    hint: str = ""
    label: str = ""
    caution: str = ""
    chips: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    long: bool = False
    required: bool = False
    unsure: bool = False
    only_if: Condition | None = None
    detour: Mapping[str, str] = field(default_factory=dict)
    watch: tuple[str, ...] = ()
    help: tuple[str, ...] = ()

    @property
    def is_question(self) -> bool:
        """Tell whether the step takes an answer."""
        return self.kind != "say"

    @property
    def constants(self) -> tuple[str, ...]:
        """Return the codes that the step offers beside its own chips, places or people."""
        listed = {"place": (ELSEWHERE,), "person": (NOBODY,)}.get(self.kind, ())
        return (*listed, *((UNSURE,) if self.unsure else ()), *(() if self.required else (SKIP,)))


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
class Flow:
    """One conversation, read from top to bottom."""

    id: str
    title: str
    steps: Mapping[str, Step]
    end: str = ""
    categories: tuple[Rule, ...] = ()
    urgency: tuple[Rule, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True)
class FlowSet:
    """All conversations of one version; *hash* is the SHA-256 of their canonical JSON in hexadecimal."""

    flows: Mapping[str, Flow]
    hash: str
