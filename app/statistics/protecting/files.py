"""Protected tables as files: `table.csv`, `regions.csv` and `sums.csv` in one folder."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.statistics.protecting.design import Design, periods_until
from app.statistics.protecting.table import Protected

SUPPRESSED = "suppressed"
TABLE_COLUMNS = ("district", "category", "period", "value")


def write_table(folder: Path, table: Protected) -> None:
    """Write the three files of *table* into *folder*, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.csv").write_text(table_text(table), encoding="utf-8")
    _write(folder / "regions.csv", ("district", "region"), sorted(table.design.regions.items()))
    _write(folder / "sums.csv", ("kind", "sum"), sum_rows(table))


def table_text(table: Protected) -> str:
    """Return `table.csv` as one text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(TABLE_COLUMNS)
    writer.writerows(table_rows(table))
    return text.getvalue()


def design_as_json(design: Design) -> str:
    """Return a design as a text that `design_from_json` takes back."""
    groups = {name: list(members) for name, members in design.groups.items()}
    return json.dumps({"kind": design.kind, "regions": dict(design.regions), "groups": groups}, sort_keys=True)


def design_from_json(text: str) -> Design:
    """Return the design that `design_as_json` wrote."""
    told = json.loads(text)
    return Design(told["regions"], {name: tuple(members) for name, members in told["groups"].items()}, told["kind"])


def table_rows(table: Protected) -> Iterable[Sequence[str]]:
    """Yield the rows of `table.csv`."""
    for cell, value in table.cells.items():
        yield cell.district, cell.category, cell.period, SUPPRESSED if value is None else str(value)


def sum_rows(table: Protected) -> Iterable[Sequence[str]]:
    """Yield which categories and periods are sums of others, as `("category", "REST=C6+C7")`."""
    for group, members in sorted(table.design.groups.items()):
        yield "category", f"{group}={'+'.join(members)}"
    quarters = len({cell.period for cell in table.cells if cell.period.startswith("Q")})
    for period, parts in periods_until(quarters):
        if len(parts) > 1:
            yield "period", f"{period}={'+'.join(f'Q{part + 1}' for part in parts)}"


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
