"""Checks what a student will read: nothing empty, no number to call, no promise that cannot be kept."""

import re
from collections.abc import Iterator

from app.flows.reading import Document, Location

TEXT_KEYS = ("title", "say", "ask", "hint", "label", "caution", "end")
# Cards carry phone numbers, because a card says whether its number was verified; a text could not.
NUMBER = re.compile(r"\d(?:[\s().+/–-]*\d){2,}")
# An adviser has no absolute duty of secrecy (schoolenveiligheid.nl, geheimhouding in het vertrouwenswerk, read
# 2026-11-22), so no text may promise it.
PROMISES = re.compile(
    r"geheim|(?:100\s*%|honderd procent|volledig|helemaal|volkomen)\s+anoniem|niemand komt erachter", re.IGNORECASE
)


def check_texts(document: Document) -> None:
    """Note every faulty text of *document*."""
    for location, text in _texts(document.data, ()):
        if location in document.marked:
            continue
        name = f'"{location[-1]}"'
        if not text.strip():
            document.fault(location, "E06", f"{name} is empty: write a text or leave it out")
        elif text != text.strip():
            document.fault(location, "E06", f"{name} begins or ends with a space or a new line: write >- instead of >")
        if found := PROMISES.search(text):
            document.fault(location, "E08", f'{name} promises too much ("{found[0]}"): say what is true')
        elif found := NUMBER.search(text):
            document.fault(location, "E09", f'{name} has a number like "{found[0]}": show a card with help instead')


def _texts(data: object, location: Location) -> Iterator[tuple[Location, str]]:
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        here = (*location, key)
        if key in TEXT_KEYS and isinstance(value, str):
            yield here, value
        elif key == "chips" and isinstance(value, dict):
            yield from (((*here, code), text) for code, text in value.items() if isinstance(text, str))
        elif key == "steps" and isinstance(value, dict):
            for name, step in value.items():
                yield from _texts(step, (*here, name))
