"""Takes Dutch compounds apart into words that are known: pestprobleem, schoolpesten."""

from collections.abc import Collection, Iterator

SHORTEST = 4
_LINKS = ("s", "e", "en", "er")


def parts(word: str, known: Collection[str]) -> Iterator[str]:
    """Yield the longest known word that *word* ends on, then the longest that it begins with."""
    if len(word) < 2 * SHORTEST:
        return
    ends = (word[at:] for at in range(3, len(word) - SHORTEST + 1))
    end = next((one for one in ends if one in known), "")
    if end:
        yield end
    left = len(word) - len(end) if end else len(word) - 1
    begins = (_unlinked(word[:at], known) for at in range(left, SHORTEST - 1, -1))
    if begin := next((one for one in begins if one), ""):
        yield begin


def _unlinked(start: str, known: Collection[str]) -> str:
    if start in known:
        return start
    bare = (start.removesuffix(link) for link in _LINKS if start.endswith(link))
    return next((one for one in bare if len(one) >= SHORTEST and one in known), "")
