"""How short the sentences of easy Dutch are: language level A2, for whoever just began to learn it."""

import re
from collections.abc import Iterator

MOST_WORDS = 15
"""Words of one sentence."""
MOST_ON_AVERAGE = 12
"""Words of a sentence of one text, on average."""
_ENDS = re.compile(r"(?<=[.!?…:])\s+|\n+")
_WORD = re.compile(r"%\(\w+\)s|[^\W_]+(?:['’.-][^\W_]+)*")


def hard_sentences(text: str) -> Iterator[tuple[str, str]]:
    """Yield what makes *text* too long for A2 as what is wrong and its cure."""
    counts = [count for sentence in _ENDS.split(text) if (count := len(_WORD.findall(sentence)))]
    for count in sorted({count for count in counts if count > MOST_WORDS}):
        yield f"has a sentence of {count} words in easy Dutch", f"write at most {MOST_WORDS}"
    if counts and sum(counts) > MOST_ON_AVERAGE * len(counts):
        average = sum(counts) / len(counts)
        yield f"has {average:.0f} words in a sentence of easy Dutch", f"write {MOST_ON_AVERAGE} on average"
