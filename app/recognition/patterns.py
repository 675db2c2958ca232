"""Makes patterns out of what a rule pack says, and refuses those that could take long on any text.

A pattern is a regular expression in which every repeat has an end, nothing that varies is repeated as a whole, a space
stands for some space, `’` for any apostrophe, and `{list}` for any text of that list.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.recognition.faults import PatternError, cure

MOST_CHARACTERS = 600
MOST_REPEATS = 200
MOST_WAYS = 100_000
"""So many ways at most may the repeats of one pattern divide a text among them."""
_TOKEN = re.compile(
    r"(?P<escape>\\.)"
    r"|(?P<set>\[\^?(?:\\.|[^\]\\])+\])"
    r"|(?P<open>\((?:\?(?:P<[a-z_]\w*>|:|=|!|<=|<!))?)"
    r"|(?P<close>\))"
    r"|(?P<list>\{[A-Za-z]\w*\})"
    r"|(?P<repeat>[*+?]|\{[^}]*\})"
    r"|(?P<other>.)",
    re.DOTALL,
)
_COUNT = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}")
_SPACE = "(?:[ \\t\\u00a0]{1,3})"
_APOSTROPHE = "['’‘`´]"
BUILT_IN: Mapping[str, str] = {
    "word": r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f'’-]){1,24}",
    "Cap": r"[A-ZÀ-ÖØ-ÞĆČĞİŁŃŚŞŠŹŻŽ][^\W\d_]{2,24}",
}


@dataclass
class _Scan:
    """What was read so far: the pieces written out, the open groups, and how the repeats multiply."""

    lists: Mapping[str, str]
    pieces: list[str] = field(default_factory=list)
    varies: list[bool] = field(default_factory=lambda: [False])
    """For every open group, the outermost first, whether something in it varies."""
    last_varies: bool = False
    ways: int = 1

    def add(self, kind: str, text: str) -> None:
        """Take the next token.

        Raises: PatternError.
        """
        match kind:
            case "open":
                self._open(text)
            case "close":
                self._close()
            case "repeat":
                self._repeat(text)
            case "list":
                self._list(text[1:-1])
            case _:
                self.last_varies = False
                text = {" ": _SPACE, "'": _APOSTROPHE, "’": _APOSTROPHE}.get(text, text)
        if kind != "list":
            self.pieces.append(text)

    def _open(self, text: str) -> None:
        if text == "(":
            raise PatternError('a bare "(" is not used here: write "(?:" or "(?P<name>"')
        self.varies.append(False)

    def _close(self) -> None:
        if len(self.varies) == 1:
            raise PatternError('a ")" closes nothing: remove it or write "\\)"')
        self.last_varies = self.varies.pop()
        self.varies[-1] |= self.last_varies

    def _list(self, name: str) -> None:
        if name not in self.lists:
            raise PatternError(f'unknown list "{name}": {cure(name, self.lists)}')
        self.last_varies = name in BUILT_IN
        self.pieces.append(f"(?:{self.lists[name]})")

    def _repeat(self, text: str) -> None:
        count = _COUNT.fullmatch("{0,1}" if text == "?" else text)
        if not count:
            raise PatternError(f'"{text}" has no end: write how often at most, as {{1,30}}')
        least, most = int(count[1]), int(count[2] or count[1])
        if not least <= most <= MOST_REPEATS:
            raise PatternError(f'"{text}" goes wrong: write the smaller number first and at most {MOST_REPEATS}')
        if most > 1 and self.last_varies:
            raise PatternError(f'"{text}" repeats what already varies: write the inner part out without a repeat')
        self.ways *= most - least + 1
        self.varies[-1] |= most > least
        self.last_varies = False


def alternatives(texts: Iterable[str]) -> str:
    """Return the expression for any of *texts*, the longest first."""
    ordered = sorted(set(texts), key=lambda text: (-len(text), text))
    escaped = (re.escape(text).replace("\\ ", _SPACE).replace("’", "'").replace("'", _APOSTROPHE) for text in ordered)
    return "|".join(escaped)


def compiled(find: str, lists: Mapping[str, str], *, is_cased: bool) -> re.Pattern[str]:
    """Compile the pattern *find*, which then begins and ends where words do.

    Raises: PatternError.
    """
    if len(find) > MOST_CHARACTERS:
        raise PatternError(f"the pattern has over {MOST_CHARACTERS} characters: make two rules of it, or a list")
    scan = _Scan({**BUILT_IN, **lists})
    for token in _TOKEN.finditer(find):
        scan.add(str(token.lastgroup), token[0])
    if scan.ways > MOST_WAYS:
        raise PatternError("the repeats can divide a text in too many ways: make them shorter or make two rules")
    try:
        pattern = re.compile(rf"(?<!\w)(?:{''.join(scan.pieces)})(?!\w)", 0 if is_cased else re.IGNORECASE)
    except (re.error, OverflowError) as error:
        raise PatternError(f"this is no regular expression: {error}") from error
    if pattern.search(""):
        raise PatternError("the pattern finds nothing at all: let it need at least one character")
    return pattern
