"""What this process remembers of the last hour, in its memory only: texts that are alike, and posts of one source.

Nothing of it is readable: texts are kept as keyed fingerprints, network addresses (a whole /24 or /48) as keyed hashes,
under a random key that lives a day and is never written anywhere. It only sorts; nothing is refused by it.
The address is the one that is connected to this process. Behind a proxy that is the proxy, so that all are one source;
X-Forwarded-For is not read, so that forging it does nothing.
"""

import hashlib
import ipaddress
import secrets
from array import array
from collections import OrderedDict
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from flask import Flask, current_app

from app import clock
from app.intake.lanes import MOST_POSTS_A_MINUTE
from app.vault.words import plain_letters

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ALIKENESS = 0.6
"""Share of common pieces from which two texts count as alike: a changed word or number in a line stays above it."""
PIECE_CHARACTERS = 5
CHARACTERS_READ = 2_000
"""The beginning of a text is compared, so that a long one costs no more than a few milliseconds."""
SKETCH_SIZE = 64
TEXTS_A_SCHOOL, SCHOOLS, SOURCES = 256, 64, 1_024
"""Most that is remembered, the latest; about 30 MiB when an attack fills all of it."""
_NAME = "crowd"
_Value = TypeVar("_Value")


class _Recent(Generic[_Value]):
    """What came lately, in groups: the latest *groups*, the latest *most* in each, none older than *life*."""

    def __init__(self, groups: int, most: int, life: timedelta) -> None:
        self._limits = groups, most, life
        self._groups: OrderedDict[bytes, OrderedDict[bytes, tuple[datetime, _Value]]] = OrderedDict()

    def others(self, group: bytes, mark: bytes, value: _Value) -> list[_Value]:
        """Remember *value* under *mark*, once however often it comes; return the others of its *group*."""
        most_groups, most, life = self._limits
        now, came = clock.now(), self._groups.setdefault(group, OrderedDict())
        came[mark] = now, value
        came.move_to_end(mark)
        self._groups.move_to_end(group)
        while len(came) > most or now - next(iter(came.values()))[0] > life:
            came.popitem(last=False)
        while len(self._groups) > most_groups or now - self._last_of_oldest() > life:
            self._groups.popitem(last=False)
        return [theirs for other, (_when, theirs) in came.items() if other != mark]

    def _last_of_oldest(self) -> datetime:
        oldest = next(iter(self._groups.values()))
        return oldest[next(reversed(oldest))][0]


class _Day:
    """What is known under the random key of one day."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._key = secrets.token_bytes(32)
        self.texts: _Recent[tuple[array[int], frozenset[bytes]]] = _Recent(SCHOOLS, TEXTS_A_SCHOOL, HOUR)
        self.posts: _Recent[None] = _Recent(SOURCES, MOST_POSTS_A_MINUTE + 1, MINUTE)

    def mark(self, text: str) -> bytes:
        """Return what stands for *text* today; without the key nobody can tell for which."""
        return hashlib.blake2b(text.encode(errors="replace"), digest_size=8, key=self._key).digest()

    def sketch(self, pieces: AbstractSet[str]) -> "array[int]":
        """Return the smallest of the marks of *pieces* (a bottom-k sketch: Broder 1997): they tell likeness."""
        marks = sorted(int.from_bytes(self.mark(piece), "big") for piece in pieces)
        return array("Q", marks[:SKETCH_SIZE])


class Crowd:
    """The memory of one process; asking twice for one talk, as after a transaction that failed, counts it once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known = _Day(date.min)

    def alike(
        self, school_id: str, talk_id: str, pieces: AbstractSet[str], reader_ids: AbstractSet[str] = frozenset()
    ) -> int:
        """Remember the *pieces* of a talk; return how many other talks of the last hour at the school are alike.

        Only those count that go to all of *reader_ids* too: who reads this one must not learn of others that are kept
        from him, by the number or by its lane.
        """
        today = self._today()
        mine, readers = today.sketch(pieces), frozenset(map(today.mark, reader_ids))
        with self._lock:
            others = today.texts.others(today.mark(school_id), today.mark(talk_id), (mine, readers))
        return sum(readers <= theirs and likeness(mine, sketch) >= ALIKENESS for sketch, theirs in others)

    def is_bursting(self, address: str, talk_id: str) -> bool:
        """Remember that a talk came from *address*; tell whether its network sent more in a minute than a class can."""
        today = self._today()
        with self._lock:
            others = today.posts.others(today.mark(network_of(address)), today.mark(talk_id), None)
        return len(others) >= MOST_POSTS_A_MINUTE

    def _today(self) -> _Day:
        """Return what is known today; a new day begins with a new key and nothing."""
        with self._lock:
            if self._known.day != clock.today():
                self._known = _Day(clock.today())
            return self._known


def init_app(app: Flask) -> None:
    """Give *app* a memory for the last hour."""
    app.extensions[_NAME] = Crowd()


def current() -> Crowd:
    """Return the memory of the current app."""
    crowd: Crowd = current_app.extensions[_NAME]
    return crowd


def pieces_of(text: str) -> frozenset[str]:
    """Return the overlapping pieces of a few letters that *text* is made of; none of an empty one."""
    plain = " ".join(plain_letters(text[:CHARACTERS_READ]).split())
    starts = range(max(1, len(plain) - PIECE_CHARACTERS + 1))
    return frozenset(plain[start : start + PIECE_CHARACTERS] for start in starts) if plain else frozenset()


def likeness(one: "array[int]", other: "array[int]") -> float:
    """Return about which share of their pieces two sketched texts have in common, from 0 to 1."""
    if one == other:
        return 1.0 if one else 0.0
    mine = set(one)
    shared = mine.intersection(other)
    if not shared:
        return 0.0
    both = sorted(mine.union(other))[:SKETCH_SIZE]
    return len(shared.intersection(both)) / len(both)


def network_of(address: str) -> str:
    """Return the network (/24 or /48) of *address*; empty for what is none, as over a local socket."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = 24 if found.version == 4 else 48  # noqa: PLR2004 -- the version of the protocol
    return str(ipaddress.ip_network((found, bits), strict=False))
