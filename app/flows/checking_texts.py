"""Checks what a student will read: nothing empty, no number to call, no promise that cannot be kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.flows.reading import Document, Location

TEXT_KEYS = ("title", "say", "ask", "hint", "label", "caution", "why", "end")
# Cards carry phone numbers, because a card says whether its number was verified; a text could not.
NUMBER = re.compile(r"\d(?:[\s().+/–-]*\d){2,}")
# An adviser has no absolute duty of secrecy (schoolenveiligheid.nl, geheimhouding in het vertrouwenswerk, read
# 2026-11-22), so no text may promise it.
PROMISES = re.compile(
    r"geheim|(?:100\s*%|honderd procent|volledig|helemaal|volkomen)\s+anoniem|niemand komt erachter", re.IGNORECASE
)
PROSE = re.compile(r"\s|[?!.,:;…]$")


@dataclass(frozen=True)
class Text:
    """A text of a file, where it stands, and the id under which catalogues have it."""

    place: Location
    plain: str
    context: str = ""

    @property
    def msgid(self) -> str:
        """Return the text as catalogues know it: after its context, where it has one."""
        return f"{self.context}\4{self.plain}" if self.context else self.plain

    @property
    def is_chip(self) -> bool:
        """Tell whether the text stands on a chip."""
        return "chips" in self.place[-2:-1]


def check_texts(document: Document) -> None:
    """Note every faulty text of *document*."""
    for text in texts_of(document):
        _check_text(document, text.place, text.plain)


def _check_text(document: Document, location: Location, text: str) -> None:
    if location in document.marked:
        return
    name = f'"{location[-1]}"'
    if not text.strip():
        document.fault(location, "E06", f"{name} is empty: write a text or leave it out")
    elif text != text.strip():
        document.fault(location, "E06", f"{name} begins or ends with a space or a new line: write >- instead of >")
    if found := PROMISES.search(text):
        document.fault(location, "E08", f'{name} promises too much ("{found[0]}"): say what is true')
    elif found := NUMBER.search(text):
        document.fault(location, "E09", f'{name} has a number like "{found[0]}": show a card with help instead')
    if location in document.bare and PROSE.search(text):
        # A comma or a colon would end the text here, and some readers stop at a question mark as well.
        message = f"{name} is prose inside braces: put it in quotes, or on a line of its own"
        document.fault(location, "W07", message)


def texts_of(document: Document) -> Iterator[Text]:
    """Yield every text of *document* that a student or an adviser reads, in the order of the file."""
    return _texts(document.data, (), "")


def _texts(data: object, location: Location, context: str) -> Iterator[Text]:
    if not isinstance(data, dict):
        return
    own = data.get("context", context)
    for key, value in data.items():
        here = (*location, key)
        if key in TEXT_KEYS and isinstance(value, str):
            yield Text(here, value, own)
        elif key == "chips" and isinstance(value, dict):
            yield from (Text((*here, code), text, own) for code, text in value.items() if isinstance(text, str))
        elif key == "steps" and isinstance(value, dict):
            for name, step in value.items():
                yield from _texts(step, (*here, name), "")
