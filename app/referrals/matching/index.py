"""The words of all services and topics, ready to be asked for the phrases that stand in a text."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.referrals.matching.compounds import parts
from app.referrals.matching.negation import is_denied
from app.referrals.matching.spelling import Spelling
from app.referrals.matching.stems import Stems
from app.referrals.matching.words import Word

EXACT, STEM, COMPOUND, BEGINNING, MISSPELT = 1.0, 0.9, 0.75, 0.7, 0.6

FUZZY_WORDS = 40
"""In longer texts a misspelling is more often another word."""
SLACK, SLACK_OF_TWO = 2, 3
"""Words that may stand between the words of a phrase, and between two: a Dutch verb comes late."""
MOST_PLACES = 20
"""So often a word of a long text is looked at."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A known phrase that stands in a text: how surely, where, as what, and whether it was denied."""

    phrase: Phrase
    strength: float
    places: frozenset[int]
    typed: str
    is_denied: bool


@dataclass(frozen=True)
class _Match:
    strength: float
    typed: str


class Vocabulary:
    """Known phrases; finds those that stand in a text, in any order and with few words between."""

    def __init__(self, phrases: Iterable[Phrase], stopwords: frozenset[str], stemmed: Collection[str]) -> None:
        """Take the words of *stemmed*, which are of a language that has stems here, in all their forms."""
        self._stopwords = stopwords
        known = list(dict.fromkeys(phrase for phrase in phrases if phrase))
        counts = Counter(word for phrase in known for word in set(phrase))
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in known:
            self._phrases[min(phrase, key=lambda word: (counts[word], -len(word)))].append(phrase)
        self._known = frozenset(counts)
        self._telling = self._known - stopwords
        self._words = sorted(self._telling)
        self._stems: dict[tuple[str, str], list[str]] = defaultdict(list)
        stems = Stems()
        for word in self._telling.intersection(stemmed):
            for stem in stems.of(word):
                self._stems[stem].append(word)
        self._spelling = Spelling(self._words)

    def find(self, text: Sequence[Word]) -> list[Found]:
        """Return each known phrase that stands in *text*."""
        matches = self._match_words(list(dict.fromkeys(word.text for word in text)))
        at: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(text):
            if len(at[word.text]) < MOST_PLACES:
                at[word.text].append(place)
        found = (self._stand(phrase, matches, at, text) for word in matches for phrase in self._phrases.get(word, ()))
        return [one for one in found if one]

    def _stand(
        self, phrase: Phrase, matches: Mapping[str, _Match], at: Mapping[str, Sequence[int]], text: Sequence[Word]
    ) -> Found | None:
        if any(word not in matches for word in phrase):
            return None
        used = [matches[word] for word in phrase]
        reached = _together([at[one.typed] for one in used], _reach(phrase))
        together = [places for places in reached if len(places) == len(set(phrase))]
        if not together:
            return None
        denied = [is_denied(text, places) for places in together]
        places = together[denied.index(False)] if False in denied else together[0]
        typed = " ".join(text[place].text for place in sorted(places))
        return Found(phrase, min(one.strength for one in used), places, typed, all(denied))

    def _match_words(self, typed: Sequence[str]) -> dict[str, _Match]:
        stems, is_short = Stems(), len(typed) <= FUZZY_WORDS
        matches: dict[str, _Match] = {}
        for word in typed:
            for known, strength in self._match(word, stems, is_short=is_short):
                if known not in matches or strength > matches[known].strength:
                    matches[known] = _Match(strength, word)
        return matches

    def _match(self, word: str, stems: Stems, *, is_short: bool) -> list[tuple[str, float]]:
        exact = [(word, EXACT)] if word in self._known else []
        if word in self._stopwords:
            return exact
        same_stem = [(one, STEM) for stem in stems.of(word) for one in self._stems.get(stem, ()) if one != word]
        if found := exact + same_stem:
            return found
        pieces = list(parts(word, self._telling))
        is_whole = len(pieces) > 1
        if not is_whole and is_short and (meant := self._spelling.nearest(word)):
            return [(one, MISSPELT) for one in meant]
        return [(one, COMPOUND) for one in pieces] or [(one, BEGINNING) for one in self._beginnings(word)]

    def _beginnings(self, word: str) -> Iterator[str]:
        """Yield known words that begin with *word*."""
        shortest, most = 4, 20
        if len(word) >= shortest:
            start = bisect_left(self._words, word)
            yield from (one for one in self._words[start : start + most] if one.startswith(word))


def _reach(phrase: Phrase) -> int:
    pair = 2
    return len(phrase) + (SLACK_OF_TWO if len(phrase) == pair else SLACK)


def _together(places: Sequence[Sequence[int]], reach: int) -> Iterator[frozenset[int]]:
    """Yield where one place of each word lies within *reach* of the others."""
    if len(places) == 1:
        yield from (frozenset((one,)) for one in places[0])
        return
    for start in sorted({place for one in places for place in one}):
        nearest = [next((place for place in one if start <= place < start + reach), None) for one in places]
        if None not in nearest:
            yield frozenset(place for place in nearest if place is not None)
