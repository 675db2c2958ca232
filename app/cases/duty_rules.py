"""Which duties hold for what is known of a case: pure; a fact nobody knows makes a duty a "perhaps"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Known = Literal["yes", "no", "unknown"]
Facts = Mapping[str, Known]
YES: Known = "yes"
NO: Known = "no"
UNKNOWN: Known = "unknown"
KNOWN: Mapping[str, Known] = {"yes": YES, "no": NO, "unknown": UNKNOWN}
_DECLINED = frozenset({"_skip", "_unsure"})


@dataclass(frozen=True)
class Source:
    """Which article says so, where it was read, and on which day."""

    article: str
    read: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty as a working text."""

    id: str
    when: Mapping[str, bool]
    title: str
    what_to_do: tuple[str, ...]
    deadline: str
    authority: str
    service: str
    """Id of a service of the social map."""
    tell_first: str
    overrides: bool
    """True when it goes before the student's answer to a step, after he was told."""
    source: Source
    unsure: str = ""
    """What the notes on the law infer or doubt; empty when they do not."""


@dataclass(frozen=True)
class Found:
    """A duty that holds, or perhaps does."""

    duty: Duty
    is_certain: bool


@dataclass(frozen=True)
class Told:
    """What the compass reads of a case: the kind of its reader, its categories, watched topics and answers in codes."""

    reader_kind: str
    categories: frozenset[str]
    watch: frozenset[str]
    answers: Mapping[str, tuple[str, ...]]


def applicable(duties: Iterable[Duty], facts: Facts) -> tuple[Found, ...]:
    """Return the duties that hold and those that may, certain ones first and among them those that override."""
    held = [(duty, _holds(duty, facts)) for duty in duties]
    found = [Found(duty, is_certain=known == YES) for duty, known in held if known != NO]
    return tuple(sorted(found, key=lambda each: (not each.is_certain, not each.duty.overrides)))


def _holds(duty: Duty, facts: Facts) -> Known:
    wanted = [(facts.get(name, UNKNOWN), YES if wish else NO) for name, wish in duty.when.items()]
    if any(known not in (wish, UNKNOWN) for known, wish in wanted):
        return NO
    return YES if all(known == wish for known, wish in wanted) else UNKNOWN


def facts_from(told: Told) -> Facts:
    """Return what a case says by itself; a list of words is never certain.

    Nobody asks how old a student is. Most are under 18, and the gravest duty is about them, so it is presumed.
    """
    return {
        "internal": YES if told.reader_kind == "internal" else NO,
        "staff": _answer(told, "who", {"staff"}),
        "minor": YES,
        "sexual": _about(told, "what", {"touched"}, "sexual"),
        "danger": _danger(told),
        "home": _about(told, "what", {"home"}, "home"),
        "weapon": _weapon(told),
        "injury": _injury(told),
        "bullying": _category(told, "bullying"),
        "discrimination": _category(told, "discrimination"),
    }


def _answer(told: Told, step: str, codes: set[str]) -> Known:
    said = set(told.answers.get(step, ()))
    if said & codes:
        return YES
    return UNKNOWN if not said or said & _DECLINED else NO


def _about(told: Told, step: str, codes: set[str], topic: str) -> Known:
    known = _answer(told, step, codes)
    return UNKNOWN if known == NO and topic in told.watch else known


def _danger(told: Told) -> Known:
    known = _answer(told, "danger", {"right_now"})
    return UNKNOWN if known == NO and told.watch & {"life", "threat"} else known


def _weapon(told: Told) -> Known:
    return YES if told.categories & {"weapon", "fear"} else _detail(told, {"hurt": "kind_hurt", "risky": "kind_risky"})


def _injury(told: Told) -> Known:
    injured = "injured" in told.answers.get("kind_hurt", ())
    return YES if injured else _detail(told, {"hurt": "kind_hurt"})


def _detail(told: Told, steps: Mapping[str, str]) -> Known:
    """Return no when the question about it was asked and answered otherwise, or did not come up."""
    what = _answer(told, "what", set(steps))
    if what != YES:
        return what
    asked = steps[next(code for code in told.answers["what"] if code in steps)]
    return _answer(told, asked, set())


def _category(told: Told, category: str) -> Known:
    if category in told.categories:
        return YES
    return UNKNOWN if _answer(told, "what", set()) == UNKNOWN else NO
