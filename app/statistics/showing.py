"""How a released table is laid out on a page, in a letter and as open data; no figure is made here."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from typing_extensions import override

from app.i18n.formats import format_date, format_number
from app.i18n.translate import gettext as _
from app.register.codes import CATEGORIES
from app.register.documents import Document, Part
from app.statistics.protecting.design import REST, TOTAL
from app.statistics.protecting.lattice import Cell
from app.statistics.queries import Released
from app.web.drawing import Bar, Tile, bars, columns, tiles

PLACES = {
    "Loosduinen": (0, 0),
    "Segbroek": (1, 0),
    "Scheveningen": (2, 0),
    "Haagse Hout": (3, 0),
    "Escamp": (1, 1),
    "Centrum": (2, 1),
    "Laak": (3, 1),
    "Leidschenveen-Ypenburg": (4, 1),
}
"""Where each district lies on the map of tiles: a scheme, not a measure."""
SHADES = 4


@dataclass(frozen=True)
class Figure:
    """One figure as it is read: a number, a hidden one, or a range that is harmless."""

    value: int | None
    span: tuple[int, int] | None = None

    @override
    def __str__(self) -> str:
        if self.value is not None:
            return format_number(self.value)
        if self.span:
            return _("tussen %(low)s en %(high)s", low=self.span[0], high=self.span[1])
        return _("afgeschermd")


@dataclass(frozen=True)
class Grid:
    """A table to read: a caption, what stands above the columns, and rows of figures by name."""

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]


def category_name(code: str) -> str:
    """Return what a category or group is called."""
    return {TOTAL: _("Samen"), REST: _("Andere soorten samen")}.get(code) or str(CATEGORIES.get(code, code))


def period_name(period: str) -> str:
    """Return what a period is called."""
    if period.startswith("Q"):
        return _("Kwartaal %(number)s", number=period[1:])
    names = {"YTD2": _("Eerste halfjaar"), "YTD3": _("Eerste drie kwartalen"), "YTD4": _("Heel het schooljaar")}
    return names[period]


def area_name(area: str) -> str:
    """Return what a region is called."""
    return _("Heel de stad") if area == TOTAL else area


def grids(table: Released) -> Iterator[Grid]:
    """Yield the tables of a page: the city by category, regions by period, and regions by category where listed."""
    heads = tuple(map(period_name, table.periods))
    by_category = [(category_name(code), TOTAL, code) for code in (*CATEGORIES, TOTAL)]
    yield Grid("city", _("Heel de stad, per soort"), heads, _over_time(table, by_category))
    if table.areas:
        by_area = [(area_name(area), area, TOTAL) for area in (*table.areas, TOTAL)]
        yield Grid("regions", _("Alle soorten samen, per gebied"), heads, _over_time(table, by_area))
        yield from _inner(table)


def _over_time(table: Released, rows: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    return tuple((name, _row(table, [(area, code, period) for period in table.periods])) for name, area, code in rows)


def _inner(table: Released) -> Iterator[Grid]:
    for period in table.periods:
        listed = [code for code in (*CATEGORIES, REST) if Cell(table.areas[0], code, period) in table.cells]
        if listed:
            codes = (*listed, TOTAL)
            yield Grid(
                f"inner-{period}",
                _("Per gebied en soort: %(period)s", period=period_name(period)),
                tuple(map(category_name, codes)),
                tuple((area, _row(table, [(area, code, period) for code in codes])) for area in table.areas),
            )


def _row(table: Released, names: Sequence[tuple[str, str, str]]) -> tuple[Figure, ...]:
    return tuple(figure(table, Cell(*name)) for name in names)


def figure(table: Released, cell: Cell) -> Figure:
    """Return one figure of a table."""
    return Figure(table.cells[cell], table.ranges.get(cell))


def category_chart(table: Released) -> Markup:
    """Draw the city's categories until the newest quarter, in the order of the bill, which tells nothing."""
    period = newest_period(table)
    return bars([_bar(category_name(code), figure(table, Cell(TOTAL, code, period))) for code in CATEGORIES])


