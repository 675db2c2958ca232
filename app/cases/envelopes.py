"""Every seal of a case, bound to its place: a blob that was moved, swapped or changed does not open there."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from app.vault.errors import DamagedError
from app.vault.keys import KeyPair, unwrap, wrap
from app.vault.sealing import Context, seal, unseal

KeyKind = Literal["dialog", "notes"]
STUDENT = "student"
"""Holder of the wrap that the code opens; person ids are 32 hex characters, so none can be this."""
CARD = ("card",)
REPORT = ("report",)


class CaseDamagedError(Exception):
    """The case's key does not open any more: its row was damaged or moved. Another reader may still open the case."""


@dataclass(frozen=True)
class CaseRef:
    """Which case of which school."""

    school_id: str
    case_id: str


def wrap_key(key: bytes, public: bytes, ref: CaseRef, kind: KeyKind, holder: str) -> bytes:
    """Wrap one of the case's keys to *holder* (a person id or STUDENT)."""
    return wrap(key, public, _wrap_context(ref, kind, holder))


def unwrap_key(wrapped: bytes, pair: KeyPair, ref: CaseRef, holder: str, kind: KeyKind = "dialog") -> bytes | None:
    """Return the case's key, or None when the wrap is damaged, moved, or not for this holder."""
    try:
        return unwrap(wrapped, pair, _wrap_context(ref, kind, holder))
    except DamagedError:
        return None


def place_of_message(seq: int, direction: str) -> tuple[str, str, str]:
    """Return the place of a message in its case."""
    return "message", str(seq), direction


def _wrap_context(ref: CaseRef, kind: KeyKind, holder: str) -> bytes:
    return Context("case-key", ref.school_id, ref.case_id, kind, holder)


def seal_value(key: bytes, value: Any, ref: CaseRef, *place: str) -> bytes:
    """Seal a JSON value at its *place* in the case: kind, and for a message its number and direction."""
    return seal(key, json.dumps(value, ensure_ascii=False).encode(), _place_context(ref, place))


def open_value(key: bytes | None, blob: bytes, ref: CaseRef, *place: str) -> Any | None:
    """Return the JSON value sealed at that *place*, or None when it is damaged, moved, or the key is gone."""
    if key is None:
        return None
    try:
        return json.loads(unseal(key, blob, _place_context(ref, place)))
    except DamagedError:
        return None


def _place_context(ref: CaseRef, place: tuple[str, ...]) -> bytes:
    return _case_context(ref).within(*place)


@lru_cache(maxsize=8)
def _case_context(ref: CaseRef) -> Context:
    return Context("case", ref.school_id, ref.case_id)
