"""Small drawings made on the server: columns over time, bars that may be hidden, and a map of tiles; all as SVG.

A drawing stands beside a table with the same figures and says nothing to who listens to the page. Colours come from the
style sheet by class. A hidden bar shows no length of its own: its hatching spans what everybody may know.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_ROW, _LABEL, _WIDTH = 26, 220, 620
_BASE, _HEIGHT = 120, 150
_TILE, _GAP = 100, 6
_WIDEST_COLUMN = 90
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="drawing__hatch" width="2.5" height="6"/></pattern></defs>'
)


@dataclass(frozen=True)
class Bar:
    """One bar: its value, or None for a hidden one with the *span* of what everybody may know."""

    label: str
    value: int | None
    span: tuple[int, int] | None = None

    @property
    def furthest(self) -> int:
        """Return the largest figure of the bar."""
        return self.value if self.value is not None else (self.span or (0, 0))[1]


def _svg(width: int, height: int, *parts: str) -> Markup:
    head = f'<svg class="drawing" viewBox="0 0 {width} {height}" width="{width}" aria-hidden="true" focusable="false">'
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 -- every text in it is escaped below


def bars(rows: Sequence[Bar]) -> Markup:
    """Draw *rows* as lying bars in the order given; the axis ends at the largest figure that may be known."""
    most = max((row.furthest for row in rows), default=0) or 1
    room = _WIDTH - _LABEL - 50
    parts = [_HATCH]
    for at, row in enumerate(rows):
        top = at * _ROW
        parts.append(f'<text x="{_LABEL - 8}" y="{top + 17}" text-anchor="end">{escape(_short(row.label))}</text>')
        if row.value is not None:
            length = room * row.value / most
            parts.append(_lying("bar", top, 0, length))
            parts.append(f'<text x="{_LABEL + length + 6:.1f}" y="{top + 17}">{row.value}</text>')
        else:
            low, high = (room * edge / most for edge in row.span or (0, most))
            parts.append(_lying("hidden", top, low, max(high - low, 2)))
    return _svg(_WIDTH, max(1, len(rows)) * _ROW, *parts)


def _lying(kind: str, top: int, left: float, length: float) -> str:
    place = f'x="{_LABEL + left:.1f}" y="{top + 4}" width="{length:.1f}" height="18" rx="3"'
    return f'<rect class="drawing__{kind}" {place}/>'


def columns(values: Sequence[tuple[str, int]]) -> Markup:
    """Draw standing columns over time; each has its label under it and its figure above it."""
    most = max((value for _, value in values), default=0) or 1
    step = min(_WIDEST_COLUMN, _WIDTH / max(1, len(values)))
    parts = []
    for at, (label, value) in enumerate(values):
        height = (_BASE - 20) * value / most
        left = at * step + step * 0.15
        middle = at * step + step / 2
        parts.append(
            f'<rect class="drawing__bar" x="{left:.1f}" y="{_BASE - height:.1f}" width="{step * 0.7:.1f}" '
            f'height="{height:.1f}" rx="3"/>'
            f'<text x="{middle:.1f}" y="{_BASE - height - 5:.1f}" text-anchor="middle">{value}</text>'
            f'<text x="{middle:.1f}" y="{_BASE + 18}" text-anchor="middle">{escape(label)}</text>'
        )
    return _svg(_WIDTH, _HEIGHT, *parts)


@dataclass(frozen=True)
class Tile:
    """One tile of a map: where it lies, its name, its figure in words, and how dark it is (0 to 4; None is hidden)."""

    column: int
    row: int
    name: str
    figure: str
    shade: int | None


def tiles(places: Sequence[Tile]) -> Markup:
    """Draw a map of square tiles; neighbours on it are neighbours in town, sizes mean nothing."""
    step = _TILE + _GAP
    parts = [_HATCH]
    for tile in places:
        left, top = tile.column * step, tile.row * step
        kind = "drawing__hidden" if tile.shade is None else f"drawing__tile drawing__tile--{tile.shade}"
        parts.append(f'<rect class="{kind}" x="{left}" y="{top}" width="{_TILE}" height="{_TILE}" rx="8"/>')
        for line, text in enumerate((*_lines(tile.name), tile.figure)):
            parts.append(
                f'<text x="{left + _TILE / 2}" y="{top + 26 + 17 * line}" text-anchor="middle">{escape(text)}</text>'
            )
    width = max((tile.column for tile in places), default=0) * step + _TILE
    height = max((tile.row for tile in places), default=0) * step + _TILE
    return _svg(width, height, *parts)


def _short(text: str) -> str:
    return text if len(text) <= 34 else f"{text[:33]}…"  # noqa: PLR2004 -- what fits beside a bar


def _lines(name: str) -> tuple[str, ...]:
    """Break a name of a district at its space or hyphen."""
    for sign in (" + ", "-", " "):
        first, found, second = name.partition(sign)
        if found and len(name) > 11:  # noqa: PLR2004 -- what fits on a tile
            return first + sign.strip().replace(" ", ""), second[:12]
    return (name,)
