"""Hears danger in a text by the lists that the talks watch for, apart from the topics of the social map."""

from collections.abc import Mapping
from functools import cache

from app.flows.watching import WatchLists, load_lists
from app.referrals.matching.words import tokens
from app.settings import ROOT

LINES = {"life": "113", "threat": "112", "sexual": "csg", "home": "veilig-thuis"}
"""The crisis line for each topic that talks watch for."""
NOW = frozenset(tokens("nu now hier here الآن هلق دلوقتي"))


@cache
def _lists() -> WatchLists:
    return load_lists(ROOT / "flows" / "watch")


def heard(text: str) -> Mapping[str, str]:
    """Return the crisis lines that the watched words in *text* ask for, each with those words, folded."""
    return {LINES[topic]: passage for topic, passage in _lists().passages_in(text, LINES).items()}


def spared(text: str) -> frozenset[str]:
    """Return the crisis lines that *text* does not need by the same lists: "steken laten vallen"."""
    return frozenset(LINES[topic] for topic in _lists().spared_in(text, LINES))


def is_now(text: str) -> bool:
    """Return whether *text* tells of this moment."""
    return not NOW.isdisjoint(tokens(text))
