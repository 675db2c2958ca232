"""A message of sentences while it is made: it travels in the form, and nothing is stored before it is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.cases.phrases import Fillings, blank_label
from app.flows.phrases import Phrase, PhraseBook
from app.i18n.translate import gettext as _

MOST_LINES = 12
SERVICE = "service"
CARD_PHRASE = "help.service"
"""The sentence that brings the card of a service."""


@dataclass(frozen=True)
class Line:
    """One sentence of a draft, with the code that was chosen for each blank, or nothing yet."""

    phrase: Phrase
    values: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """The sentences of a message in their order."""

    lines: tuple[Line, ...] = ()
    group: str = ""
    """Group of the sentence that was added last."""

    @property
    def blanks(self) -> frozenset[str]:
        """Return the names of all blanks in it."""
        return frozenset(name for line in self.lines for name in line.phrase.slots)

    @property
    def services(self) -> tuple[str, ...]:
        """Return the ids of the services that were chosen."""
        return tuple(line.values[SERVICE] for line in self.lines if line.values.get(SERVICE))

    def after(self, deed: str, book: PhraseBook) -> "Draft":
        """Return the draft after *deed*; one that is not known changes nothing.

        They are "add:meet.want", "card:113" (the sentence that brings that card), "up:1", "down:0" and "remove:2".
        """
        what, _colon, which = deed.partition(":")
        if what == "add":
            return self._with(book.phrase(which))
        if what == "card":
            return self._with(book.phrase(CARD_PHRASE), which)
        lines, place = list(self.lines), int(which) if which.isdecimal() and len(which) <= len(str(MOST_LINES)) else -1
        if not 0 <= place < len(lines):
            return self
        line = lines.pop(place)
        if what != "remove":
            lines.insert(max(place + {"up": -1, "down": 1}.get(what, 0), 0), line)
        return replace(self, lines=tuple(lines))

    def _with(self, phrase: Phrase | None, service: str = "") -> "Draft":
        if phrase is None or phrase.is_retired or len(self.lines) == MOST_LINES:
            return self
        values = {name: service if name == SERVICE else "" for name in phrase.slots}
        return Draft((*self.lines, Line(phrase, values)), phrase.group)

    def faults(self, fillings: Fillings) -> tuple[tuple[str, str], ...]:
        """Return the id of each blank that is not filled yet, or wrongly, with what to do."""
        return tuple(
            (blank_id(place, name), _("Vul nog in bij zin %(num)s: %(blank)s.", num=place + 1, blank=blank_label(name)))
            for place, line in enumerate(self.lines)
            for name, value in line.values.items()
            if not _fits(name, value, fillings)
        )

    def parts(self, fillings: Fillings) -> list[dict[str, Any]]:
        """Return what is sealed: the Dutch text of each sentence and what fills it, to be read in any language."""
        return [
            {
                "card": line.phrase.id,
                "text": line.phrase.text,
                "slots": {name: _filling(name, value, fillings) for name, value in line.values.items()},
                "help": line.values.get(SERVICE, ""),
            }
            for line in self.lines
        ]


def draft_of(form: Mapping[str, str], book: PhraseBook) -> Draft:
    """Read a draft from what a page posted; a sentence that the book does not have is left out."""
    return Draft(tuple(_lines_of(form, book)))


def _lines_of(form: Mapping[str, str], book: PhraseBook) -> Iterator[Line]:
    for place in range(MOST_LINES):
        phrase = book.phrase(form.get(f"card-{place}", ""))
        if phrase is not None:
            yield Line(phrase, {name: form.get(blank_id(place, name), "") for name in phrase.slots})


def blank_id(place: int, name: str) -> str:
    """Return under which name a form posts a blank of the sentence at *place*."""
    return f"blank-{place}-{name}"


def _fits(name: str, value: str, fillings: Fillings) -> bool:
    return _is_day(value) if name == "day" else value in fillings.get(name, {})


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _filling(name: str, value: str, fillings: Fillings) -> str:
    if not _fits(name, value, fillings):
        return ""
    return value if name == "day" else fillings[name][value]
