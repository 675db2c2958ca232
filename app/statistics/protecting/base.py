"""The base rows of a table: what each school counted per category and quarter."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
COLUMNS = ("school", "board", "district", "category", "period", "value")
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
MOST = 100_000
"""Largest count that a school can have of one category in a quarter; more is a mistake in typing."""


class BaseError(ValueError):
    """Raised when base rows cannot be used; each line names the row, what is wrong and how to mend it."""


@dataclass(frozen=True)
class BaseRow:
    """What one school counted of one category in one quarter; a school that takes part has rows of zero too."""

    school: str
    board: str
    district: str
    category: str
    period: str
    value: int


@dataclass(frozen=True)
class Base:
    """Counts by school, category and quarter, in the order of the names; *takes_part* by school and quarter."""

    schools: tuple[str, ...]
    boards: Mapping[str, str]
    districts: Mapping[str, str]
    categories: tuple[str, ...]
    quarters: tuple[str, ...]
    counts: Counts
    takes_part: NDArray[np.bool_]

    def until(self, quarter: str) -> "Base":
        """Return the part of the year that is over at the end of *quarter*."""
        last = self.quarters.index(quarter) + 1
        return Base(
            self.schools,
            self.boards,
            self.districts,
            self.categories,
            self.quarters[:last],
            self.counts[:, :, :last],
            self.takes_part[:, :last],
        )


def read_base(path: Path) -> Base:
    """Read a CSV with the columns of `COLUMNS`.

    Raises: BaseError, naming every fault with its line.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise BaseError(f"{path.name}: the header lacks {', '.join(missing)}; it must be {','.join(COLUMNS)}")
        return arrange(list(_rows(path.name, reader)), path.name)


def _rows(name: str, reader: Iterable[Mapping[str, str]]) -> Iterable[BaseRow]:
    faults: list[str] = []
    for line, row in enumerate(reader, start=2):
        texts = [(row.get(column) or "").strip() for column in COLUMNS]
        fault = _fault(texts)
        if fault:
            faults.append(f"{name}: row {line}: {fault}")
            continue
        school, board, district, category, period, value = texts
        yield BaseRow(school, board, district, category, period, int(value))
    if faults:
        raise BaseError("\n".join(faults))


def _fault(texts: Sequence[str]) -> str:
    for column, text in zip(COLUMNS, texts, strict=True):
        if not text and column != "board":
            return f"{column} is empty; fill it in" + (", every school lies in a district" * (column == "district"))
    if texts[4] not in QUARTERS:
        return f"period {texts[4]!r} is no quarter; write Q1, Q2, Q3 or Q4"
    if not texts[5].isascii() or not texts[5].isdecimal() or int(texts[5]) > MOST:
        return f"value {texts[5]!r} is no count; write a whole number from 0 to {MOST}"
    return ""


def arrange(rows: Sequence[BaseRow], name: str = "base") -> Base:
    """Put *rows* in order; a school without rows in a quarter did not take part in it.

    Raises: BaseError when a school contradicts itself, a row stands twice, or a quarter is left out.
    """
    if not rows:
        raise BaseError(f"{name}: there are no rows; export the quarters again")
    faults = [*_contradictions(rows), *_doubles(rows), *_gaps(rows)]
    if faults:
        raise BaseError("\n".join(f"{name}: {fault}" for fault in faults))
    schools = tuple(sorted({row.school for row in rows}))
    categories = tuple(sorted({row.category for row in rows}))
    quarters = tuple(sorted({row.period for row in rows}))
    counts = np.zeros((len(schools), len(categories), len(quarters)), dtype=np.int64)
    takes_part = np.zeros((len(schools), len(quarters)), dtype=np.bool_)
    places = [{text: at for at, text in enumerate(texts)} for texts in (schools, categories, quarters)]
    for row in rows:
        school, category, quarter = places[0][row.school], places[1][row.category], places[2][row.period]
        counts[school, category, quarter] = row.value
        takes_part[school, quarter] = True
    boards = {row.school: row.board or row.school for row in rows}
    return Base(schools, boards, {row.school: row.district for row in rows}, categories, quarters, counts, takes_part)


def _contradictions(rows: Sequence[BaseRow]) -> Iterable[str]:
    for what in ("district", "board"):
        told: dict[str, set[str]] = {}
        for row in rows:
            told.setdefault(row.school, set()).add(getattr(row, what))
        for school, found in told.items():
            if len(found) > 1:
                yield f"school {school!r} has {len(found)} {what}s; give each school one, or two schools two names"
    for row in rows:
        if "TOTAL" in (row.category, row.district) or set(row.category) & set("=+,"):
            yield f"{row.category!r} in {row.district!r}: TOTAL and the signs = + , are taken; rename it"
            return


def _doubles(rows: Sequence[BaseRow]) -> Iterable[str]:
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (row.school, row.category, row.period)
        if key in seen:
            yield f"school {row.school!r}, {row.category}, {row.period} stands twice; two schools need two names"
        seen.add(key)


def _gaps(rows: Sequence[BaseRow]) -> Iterable[str]:
    found = {row.period for row in rows}
    expected = QUARTERS[: len(found)]
    if found != set(expected):
        yield f"it has {', '.join(sorted(found))}, but quarters follow each other from Q1; add the others"
