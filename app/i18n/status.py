"""How far a translation is: a draft, checked by a second translator, or approved by a native speaker.

The mark stands in the catalogue as a translator's comment with a fingerprint of the text and its translation, so that
it falls away by itself when either of them changes.
"""

import re
from hashlib import sha256
from typing import Literal, get_args

from babel.messages import Message

from app.i18n.messages import ids_of, is_gap, texts_of

Status = Literal["draft", "checked", "approved"]
STATUSES: tuple[Status, ...] = get_args(Status)
_MARK = re.compile(r"status: (checked|approved) ([0-9a-f]{8})")


def status_of(message: Message) -> Status:
    """Return how far the translation of *message* is; a fuzzy one is a draft."""
    mark = fingerprint(message)
    for comment in message.user_comments:
        found = _MARK.fullmatch(comment.strip())
        if found and found[2] == mark and not is_gap(message):
            return "approved" if found[1] == "approved" else "checked"
    return "draft"


def marked(message: Message, status: Status) -> list[str]:
    """Return the comments of *message* with *status* in place of an older one."""
    kept = [comment for comment in message.user_comments if not _MARK.fullmatch(comment.strip())]
    return kept if status == "draft" else [*kept, f"status: {status} {fingerprint(message)}"]


def fingerprint(message: Message) -> str:
    """Return eight signs that change with the text or its translation."""
    parts = (message.context or "", *ids_of(message), *texts_of(message))
    return sha256("\0".join(parts).encode()).hexdigest()[:8]
