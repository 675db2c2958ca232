"""What one entry of a catalogue says: its source texts, its translations, and whether one is missing."""

import re

from babel.messages import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
"""Where a text takes a value."""


def ids_of(message: Message) -> tuple[str, ...]:
    """Return the source text, or its singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def texts_of(message: Message) -> tuple[str, ...]:
    """Return the translations of *message*, one a plural form, empty where missing."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def is_gap(message: Message) -> bool:
    """Tell whether *message* lacks a translation that is whole and certain."""
    return message.fuzzy or not all(texts_of(message))
