import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from typing_extensions import override

from app.vault import kdf
from app.vault.errors import BusyError
from tests.vault.conftest import fast_hash

LONG = 60.0


class Work:
    """A slow hash that starts, reports and ends when the test says so."""

    def __init__(self) -> None:
        self.started = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.order: list[bytes] = []

    def __call__(self, secret: bytes, _salt: bytes, _length: int) -> bytes:
        self.order.append(secret)
        self.started.release()
        assert self.may_end.acquire(timeout=LONG)
        return secret


def wait_until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG
    while not claim():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def queued(pool: ThreadPoolExecutor, gate: kdf.Gate, secret: bytes, place: int) -> Future[bytes]:
    """Send one more caller to the gate and return when it stands at *place* in line."""
    future = pool.submit(gate.stretch, secret, b"", 1)
    wait_until(lambda: len(gate._line) == place)
    return future


def test_no_more_callers_hash_at_once_than_there_are_permits() -> None:
    work = Work()
    gate = kdf.Gate(2, 8, patience_seconds=LONG, work=work)

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(gate.stretch, bytes([n]), b"", 1) for n in range(4)]
        wait_until(lambda: len(gate._line) == 2)
        begun = len(work.order)
        for _ in futures:
            work.may_end.release()

    assert begun == 2
    assert sorted(future.result() for future in futures) == [b"\0", b"\1", b"\2", b"\3"]


def test_who_waits_longest_goes_first() -> None:
    work = Work()
    gate = kdf.Gate(1, 8, patience_seconds=LONG, work=work)

    with ThreadPoolExecutor(4) as pool:
        pool.submit(gate.stretch, b"first", b"", 1)
        work.started.acquire()
        queued(pool, gate, b"second", 1)
        queued(pool, gate, b"third", 2)
        for _ in range(3):
            work.may_end.release()

    assert work.order == [b"first", b"second", b"third"]


def test_a_full_line_is_refused_at_once() -> None:
    work = Work()
    gate = kdf.Gate(1, 1, patience_seconds=LONG, work=work)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(gate.stretch, b"first", b"", 1)
        work.started.acquire()
        queued(pool, gate, b"second", 1)
        with pytest.raises(BusyError) as refusal:
            gate.stretch(b"third", b"", 1)
        work.may_end.release(2)

    assert refusal.value.retry_after_seconds > 0


def test_who_waits_too_long_is_refused_and_leaves_the_line() -> None:
    work = Work()
    gate = kdf.Gate(1, 1, patience_seconds=0.001, work=work)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(gate.stretch, b"first", b"", 1)
        work.started.acquire()
        for _ in range(2):
            with pytest.raises(BusyError):
                gate.stretch(b"impatient", b"", 1)
        work.may_end.release()

    work.may_end.release()
    assert gate.stretch(b"later", b"", 1) == b"later"


def test_a_permit_that_comes_at_the_last_moment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = kdf.Gate(1, 1, work=fast_hash)
    gate._enter()

    class LateEvent(threading.Event):
        @override
        def wait(self, timeout: float | None = None) -> bool:
            assert timeout == kdf.PATIENCE_SECONDS
            gate._leave()
            return False

    monkeypatch.setattr(kdf, "Event", LateEvent)

    assert gate.stretch(b"secret", b"salt", 4) == fast_hash(b"secret", b"salt", 4)
    assert gate._free == 1


def test_a_hash_that_fails_gives_its_permit_back() -> None:
    def broken(secret: bytes, salt: bytes, length: int) -> bytes:
        raise MemoryError

    gate = kdf.Gate(1, 0, work=broken)

    for _ in range(2):
        with pytest.raises(MemoryError):
            gate.stretch(b"", b"", 1)


@pytest.mark.parametrize(("cores", "processes", "permits"), [(8, 2, 4), (2, 4, 1), (None, 1, 1)])
def test_the_processes_of_a_machine_share_its_cores(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, processes: int, permits: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    assert kdf.permits_for(processes) == permits


def test_the_process_has_one_gate_of_the_configured_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "_gate", kdf._gate)

    kdf.configure(0, 0)

    with pytest.raises(BusyError):
        kdf.stretch(b"secret", b"salt" * 4, 32)


def test_the_slow_hash_is_argon2id_with_three_passes_over_64_mebibytes() -> None:
    secret, salt = b"secret", b"0123456789abcdef"

    theirs = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024).derive(secret)

    assert kdf.stretch(secret, salt, 32) == theirs
