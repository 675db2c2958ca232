"""The world behind a table: its smallest pieces, and every sum of them that somebody could be after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.statistics.attacking.truth import ALL, AuditError, Name, Published, TrueRow

Piece = tuple[str, str, str]
"""Region, category, quarter."""


@dataclass(frozen=True)
class World:
    """The published table beside the truth."""

    published: Published
    rows: tuple[TrueRow, ...]

    @cached_property
    def known_rows(self) -> tuple[TrueRow, ...]:
        """Return the rows of quarters that came out."""
        return tuple(row for row in self.rows if row.quarter in self.published.quarters)

    @cached_property
    def by_piece(self) -> Mapping[Piece, Mapping[str, int]]:
        """Return what each school gave to each piece."""
        found: dict[Piece, dict[str, int]] = {}
        for row in self.known_rows:
            piece = (self.published.region_of(row.district), row.category, row.quarter)
            given = found.setdefault(piece, {})
            given[row.school] = given.get(row.school, 0) + row.value
        return found

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Return every piece in order."""
        return tuple(sorted(self.by_piece))

    @cached_property
    def board_of(self) -> Mapping[str, str]:
        """Return the board of each school."""
        return {row.school: row.board for row in self.rows}

    @cached_property
    def parts(self) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
        """Return what each region, category and period is made of."""
        regions = {region for region, _, _ in self.pieces}
        kinds = {category for _, category, _ in self.pieces}
        areas = {**{one: frozenset({one}) for one in regions}, ALL: frozenset(regions)}
        categories = {**{one: frozenset({one}) for one in kinds}, ALL: frozenset(kinds)}
        categories |= {group: frozenset(members) & kinds for group, members in self.published.groups.items()}
        quarters = self.published.quarters
        periods = {one: frozenset({one}) for one in quarters}
        periods |= {f"YTD{last}": frozenset(quarters[:last]) for last in range(2, len(quarters) + 1)}
        return areas, categories, periods

    def pieces_of(self, name: Name) -> frozenset[Piece]:
        """Return the pieces of a sum.

        Raises: AuditError for a name that the table cannot have.
        """
        places = []
        for part, known in zip(name, self.parts, strict=True):
            if part not in known:
                raise AuditError(f"table.csv: {'/'.join(name)}: {part!r} is not known; protect the table again")
            places.append(known[part])
        areas, kinds, quarters = places
        return frozenset((a, k, q) for a in areas for k in kinds for q in quarters if (a, k, q) in self.by_piece)

    def given(self, pieces: Sequence[Piece] | frozenset[Piece]) -> Mapping[str, int]:
        """Return what each school gave to *pieces* together."""
        found: dict[str, int] = {}
        for piece in pieces:
            for school, value in self.by_piece[piece].items():
                found[school] = found.get(school, 0) + value
        return found

    def there(self, name: Name) -> int:
        """Return how many schools take part in a sum, in its quarter with the fewest."""
        areas, _, periods = self.parts
        schools: dict[str, set[str]] = {quarter: set() for quarter in periods[name[2]]}
        for region, _, quarter in self.pieces_of(name):
            if region in areas[name[0]]:
                schools[quarter] |= self._present[region, quarter]
        return min(len(found) for found in schools.values())

    @cached_property
    def _present(self) -> Mapping[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for row in self.known_rows:
            found.setdefault((self.published.region_of(row.district), row.quarter), set()).add(row.school)
        return found

    def names(self) -> Iterator[Name]:
        """Yield every sum of the whole lattice, told, hidden or not in the table."""
        areas, categories, periods = self.parts
        for area in areas:
            for category in categories:
                for period in periods:
                    yield area, category, period
