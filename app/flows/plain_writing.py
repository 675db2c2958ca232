"""How easy a Dutch text is to read."""

import re

LEAST_WORDS = 10
"""Words below which a formula for reading says nothing."""
_SENTENCE_ENDS = re.compile(r"[.!?…]+(?=\s|$)")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A diaeresis begins a new syllable, as in "ruïne"; "ij" is one vowel.
_SYLLABLES = re.compile(r"[äëïöü](?:ij|[aeiouy])*|(?:ij|[aeiouyáéíóúàèêô])+", re.IGNORECASE)


def can_measure(text: str) -> bool:
    """Tell whether *text* has two sentences at least, and words enough to measure."""
    return len(_SENTENCE_ENDS.findall(text)) > 1 and len(_WORDS.findall(text)) >= LEAST_WORDS


def reading_ease(text: str) -> float:
    """Return how easy *text* is: above 60 is plain, below 50 hard.

    The formula of Flesch as W.H. Douma fitted it to Dutch (De leesbaarheid van landbouwbladen, Wageningen, 1960).
    """
    words = _WORDS.findall(text) or [text]
    sentences = len(_SENTENCE_ENDS.findall(text)) or 1
    syllables = sum(max(1, len(_SYLLABLES.findall(word))) for word in words)
    return 206.84 - 77 * syllables / len(words) - 0.93 * len(words) / sentences
