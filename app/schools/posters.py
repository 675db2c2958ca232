"""Posters and cards with the QR code of a school's start page, as PDF files that look the same everywhere."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

import typst

from app.i18n import languages
from app.i18n.formats import format_date
from app.i18n.languages import SOURCE
from app.i18n.translate import gettext, language_of, using
from app.i18n.translate import lazy_gettext as _lazy
from app.schools.qr import start_page_qr_file

SIZES = ("A4", "A6")
MOST_LANGUAGES = 4
"""More would make the letters of an A6 card too small to read."""
WORD_ARGUMENT = "p"
"""What carries the week's word in the address of a poster."""

FOLDER = Path(__file__).parent / "printing"
STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, with a title and languages; typst refuses a letter that no font of ours has."""

TITLE = _lazy("Hoi. Vertel hoe het op school gaat.")
LINES = (
    _lazy("Is er iets wat je dwarszit? Hier vertel je het, stap voor stap."),
    _lazy("We vragen geen naam. Je krijgt een code om terug te komen."),
    _lazy("Een vertrouwenspersoon leest het. Wie dat is, zie je voor je begint. Je kunt iemand weghalen."),
    _lazy("Gebruik liever je eigen telefoon dan een laptop van school."),
    _lazy("Meteen hulp nodig? Op de site staat wie je kunt bellen."),
)
WEEK = _lazy("Voor de week van %(first)s tot en met %(last)s.")


class PosterError(ValueError):
    """Raised when a poster cannot be made; says why, and what to do."""


class PosterLanguageError(PosterError):
    """Raised when the chosen languages are none, too many, or not offered."""


@dataclass(frozen=True)
class Week:
    """The week in which a poster's word counts for most."""

    word: str
    first_day: date

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=6)


@dataclass(frozen=True, kw_only=True)
class Poster:
    """What to print: *start_url* is the school's start page, *size* one of `SIZES`, *tags* the languages in order."""

    start_url: str
    size: str = SIZES[0]
    tags: tuple[str, ...] = (SOURCE,)
    week: Week | None = None

    @property
    def url(self) -> str:
        """The address in the QR code."""
        return f"{self.start_url}?{urlencode({WORD_ARGUMENT: self.week.word})}" if self.week else self.start_url


def week_of(day: date, word: str) -> Week:
    """Return the week, from Monday on, that *day* is in."""
    return Week(word, day - timedelta(days=day.weekday()))


def chosen_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the languages to print, each once, in the order given.

    Raises: PosterLanguageError.
    """
    chosen = tuple(dict.fromkeys(tags))
    offered = [language.tag for language in languages.offered()]
    unknown = [tag for tag in chosen if tag not in offered]
    if unknown:
        raise PosterLanguageError(f"{', '.join(unknown)} is not offered; choose from {', '.join(offered)}")
    if not 1 <= len(chosen) <= MOST_LANGUAGES:
        raise PosterLanguageError(f"{len(chosen)} languages do not fit; choose 1 to {MOST_LANGUAGES}")
    return chosen


def printed(poster: Poster) -> bytes:
    """Return *poster* as a PDF file; the same poster gives the same bytes.

    Raises: PosterError.
    """
    return set_in_type("poster.typ", _contents(poster))


def set_in_type(template: str, contents: Mapping[str, object], folder: Path = FOLDER) -> bytes:
    """Set *contents* by the *template* of that name in *folder* with our own fonts alone; all of it in memory.

    What stands in *contents* is data to the template and never markup.
    Raises: PosterError.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"])
    try:
        return typst.compile(
            folder / template,
            root=folder,
            font_paths=fonts,
            sys_inputs={"contents": json.dumps(contents)},
            pdf_standards=STANDARD,
        )
    except RuntimeError as error:  # what typst raises for a fault in the text, and for a file that it cannot open
        raise PosterError(
            f"the poster cannot be set: {error}; print fewer languages, or tell who runs this site"
        ) from error


def _contents(poster: Poster) -> Mapping[str, object]:
    parts = urlsplit(poster.start_url)
    return {
        "size": poster.size.lower(),
        "qr": start_page_qr_file(poster.url).decode(),
        "address": f"{parts.netloc}{parts.path}",
        "query": f"?{urlsplit(poster.url).query}" if poster.week else "",
        "parts": [_part(tag) for tag in poster.tags],
        "week": _week(poster),
    }


def _part(tag: str) -> Mapping[str, object]:
    with using(tag) as language:
        return {"dir": language.direction, "title": _text(TITLE), "lines": [_text(line) for line in LINES]}


def _week(poster: Poster) -> Mapping[str, str] | None:
    """Return the footer of a weekly poster, in its first language: for whoever hangs it up."""
    if poster.week is None:
        return None
    with using(poster.tags[0]):
        first, last = (format_date(day, "long") for day in (poster.week.first_day, poster.week.last_day))
        return _text(WEEK, first=first, last=last)


def _text(msgid: str, **values: str) -> Mapping[str, str]:
    """Return a text with the language it comes out in; typst knows languages by their first part."""
    text, language = gettext(msgid[:], **values), language_of(msgid[:])
    return {"body": text, "lang": language.tag.partition("-")[0], "dir": language.direction}
