"""What is attacked: the published table with its regions and groups, and the true counts behind it."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ALL = "TOTAL"
HIDDEN = "suppressed"
Name = tuple[str, str, str]
"""District or region, category or group, period."""


class AuditError(ValueError):
    """Raised when a file cannot be attacked at all; names the file, the row and the cure."""


@dataclass(frozen=True)
class TrueRow:
    """What one school counted of one category in one quarter."""

    school: str
    board: str
    district: str
    category: str
    quarter: str
    value: int


@dataclass(frozen=True)
class Published:
    """The table as the public has it; None is a hidden cell. *faults* are rows that nobody can read."""

    table: Mapping[Name, int | None]
    regions: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    faults: tuple[str, ...] = ()

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        """Return the quarters that came out."""
        return tuple(sorted({period for _, _, period in self.table if period.startswith("Q")}))

    def region_of(self, district: str) -> str:
        """Return the region of a district; one that is not named is a region by itself."""
        return self.regions.get(district, district)


def read_truth(path: Path) -> tuple[TrueRow, ...]:
    """Read base rows.

    Raises: AuditError.
    """
    rows = []
    for line, row in _rows(path, ("school", "board", "district", "category", "period", "value")):
        if not row["value"].isdecimal():
            raise AuditError(f"{path.name}: row {line}: value {row['value']!r} is no count; write a whole number")
        told = (row["school"], row["board"] or row["school"], row["district"], row["category"], row["period"])
        rows.append(TrueRow(*told, int(row["value"])))
    if not rows:
        raise AuditError(f"{path.name}: there are no rows")
    return tuple(rows)


def read_published(folder: Path) -> Published:
    """Read `table.csv`, `regions.csv` and `sums.csv` of *folder*.

    Raises: AuditError.
    """
    table: dict[Name, int | None] = {}
    faults = []
    for line, row in _rows(folder / "table.csv", ("district", "category", "period", "value")):
        name, value = (row["district"], row["category"], row["period"]), row["value"]
        if name in table:
            faults.append(f"row {line} tells a cell twice")
        elif value != HIDDEN and not value.isdecimal():
            faults.append(f"row {line} has no whole number and not the word {HIDDEN}")
        table[name] = int(value) if value.isdecimal() else None
    regions = {row["district"]: row["region"] for _, row in _rows(folder / "regions.csv", ("district", "region"))}
    groups = {}
    for line, row in _rows(folder / "sums.csv", ("kind", "sum")):
        whole, sign, parts = row["sum"].partition("=")
        if not sign:
            raise AuditError(f"sums.csv: row {line}: write a sum as REST=C6+C7")
        if row["kind"] == "category":
            groups[whole] = tuple(parts.split("+"))
    return Published(table, regions, groups, tuple(faults))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterable[tuple[int, Mapping[str, str]]]:
    if not path.is_file():
        raise AuditError(f"{path.name} is missing in {path.parent.name}; protect the table again")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise AuditError(f"{path.name}: the header lacks {', '.join(missing)}")
        for line, row in enumerate(reader, start=2):
            yield line, {column: (row[column] or "").strip() for column in columns}
