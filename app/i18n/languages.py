"""Which languages there are, what they call themselves, and which of them fits a browser's wish."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from babel import Locale

Direction = Literal["ltr", "rtl"]

SOURCE = "nl"
"""The texts are written in Dutch; it needs no catalogue."""

EASY = "nl-easy"
"""Dutch at level A2; what it has no text for is easy enough in Dutch, so its catalogue holds what differs only."""

WHOLE = ("en", "ar")
"""Languages in which staff can work too; the catalogue of any other holds what students and parents read."""

TRANSLATED = (*WHOLE,)
"""The project keeps these complete; `flask translations update` makes their catalogues when they are missing."""

PSEUDO = ("en-XA", "ar-XB")
"""Languages that nobody speaks (see `pseudo.py`): one with accents and long words, one from right to left."""

_TAGS = (
    *("nl", EASY, "en", "ar", "tr", "pl", "uk", "ti", "fa", "fa-AF", "ps", "so", "ku", "ckb", "ur", "am", "om", "bg"),
    *("ro", "es", "pt", "fr", "de", "it", "ru", "sq", "rif", "zgh", "zh-Hans", "zh-Hant", "hi", "fil", "pap", "fy"),
    *("hu", "hy", "ka", "srn", "rom", *PSEUDO),
)

_AUTONYMS = {
    EASY: "Makkelijk Nederlands",
    "fa-AF": "دری",
    "srn": "Sranantongo",
    "rom": "Romani",
    "en-XA": "Þšëûðö",
    "ar-XB": "oduesP",
}
"""Names that CLDR lacks, or gives as a variety of another language."""

_LOCALES = {"en": "en-GB", EASY: SOURCE, "en-XA": "en-GB", "ar-XB": "ar"}
"""A European day comes before its month; easy Dutch has the days and plurals of Dutch."""

_ALIASES = {
    "prs": "fa-AF",
    "kmr": "ku",
    "tl": "fil",
    "zh-hans": "zh-Hans",
    "zh-hant": "zh-Hant",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh": "zh-Hans",
}
"""What browsers send (in lower case) and what we call it; the longest beginning that fits counts."""

_RANGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,7}", re.IGNORECASE | re.ASCII)
_QUALITY = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Language:
    """A language as a picker shows it: `tag` is its BCP 47 tag, `autonym` what it calls itself."""

    tag: str
    autonym: str
    direction: Direction

    @property
    def html_lang(self) -> str:
        """Return the tag that a page says it is in: easy Dutch is Dutch to a browser and a screen reader."""
        return SOURCE if self.tag == EASY else self.tag


def _locale(tag: str) -> Locale | None:
    return None if tag in {"srn", "rom"} else Locale.parse(_LOCALES.get(tag, tag), sep="-")


def _language(tag: str) -> Language:
    locale = _LOCALE_OF[tag]
    if locale is None:
        return Language(tag, _AUTONYMS[tag], "ltr")
    name = _AUTONYMS.get(tag) or Locale.parse(tag, sep="-").get_display_name() or tag
    return Language(tag, name[:1].upper() + name[1:], "rtl" if locale.text_direction == "rtl" else "ltr")


_LOCALE_OF = {tag: _locale(tag) for tag in _TAGS}
LANGUAGES = {tag: _language(tag) for tag in _TAGS}
"""Every language that we can name, by tag; which of them are offered depends on the catalogues."""

_BY_LOWER_TAG = {tag.lower(): language for tag, language in LANGUAGES.items()}
_offered: list[Language] = [LANGUAGES[SOURCE]]


def offered() -> tuple[Language, ...]:
    """Return the languages that a person can choose: Dutch first, then those whose catalogue is ready."""
    return tuple(_offered)


def offer(tags: Iterable[str]) -> None:
    """Offer exactly Dutch and the languages named by *tags*, in the order of `LANGUAGES`."""
    chosen = {SOURCE, *tags}
    _offered[:] = [language for tag, language in LANGUAGES.items() if tag in chosen]


def find(tag: str) -> Language | None:
    """Return the language called *tag*, whatever its case, or None."""
    return _BY_LOWER_TAG.get(tag.lower())


def cldr_locale(tag: str) -> Locale | None:
    """Return the CLDR data of a known language; None where CLDR has none."""
    return _LOCALE_OF[tag]


def lookup(header: str, tags: Sequence[str], default: str) -> str:
    """Return the first of *tags* that an Accept-Language *header* asks for, else *default*.

    Each wish is shortened until it fits (RFC 4647, 3.4, read 2026-11-22), in the order of the header and its q values:
    so `ku-TR,tr;q=0.8` finds ku before tr. What is malformed or carries q=0 is no wish.
    """
    known = {tag.lower(): tag for tag in tags}
    for wish in _wishes(header):
        for shorter in _truncated(_renamed(wish.lower())):
            if shorter in known:
                return known[shorter]
    return default


def _wishes(header: str) -> list[str]:
    wishes = []
    for part in header.replace("_", "-").split(","):
        name, _, parameter = (piece.strip() for piece in part.partition(";"))
        quality = _QUALITY.fullmatch(parameter or "q=1")
        if quality and float(quality[1]) > 0 and _RANGE.fullmatch(name):
            wishes.append((float(quality[1]), name))
    return [name for _, name in sorted(wishes, key=lambda wish: -wish[0])]


def _renamed(wish: str) -> str:
    for beginning in _truncated(wish):
        if beginning in _ALIASES:
            return _ALIASES[beginning].lower() + wish[len(beginning) :]
    return wish


def _truncated(wish: str) -> list[str]:
    """List *wish* and its beginnings, longest first; none ends in a single character, as RFC 4647 asks."""
    parts = wish.split("-")
    sizes = range(len(parts), 0, -1)
    return ["-".join(parts[:size]) for size in sizes if size == len(parts) or len(parts[size - 1]) > 1]
