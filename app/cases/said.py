"""What a message says, piece by piece: sentences of the desk in the reader's language, and words as they were typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from app.i18n.formats import format_date
from app.i18n.translate import gettext as _
from app.i18n.translate import language_of, using

_FIRST_STRONG, _END = "\u2068", "\u2069"
"""Unicode's isolates: what stands between them keeps its own direction and does not turn what is around it."""
_UNFILLED = "___"


@dataclass(frozen=True)
class Said:
    """A piece in one language; `direction` is "auto" for what somebody typed."""

    text: str
    language: str
    direction: str = "auto"


def typed(text: str, language: str) -> Said:
    """Return what somebody typed."""
    return Said(text, language)


def phrase_said(text: str, values: Mapping[str, str]) -> Said:
    """Return a sentence of the desk (its Dutch *text*) in the present language, in Dutch where it has no translation.

    *values* fill its blanks: a day as in 2026-11-26, a name as it is, anything else as the Dutch text that was chosen.
    """
    language = language_of(text)
    with using(language.tag):
        filled = {name: f"{_FIRST_STRONG}{_value(name, value)}{_END}" for name, value in values.items()}
        return Said(_(text, **filled), language.html_lang, language.direction)


def _value(name: str, value: str) -> str:
    if not value:
        return _UNFILLED
    if name == "day":
        return format_date(date.fromisoformat(value))
    return value if name == "person" else _(value)


def phrases_said(parts: Iterable[Mapping[str, Any]]) -> tuple[Said, ...]:
    """Return the sentences of a message; those of one language that follow each other are one piece."""
    said = [phrase_said(part["text"], part["slots"]) for part in parts]
    pieces = ((key, list(group)) for key, group in groupby(said, key=lambda piece: (piece.language, piece.direction)))
    return tuple(Said(" ".join(piece.text for piece in group), *key) for key, group in pieces)


def as_text(pieces: Sequence[Said]) -> str:
    """Return all pieces as one text."""
    return "\n\n".join(piece.text for piece in pieces)


def written(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an adviser or the student wrote: sentences of the desk, if there are, and then his own words."""
    if "parts" not in content:
        return content
    phrases, own = phrases_said(content["parts"]), content["text"]
    pieces = (*phrases, typed(own, content["language"])) if own else phrases
    said = {name: content[name] for name in ("author", "language")}
    help_ids = tuple(dict.fromkeys(part["help"] for part in content["parts"] if part.get("help")))
    return {**said, "phrases": phrases, "typed": own, "text": as_text(pieces), "help_ids": help_ids}
