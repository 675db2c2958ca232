"""What a condition, and everything it rests on, compares with: the few answers that can change its truth."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.flows.conditions import GROUPS, as_list
from app.flows.model import Condition, Flow, Step

Mentions = Mapping[str, frozenset[str]]
"""By step id the codes, watched topics or numbers of days that something compares its answer with."""


def named(condition: Condition) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each step or fact that *condition* names, with what it is compared with."""
    for key, value in condition.items():
        if key in GROUPS:
            for part in value:
                yield from named(part)
        elif key == "answered":
            yield from ((step, frozenset()) for step in as_list(value))
        else:
            yield key, frozenset(_codes(value))


def _codes(value: Any) -> Iterator[str]:
    parts = value.values() if isinstance(value, Mapping) else [value]
    return (str(code) for part in parts for code in as_list(part))


def behind(flow: Flow, conditions: Iterable[Condition]) -> Mentions:
    """Return the steps that *conditions* depend on, also through conditions and rules that these depend on."""
    found: dict[str, frozenset[str]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(conditions)
    while waiting:
        for name, codes in named(waiting.pop()):
            if (name, codes) in seen:
                continue
            seen.add((name, codes))
            for step in _steps_behind(flow, name):
                found[step.id] = found.get(step.id, frozenset()) | codes
                waiting.append(step.only_if or {})
            waiting += _rules_behind(flow, name, codes)
    return found


def _steps_behind(flow: Flow, name: str) -> list[Step]:
    if name == "watch":
        # Of a topic something is known as soon as any text was looked at, whatever that looked for.
        return [step for step in flow.steps.values() if step.watch]
    return [flow.steps[name]] if name in flow.steps else []


def _rules_behind(flow: Flow, name: str, codes: frozenset[str]) -> list[Condition]:
    if name == "urgency":
        return [rule.when for rule in flow.urgency]
    if name != "category":
        return []
    rules = [rule for rule in flow.categories if rule.value in codes]
    # A rule without a condition holds when no other does, so it rests on all of them.
    return [rule.when for rule in (rules if all(rule.when for rule in rules) else flow.categories)]
