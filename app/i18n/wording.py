"""Words that no text may use, because they promise what nobody can keep, and the one word for each thing.

Both stand in `translations/<tag>/words.yaml`, where a translator can add to them.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from app.settings import ROOT

FILE = "words.yaml"
_CURES = {
    "who": "say who can read it and who cannot",
    "what": "say what is not known (no name, no address), not how anonymous it is",
}
_MARKUP = re.compile(r"</?[a-z!][^>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


class WordsError(ValueError):
    """Raised for a file of words that cannot be read; names it, what is wrong and the cure."""


@dataclass(frozen=True)
class Forbidden:
    """A promise as a pattern over simplified text (see `simplified`), as people write it, and what to say instead."""

    pattern: str
    shown: str
    cure: str


@dataclass(frozen=True)
class Words:
    """The words of one language: promises that no text may make, and by Dutch word how a translation may say it."""

    never: Sequence[Forbidden] = ()
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)


@lru_cache
def words_of(tag: str, folder: Path = ROOT / "translations") -> Words:
    """Return the words of language *tag*; none when it has no file.

    Raises: WordsError.
    """
    path = folder / tag / FILE
    if not path.exists():
        return Words()
    try:
        told = YAML(typ="safe").load(path.read_text("utf-8")) or {}
        never = [_forbidden(one) for one in told["never"]]
        terms = {simplified(word): [simplified(each) for each in said] for word, said in told.get("terms", {}).items()}
    except (YAMLError, re.error, KeyError, TypeError, AttributeError) as error:
        why = str(error).splitlines()[0]
        raise WordsError(f"translations/{tag}/{FILE}: {why}; write never (pattern, shown, instead) and terms") from None
    return Words(never, terms)


def _forbidden(told: Mapping[str, str]) -> Forbidden:
    letters = unicodedata.normalize("NFKD", told["pattern"])
    pattern = "".join(each for each in letters if not unicodedata.combining(each))
    re.compile(pattern)
    return Forbidden(pattern, told["shown"], _CURES[told["instead"]])


def forbidden_in(text: str, tag: str) -> list[Forbidden]:
    """Return the promises that *text* makes in the language *tag*."""
    simple = simplified(text)
    return [word for word in words_of(tag).never if re.search(word.pattern, simple)]


def missing_terms(source: str, text: str, tag: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each Dutch word of *source* that *text* says in none of the ways that its language agreed on."""
    dutch, said = simplified(source), simplified(text)
    for word, ways in words_of(tag).terms.items():
        if re.search(rf"\b{word}", dutch) and not any(way in said for way in ways):
            yield word, ways


def has_markup(text: str) -> bool:
    """Tell whether *text* holds a tag or an entity of HTML."""
    return bool(_MARKUP.search(text))


def simplified(text: str) -> str:
    """Lower the case, drop accents and vowel signs, make digits, percent signs and spaces plain."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("٪", "%").replace("ـ", ""))
    kept = [letter for letter in letters if letter.isspace() or _is_seen(letter)]
    return " ".join("".join(str(unicodedata.decimal(letter, letter)) for letter in kept).split())


def _is_seen(letter: str) -> bool:
    return letter.isprintable() and not unicodedata.combining(letter)
