"""The words of our own texts in every language: what may be counted of a search, since nobody is told by them."""

import re
from collections.abc import Iterator
from functools import cache

from app.i18n.catalogues import PATTERN
from app.recognition.packs import load_packs
from app.referrals.matching.words import tokens
from app.referrals.tables import stopwords, topics
from app.settings import ROOT

SHORTEST = 3
_QUOTED = re.compile(r'^(?:msg\S+ )?"(.*)"$', re.MULTILINE)
_ESCAPED = re.compile(r"\\.")


@cache
def public_words() -> frozenset[str]:
    """Return the words of the interface, talks, cards, social map and topics, without numbers, names and stopwords.

    It is a fixed list, read once: a name, a number or a slip of the finger that somebody typed is never among it.
    """
    telling = (word for text in _texts() for word in tokens(text) if len(word) >= SHORTEST and word.isalpha())
    return frozenset(telling) - stopwords() - _names()


def _texts() -> Iterator[str]:
    for path in sorted((ROOT / "translations").glob(PATTERN)):
        # Babel takes a hundred times as long to read it; the first paragraph says who translated.
        _, _, entries = path.read_text("utf-8").partition("\n\n")
        yield from (_ESCAPED.sub(" ", line) for line in _QUOTED.findall(entries))
    for topic in topics().values():
        yield from (phrase for phrases in topic.words.values() for phrase in phrases)


def _names() -> frozenset[str]:
    packs = load_packs(ROOT / "flows" / "recognition")
    return frozenset(word for name in packs.names | packs.names_also_words for word in tokens(name))
