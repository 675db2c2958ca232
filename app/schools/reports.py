"""What became of each row of an imported file."""

from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

Outcome = Literal["imported", "changed", "unchanged", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("imported", "changed", "unchanged", "refused")


@dataclass(frozen=True)
class RowReport:
    """One line of the report; *row* is the line in the file."""

    row: int
    outcome: Outcome
    detail: str = ""

    @override
    def __str__(self) -> str:
        return f"row {self.row}: {self.outcome}" + (f": {self.detail}" if self.detail else "")


@dataclass(frozen=True)
class ImportResult:
    """The report of a whole file, in the order of its rows."""

    rows: tuple[RowReport, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many rows had *outcome*."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def summary(self) -> str:
        """Return the four counts on one line."""
        return ", ".join(f"{outcome} {self.count(outcome)}" for outcome in OUTCOMES)
