"""What an incident must be before it is stored: known codes, a day that can be, sensible numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.register.codes import DEFAULTS, FIELDS

MOST_AFFECTED = 500
EARLIEST_DAYS = 3 * 366
"""How far back an incident may lie: older ones are of school years that are closed."""


class FactsError(ValueError):
    """Raised when facts cannot be stored; `faults` maps a field to the code of what is wrong with it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults.items()))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class IncidentFacts:
    """One incident in codes (`app.register.codes`); *codes* by the name of the field, missing ones take the default."""

    day: date
    codes: Mapping[str, str]
    is_online: bool = False
    affected_count: int = 0
    reported_on: date | None = None

    def complete(self) -> Mapping[str, str]:
        """Return every code, with defaults where nothing was said."""
        told = {name: code for name, code in self.codes.items() if code}
        return {**DEFAULTS, **told}


def check(facts: IncidentFacts, today: date) -> None:
    """Refuse facts that no incident can have.

    Raises: FactsError.
    """
    faults: dict[str, str] = {}
    codes = facts.complete()
    for name, (_, labels) in FIELDS.items():
        if codes.get(name) not in labels:
            faults[name] = "unknown_code"
    if facts.day > today:
        faults["day"] = "in_future"
    elif facts.day < today - timedelta(days=EARLIEST_DAYS):
        faults["day"] = "too_old"
    if not 0 <= facts.affected_count <= MOST_AFFECTED:
        faults["affected_count"] = "out_of_range"
    if facts.reported_on is not None and not facts.day <= facts.reported_on <= today:
        faults["reported_on"] = "out_of_order"
    if faults:
        raise FactsError(faults)
