"""How a note is tied to the one before it: a hash over both, so that nothing can be changed or taken out unseen."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

START = bytes(32)
"""What stands before the first note of a chain."""
_NOTE, _HEADS = "vertel note 1", "vertel heads 1"


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything in a note that its hash covers; ids and codes only."""

    id: str
    school_id: str | None
    person_id: str | None
    what: str
    subject: str
    day: date
    chain: str
    place: int
    detail: str


@dataclass(frozen=True, order=True)
class Head:
    """The end of a chain: the place and the hash of its last note; `school_id` is "" for the installation."""

    school_id: str
    chain: str
    place: int
    hash: bytes


def hash_of(content: Content, previous: bytes) -> bytes:
    """Return the hash of a note that follows the one with the hash *previous*."""
    said = [
        content.id,
        content.school_id,
        content.person_id,
        content.what,
        content.subject,
        content.day.isoformat(),
        content.chain,
        content.place,
        content.detail,
        previous.hex(),
    ]
    return _digest([_NOTE, *said])


def digest_of(heads: Iterable[Head]) -> str:
    """Return one digest over all *heads*, in whatever order they come; to write down and compare later."""
    return _digest([_HEADS, *([one.school_id, one.chain, one.place, one.hash.hex()] for one in sorted(heads))]).hex()


def _digest(value: object) -> bytes:
    # ASCII and no spaces: one way to write a value, whatever the platform.
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()).digest()
