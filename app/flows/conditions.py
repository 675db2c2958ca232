"""The meaning of a condition: three-valued, so that a question nobody answered never makes anything true."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.flows.dates import days_ago
from app.flows.model import Condition

GROUPS = ("all", "any", "none")
FACTS = ("category", "urgency")
RESERVED = (*GROUPS, *FACTS, "answered", "watch")

Known = Mapping[str, tuple[str, ...]]
"""Answers on the path by step id, and the facts `category` and `urgency` once they are known.

`watch` holds the topics found so far, from the first text that was looked at on; before, nothing is known of any topic.
"""


def holds(condition: Condition, known: Known) -> bool:
    """Decide *condition*; an empty one holds, and what is unknown does not, however it is phrased."""
    return truth(condition, known) is True


def truth(condition: Condition, known: Known) -> bool | None:
    """Evaluate *condition* to true, false or, where an answer is missing, None (Kleene's strong logic)."""
    return _every(_part(key, value, known) for key, value in condition.items())


def _part(key: str, value: Any, known: Known) -> bool | None:
    if key in GROUPS:
        return _group(key, [truth(part, known) for part in value])
    if key == "answered":
        return all(step in known for step in as_list(value))
    return _matches(value, known.get(key))


def _group(key: str, parts: list[bool | None]) -> bool | None:
    if key == "all":
        return _every(parts)
    found = _some(parts)
    if key == "any" or found is None:
        return found
    return not found


def _matches(wanted: Any, values: tuple[str, ...] | None) -> bool | None:
    if values is None:
        return None
    if isinstance(wanted, Mapping):
        if "within_days" in wanted:
            ago = days_ago(values)
            return ago is not None and ago <= wanted["within_days"]
        return all(code in values for code in wanted["all"])
    return any(code in values for code in as_list(wanted))


def as_list(value: Any) -> list[Any]:
    """Return a list as it is and anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def _every(parts: Iterable[bool | None]) -> bool | None:
    seen = list(parts)
    if False in seen:
        return False
    return None if None in seen else True


def _some(parts: Iterable[bool | None]) -> bool | None:
    seen = list(parts)
    if True in seen:
        return True
    return None if None in seen else False
