"""Words that no text may use, because they promise what nobody can keep, and how to find them."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Forbidden:
    """A promise as a pattern over simplified text (see `simplified`), as people write it, and what to say instead."""

    pattern: str
    shown: str
    cure: str


_WHO = "say who can read it and who cannot"
_WHAT = "say what is not known (no name, no address), not how anonymous it is"

FORBIDDEN = {
    "nl": (
        Forbidden(r"\bgeheim", "geheim", _WHO),
        Forbidden(r"\b(?:100 ?%|honderd procent)[ -]?anoniem", "100 % anoniem", _WHAT),
        Forbidden(r"\bniemand komt (?:er(?: \w+)? ?achter|(?:dit|het|dat) te weten)", "niemand komt erachter", _WHO),
    ),
    "en": (
        Forbidden(r"\bsecre(?:t|ts|cy)\b", "secret", _WHO),
        Forbidden(r"\b(?:100 ?%|completely|fully|totally)[ -]?anonymous", "100% anonymous", _WHAT),
        Forbidden(r"\b(?:nobody|no one) will (?:ever )?(?:know|find out)\b", "nobody will find out", _WHO),
    ),
    "ar": (
        Forbidden(r"(?<!\w)(?:[وبل]?(?:ال)?|لل)سري(?:ة|ه|ا|ات)?(?!\w)", "سري", _WHO),
        Forbidden(r"(?<!\w)(?:(?:ال)?سر|سرا|(?:ال)?اسرار)(?!\w)", "سر", _WHO),
        Forbidden(r"مجهول\w*(?: \w+){0,2} (?:100|تماما|كليا)", "مجهول 100 %", _WHAT),
        Forbidden(r"100 ?%? ?(?:\w+ ){0,2}مجهول", "100 % مجهول", _WHAT),
        Forbidden(r"(?<!\w)لن ي(?:عرف|علم|كتشف)\w* (?:\w+ )?احد(?!\w)", "لن يعرف أحد", _WHO),
    ),
}
"""By language; one table, so that a translator can add to it."""

_MARKUP = re.compile(r"</?[a-z!][^>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


def forbidden_in(text: str, tag: str) -> list[Forbidden]:
    """Return the promises that *text* makes in the language *tag*."""
    simple = simplified(text)
    return [word for word in FORBIDDEN.get(tag, ()) if re.search(word.pattern, simple)]


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
