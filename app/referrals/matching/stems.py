"""The stems of a word, per language."""

from collections.abc import Iterator

import snowballstemmer

_ARTICLES = ("\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0627\u0644", "\u0648")


class Stems:
    """Finds stems; made anew for each use, since a snowball stemmer holds the word it works on."""

    def __init__(self) -> None:
        self._stemmers = {tag: snowballstemmer.stemmer(tag) for tag in ("dutch", "english", "arabic")}

    def of(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield language and stem; stems of one or two letters are shared by words that have nothing in common."""
        shortest = 3
        for tag in ("dutch", "english") if word.isascii() else ("arabic",):
            stem = self._stemmers[tag].stemWord(word)
            if len(stem) >= shortest:
                yield tag, stem
        if not word.isascii():
            yield "article", word
            bare = (word.removeprefix(article) for article in _ARTICLES if word.startswith(article))
            yield from (("article", one) for one in bare if len(one) >= shortest)
