"""What was released: tables as they came out, and nothing else."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.register.periods import year_of
from app.statistics.models import Publication, TableDesign
from app.statistics.protecting.design import TOTAL
from app.statistics.protecting.files import design_from_json
from app.statistics.protecting.lattice import Cell
from app.statistics.publishing import cells_of


@dataclass(frozen=True)
class Released:
    """The table of a school year until a quarter, as it came out."""

    quarter: str
    content: str
    ranges_text: str
    schools: Mapping[str, int]
    digest: str
    signature: bytes
    released_on: date
    regions: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def year(self) -> str:
        """Return its school year."""
        return year_of(self.quarter)

    @cached_property
    def cells(self) -> Mapping[Cell, int | None]:
        """Return every cell, None for hidden ones."""
        return cells_of(self.content)

    @cached_property
    def ranges(self) -> Mapping[Cell, tuple[int, int]]:
        """Return the harmless ranges of hidden cells."""
        rows = csv.reader(io.StringIO(self.ranges_text))
        return {Cell(*names): (int(low), int(high)) for *names, low, high in rows}

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the regions by name; none when the table is of the whole city only."""
        return tuple(sorted(set(self.regions.values()) - {TOTAL}))

    @property
    def periods(self) -> tuple[str, ...]:
        """Return the periods of the table in order."""
        return tuple(dict.fromkeys(cell.period for cell in self.cells))


def released_years(session: Session) -> tuple[str, ...]:
    """Return the school years with a released table, the newest first."""
    quarters = session.scalars(select(Publication.quarter).where(Publication.state == "released"))
    return tuple(sorted({year_of(quarter) for quarter in quarters}, reverse=True))


def newest_of(session: Session, year: str) -> Released | None:
    """Return the newest released table of a school year; it holds all earlier ones of that year."""
    query = select(Publication).where(Publication.state == "released", Publication.quarter.startswith(year))
    found = session.scalars(query.order_by(Publication.quarter.desc())).first()
    design = session.get(TableDesign, year)
    if found is None or design is None or found.signature is None or found.released_on is None:
        return None
    shape = design_from_json(design.design)
    schools = dict(line.rsplit(",", 1) for line in found.schools.splitlines())
    return Released(
        found.quarter,
        found.content,
        found.ranges,
        {region: int(number) for region, number in schools.items()},
        found.digest,
        found.signature,
        found.released_on,
        shape.regions,
        shape.groups,
    )
