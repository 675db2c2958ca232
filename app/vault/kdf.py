"""The slow hash (argon2id) and the gate before it, so that a rush of students cannot exhaust the memory."""

import os
from collections import deque
from collections.abc import Callable
from threading import Event, Lock

from argon2.low_level import Type, hash_secret_raw

from app.vault.errors import BusyError

PATIENCE_SECONDS = 1.5
RETRY_AFTER_SECONDS = 3
_WAITERS = 8

Stretch = Callable[[bytes, bytes, int], bytes]
"""Takes secret, salt and the length of the answer in bytes."""


def argon2id(secret: bytes, salt: bytes, length: int) -> bytes:
    """Hash *secret* with 3 passes over 64 MiB in one lane; about 0.17 s of one core, without holding the GIL."""
    return hash_secret_raw(
        secret, salt, time_cost=3, memory_cost=64 << 10, parallelism=1, hash_len=length, type=Type.ID
    )


class Gate:
    """Lets *permits* callers hash at once and *waiters* more stand in line, first come first served."""

    def __init__(
        self, permits: int, waiters: int, *, patience_seconds: float = PATIENCE_SECONDS, work: Stretch = argon2id
    ) -> None:
        self._free = permits
        self._waiters = waiters
        self._patience_seconds = patience_seconds
        self._work = work
        self._line: deque[Event] = deque()
        self._lock = Lock()

    def stretch(self, secret: bytes, salt: bytes, length: int) -> bytes:
        """Hash *secret* to *length* bytes when it is this caller's turn.

        Raises: BusyError when the line is full or the turn does not come in time.
        """
        self._enter()
        try:
            return self._work(secret, salt, length)
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._line) >= self._waiters:
                raise BusyError(RETRY_AFTER_SECONDS)
            turn = Event()
            self._line.append(turn)
        if not turn.wait(self._patience_seconds):
            self._give_up(turn)

    def _give_up(self, turn: Event) -> None:
        with self._lock:
            if turn.is_set():  # The permit came between the end of the wait and this line.
                return
            self._line.remove(turn)
        raise BusyError(RETRY_AFTER_SECONDS)

    def _leave(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().set()  # The permit goes to the longest waiter, so nobody can jump the line.
            else:
                self._free += 1


def permits_for(processes: int) -> int:
    """Return how many hashes one of *processes* server processes on this machine may run at once."""
    return max(1, (os.cpu_count() or 1) // processes)


_gate = Gate(permits_for(1), _WAITERS)


def configure(permits: int, waiters: int) -> None:
    """Set the size of this process's gate; for the start, before the first request."""
    global _gate  # noqa: PLW0603 -- one gate a process, since what it guards is the process's memory
    _gate = Gate(permits, waiters)


def stretch(secret: bytes, salt: bytes, length: int) -> bytes:
    """Hash *secret* through this process's gate; see `Gate.stretch`."""
    return _gate.stretch(secret, salt, length)
