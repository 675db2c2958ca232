"""Sums that everybody can work out: hidden cells on one side of an equation of which all the rest is told."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from app.statistics.attacking.truth import ALL, Name, Published

Side = frozenset[Name]


def known_sums(published: Published) -> set[Side]:
    """Return the sets of at least two hidden cells whose sum is known."""
    found: set[Side] = set()
    for one, other in _equations(published):
        if not (one and other) or not all(name in published.table for name in (*one, *other)):
            continue
        hidden = [frozenset(name for name in side if published.table[name] is None) for side in (one, other)]
        if bool(hidden[0]) != bool(hidden[1]):
            found.add(hidden[0] or hidden[1])
    return found


def _equations(published: Published) -> Iterator[tuple[Side, Side]]:
    areas = {area for area, _, _ in published.table} - {ALL}
    kinds = {kind for _, kind, _ in published.table}
    periods = {period for _, _, period in published.table}
    for period in periods:
        for kind in kinds:
            inner = frozenset((area, kind, period) for area in areas)
            yield frozenset({(ALL, kind, period)}), inner
            if kind in published.groups:
                yield frozenset((ALL, member, period) for member in published.groups[kind]), inner
                yield from _group_lines(published, kind, period, areas)
        for area in (*areas, ALL):
            parts = frozenset((area, kind, period) for kind in kinds - {ALL} if (area, kind, period) in published.table)
            yield frozenset({(area, ALL, period)}), parts
    yield from _over_time(areas | {ALL}, kinds)


def _group_lines(published: Published, group: str, period: str, areas: Iterable[str]) -> Iterator[tuple[Side, Side]]:
    for area in (*areas, ALL):
        yield (
            frozenset({(area, group, period)}),
            frozenset((area, member, period) for member in published.groups[group]),
        )


def _over_time(areas: Iterable[str], kinds: Iterable[str]) -> Iterator[tuple[Side, Side]]:
    starts = ("", "Q1", "YTD2", "YTD3", "YTD4")
    for area in areas:
        for kind in kinds:
            for before, after in combinations(range(5), 2):
                whole = frozenset({(area, kind, starts[after])})
                rest = {(area, kind, f"Q{number}") for number in range(before + 1, after + 1)}
                if before:
                    rest.add((area, kind, starts[before]))
                yield whole, frozenset(rest)