def _bar(label: str, shown: Figure) -> Bar:
    return Bar(label, shown.value, shown.span)


def trend_chart(table: Released) -> Markup:
    """Draw the city's total by quarter; nothing where one of them is hidden."""
    totals = [(period, table.cells[Cell(TOTAL, TOTAL, period)]) for period in table.periods if period.startswith("Q")]
    shown = [(period, value) for period, value in totals if value is not None]
    return columns(shown) if len(shown) == len(totals) else Markup("")


def district_map(table: Released) -> Markup:
    """Draw the districts as tiles, each with the figure of its region; no shade tells more than its figure."""
    period = newest_period(table)
    figures = {area: figure(table, Cell(area, TOTAL, period)) for area in table.areas}
    most = max((shown.value or 0 for shown in figures.values()), default=0) or 1
    found = []
    for district, (column, row) in PLACES.items():
        shown = figures[table.regions[district]]
        shade = None if shown.value is None else min(SHADES, shown.value * (SHADES + 1) // (most + 1))
        words = str(shown) if shown.value is not None else "…"
        if district != table.regions[district]:
            words = _("%(figure)s samen", figure=words)
        found.append(Tile(column, row, district, words, shade))
    return tiles(found)


def newest_period(table: Released) -> str:
    """Return the longest period of a table: all of its school year so far."""
    return table.periods[-1]


def sdmx_rows(table: Released) -> str:
    """Return the table as SDMX-CSV 2.0: one observation a line, hidden ones with status Q (SDMX CL_OBS_STATUS)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    head = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "INCIDENT", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
    writer.writerow(head)
    for cell, value in table.cells.items():
        place = ("dataflow", "VERTEL:INCIDENTS(1.0)", "I", cell.district, cell.category, f"{table.year}-{cell.period}")
        writer.writerow((*place, "" if value is None else value, "Q" if value is None else "A"))
    return text.getvalue()


def letter(table: Released) -> Document:
    """Return a letter for the council: one table, the reason for hidden figures, and a note on limits; one page."""
    period, schools = newest_period(table), sum(table.schools.values())
    head = [_("%(period)s. Scholen die meetellen: %(count)s.", period=period_name(period), count=schools)]
    by_category = [(category_name(code), Cell(TOTAL, code, period)) for code in (*CATEGORIES, TOTAL)]
    by_area = [(area, Cell(area, TOTAL, period)) for area in table.areas]
    tables = [_part(table, _("Soort incident"), by_category)]
    if by_area:
        tables.append(_part(table, _("Gebied"), by_area))
    day = format_date(table.released_on, "long")
    return Document(
        title=_("Incidenten op scholen in Den Haag, %(year)s", year=table.year),
        parts=(Part("", head), *tables, Part("", [reason(), limits()])),
        footer=_("Vrijgegeven op %(day)s · %(digest)s", day=day, digest=table.digest[:16]),
    )


def _part(table: Released, what: str, rows: Sequence[tuple[str, Cell]]) -> Part:
    return Part("", head=[what, _("Aantal")], rows=[[name, str(figure(table, cell))] for name, cell in rows])


def reason() -> str:
    """Return the one reason for every hidden figure."""
    return _("Afgeschermd: dit getal zou, alleen of samen met andere getallen, iets over één school kunnen verraden.")


def limits() -> str:
    """Return what the figures do not say."""
    return _(
        "Meer registreren betekent niet dat het onveiliger is: een school die beter oplet, telt meer. "
        "Deze cijfers zeggen niets over één school."
    )


def names_of(table: Released) -> Mapping[str, str]:
    """Return which district lies in which region, for a table whose districts were put together."""
    return {
        district: region for district, region in sorted(table.regions.items()) if district != region and table.areas
    }
