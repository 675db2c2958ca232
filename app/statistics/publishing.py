"""The way of a table: concept, protected, audited, released; each step is one function, and none goes back.

A step runs in the worker or in a command, never in a request. What is fixed in the concept never changes.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock
from app.register.counting import Counted, Participant, counted, participants
from app.register.periods import last_day, quarters_of, year_of
from app.register.queries import schools_importing
from app.schools.districts import DISTRICTS
from app.schools.queries import SchoolInfo
from app.statistics.models import FixedCount, Publication, TableDesign
from app.statistics.protecting.base import Base, BaseRow, arrange
from app.statistics.protecting.design import (
    REST,
    SCHOOLS_BESIDE_A_BOARD,
    SCHOOLS_IN_A_REGION,
    TOTAL,
    Design,
    merge_regions,
)
from app.statistics.protecting.files import SUPPRESSED, design_as_json, design_from_json, table_text
from app.statistics.protecting.lattice import Cell
from app.statistics.protecting.table import Protected
from app.statistics.signing import digest, sign

RARE = ("sexual", "vandalism", "drugs", "weapon")
"""Categories that stand together inside a region: a choice made once, not by what a year happened to bring."""


class PublicationError(RuntimeError):
    """Raised when a step cannot be taken now; says why and what comes first."""


def make_concept(session: Session, quarter: str) -> Publication:
    """Fix what every school counts in a quarter that is over.

    Raises: PublicationError.
    """
    _check_order(session, quarter)
    rows, design = _first_design(session, quarter)
    for row in rows:
        told = {"board": row.board, "district": row.district, "value": row.value}
        session.add(FixedCount(quarter=quarter, school_id=row.school, category=row.category, **told))
    if session.get(TableDesign, year_of(quarter)) is None:
        session.add(TableDesign(year=year_of(quarter), design=design_as_json(design)))
    made = Publication(quarter=quarter, state="concept", made_on=clock.today())
    session.add(made)
    session.flush()
    return made


def _check_order(session: Session, quarter: str) -> None:
    if last_day(quarter) >= clock.today():
        raise PublicationError(f"{quarter} is not over yet; its last day is {last_day(quarter)}")
    known = states(session)
    if quarter in known:
        raise PublicationError(f"{quarter} is {known[quarter]} already; what was fixed is not fixed anew")
    waiting = [one for one, state in known.items() if state != "released"]
    if waiting:
        raise PublicationError(f"{waiting[0]} is {known[waiting[0]]}; release or discard it first")
    before = [one for one in quarters_of(year_of(quarter)) if one < quarter and one not in known]
    if before:
        raise PublicationError(f"{before[0]} comes first: quarters of a school year come out in order")


def _first_design(session: Session, quarter: str) -> tuple[Sequence[Counted], Design]:
    taking_part = [one for one in participants(session) if one.first_quarter <= quarter]
    _check_schools(session, [one.school for one in taking_part])
    held = session.get(TableDesign, year_of(quarter))
    if held is not None:
        design = design_from_json(held.design)
        return _counted(session, _included(taking_part, design), quarter), design
    settled = [one for one in taking_part if not one.is_pilot]
    rows = _counted(session, settled, quarter)
    regions = merge_regions(_base(rows), DISTRICTS) if rows else {}
    if len(set(regions.values())) > 1:
        return rows, Design(regions, {REST: RARE}, "calm")
    _check_city(taking_part, quarter)
    return _counted(session, taking_part, quarter), Design(dict.fromkeys(DISTRICTS, TOTAL), {}, "calm")


def _check_schools(session: Session, schools: Sequence[SchoolInfo]) -> None:
    busy = set(schools_importing(session))
    for school in schools:
        if school.district not in DISTRICTS:
            raise PublicationError(f"school {school.slug} has no district; let its manager confirm one")
        if school.id in busy:
            raise PublicationError(f"a file of {school.slug} is still being stored; try again when the worker is done")


def _included(taking_part: Sequence[Participant], design: Design) -> Sequence[Participant]:
    is_city_only = set(design.regions.values()) == {TOTAL}
    return [one for one in taking_part if is_city_only or not one.is_pilot]


def _check_city(taking_part: Sequence[Participant], quarter: str) -> None:
    boards = [one.board for one in taking_part]
    largest = max((boards.count(board) for board in boards), default=0)
    if len(taking_part) < SCHOOLS_IN_A_REGION or len(boards) - largest < SCHOOLS_BESIDE_A_BOARD:
        raise PublicationError(
            f"{quarter}: {len(taking_part)} schools take part; a table needs {SCHOOLS_IN_A_REGION}, "
            f"{SCHOOLS_BESIDE_A_BOARD} of them outside any one board"
        )


def _counted(session: Session, taking_part: Sequence[Participant], quarter: str) -> Sequence[Counted]:
    query = select(FixedCount.school_id, FixedCount.category, func.sum(FixedCount.value))
    fixed = {
        (school, category): int(value)
        for school, category, value in session.execute(query.group_by(FixedCount.school_id, FixedCount.category))
    }
    return list(counted(session, taking_part, quarter, fixed))


def _base(rows: Sequence[Counted]) -> Base:
    return arrange([BaseRow(row.school, row.board, row.district, row.category, "Q1", row.value) for row in rows])


def base_rows(session: Session, quarter: str) -> list[BaseRow]:
    """Return the fixed counts of the school year until *quarter*; never for a screen."""
    quarters = [one for one in quarters_of(year_of(quarter)) if one <= quarter]
    rows = session.scalars(select(FixedCount).where(FixedCount.quarter.in_(quarters)))
    # A school that moved to another board or district stands where it stood first: a table cannot move it.
    found = sorted(rows, key=lambda row: (row.school_id, row.category, row.quarter))
    first = {row.school_id: row for row in reversed(found)}
    return [
        BaseRow(
            row.school_id,
            first[row.school_id].board,
            first[row.school_id].district,
            row.category,
            row.quarter[-2:],
            row.value,
        )
        for row in found
    ]


@dataclass(frozen=True)
class Task:
    """One table to protect or attack, taken out of the database so that no transaction waits for it."""

    quarter: str
    rows: Sequence[BaseRow]
    design: Design
    before: Mapping[Cell, int | None]
    share: float


def task_of(session: Session, quarter: str, share: float) -> Task:
    """Return the task that a publication waits for."""
    held = session.get_one(TableDesign, year_of(quarter))
    earlier = session.scalars(
        select(Publication)
        .where(Publication.quarter < quarter, Publication.quarter.startswith(year_of(quarter)))
        .order_by(Publication.quarter.desc())
    ).first()
    before = cells_of(earlier.content) if earlier else {}
    return Task(quarter, base_rows(session, quarter), design_from_json(held.design), before, share)


def store_protected(session: Session, quarter: str, table: Protected, rows: Sequence[BaseRow]) -> None:
    """Keep a protected table."""
    found = of_quarter(session, quarter, "concept")
    found.content, found.state = table_text(table), "protected"
    found.schools = _schools(rows, table.design)


def _schools(rows: Sequence[BaseRow], design: Design) -> str:
    last = max(row.period for row in rows)
    there = {(design.regions[row.district], row.school) for row in rows if row.period == last}
    regions = sorted({region for region, _ in there})
    return "".join(f"{region},{sum(one == region for one, _ in there)}\n" for region in regions)


@dataclass(frozen=True)
class Verdict:
    """What the audit found: the number of findings by kind, and ranges that are harmless, or none."""

    findings: Mapping[str, int]
    ranges: Mapping[tuple[str, str, str], tuple[int, int]]


def store_verdict(session: Session, quarter: str, verdict: Verdict) -> None:
    """Keep what the audit said: audited, or stopped with the kinds of breach and never a figure."""
    found = of_quarter(session, quarter, "protected")
    if verdict.findings:
        found.state = "stopped"
        found.reason = ", ".join(f"{kind} {number}" for kind, number in sorted(verdict.findings.items()))
        return
    found.state = "audited"
    found.ranges = "".join(f"{','.join(name)},{low},{high}\n" for name, (low, high) in sorted(verdict.ranges.items()))


def release(session: Session, quarter: str, instance: Path) -> Publication:
    """Let an audited table out: hashed, signed, and fixed for good.

    Raises: PublicationError.
    """
    found = of_quarter(session, quarter, "audited")
    found.digest, found.signature = digest(found.content), sign(instance, found.content)
    found.state, found.released_on = "released", clock.today()
    session.flush()
    return found


def discard(session: Session, quarter: str) -> None:
    """Throw a table away that was not released, with the counts that it fixed.

    Raises: PublicationError.
    """
    found = session.scalar(select(Publication).where(Publication.quarter == quarter))
    if found is None or found.state == "released":
        raise PublicationError(f"{quarter}: there is nothing that may be thrown away")
    session.delete(found)
    session.execute(delete(FixedCount).where(FixedCount.quarter == quarter))
    others = select(Publication.id).where(
        Publication.quarter.startswith(year_of(quarter)), Publication.quarter != quarter
    )
    if session.scalar(others) is None:
        session.execute(delete(TableDesign).where(TableDesign.year == year_of(quarter)))


def of_quarter(session: Session, quarter: str, state: str) -> Publication:
    """Return a publication that is in *state*.

    Raises: PublicationError.
    """
    found = session.scalar(select(Publication).where(Publication.quarter == quarter).with_for_update())
    if found is None or found.state != state:
        told = f"{found.state}: {found.reason}".rstrip(": ") if found else "not made"
        raise PublicationError(f"{quarter} is {told}; it must be {state} first")
    return found


def cells_of(content: str) -> Mapping[Cell, int | None]:
    """Return the cells of a `table.csv`, None for hidden ones."""
    rows = csv.reader(io.StringIO(content))
    next(rows, None)
    return {Cell(*names): None if value == SUPPRESSED else int(value) for *names, value in rows}


def states(session: Session) -> Mapping[str, str]:
    """Return how far each quarter is."""
    return dict(session.execute(select(Publication.quarter, Publication.state)).all())


def content_of(session: Session, quarter: str) -> str:
    """Return the table of a quarter as CSV, released or not."""
    return session.scalars(select(Publication.content).where(Publication.quarter == quarter)).one()
