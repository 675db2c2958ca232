"""Runs both measurements against real servers and prints one line each."""

import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from argon2.low_level import Type, hash_secret_raw

from app.demo.serving import free_port
from tests.plain_browser import TALK, PlainBrowser, answer_all

ROUNDS, PAGES = 7, 200
SENDS, CLIENTS = 60, 4


@contextlib.contextmanager
def demo() -> Iterator[str]:
    words = [sys.executable, "-m", "flask", "demo", "--port", "0", "--instance", tempfile.mkdtemp() + "/demo"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["student_urls"][0]
        finally:
            process.terminate()


@contextlib.contextmanager
def bare() -> Iterator[str]:
    port = free_port()
    words = [
        "--interface",
        "wsgi",
        "--factory",
        "--port",
        str(port),
        "--blocking-threads",
        "16",
        "--no-ws",
        "--log-level",
        "error",
    ]
    with subprocess.Popen([sys.executable, "-m", "granian", *words, "tests.bench.bare:create_app"]) as process:
        time.sleep(2)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def milliseconds(url: str, cookies: str) -> float:
    """Return the median time of one page over a kept connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    times = []
    for _ in range(PAGES):
        began = time.perf_counter()
        connection.request("GET", parts.path, headers={"Cookie": cookies})
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - began)
        assert response.status == 200
    connection.close()
    return statistics.median(times) * 1000


def question_page(school: str, yardstick: str) -> str:
    student = PlainBrowser(school)
    student.get(school).submit("begin", "begin").submit("danger", "not_now").submit("you", "me")
    student.submit("story_me", skip="1").submit("what", "mean")
    assert student.step == "kind_mean"
    cookies = "; ".join(f"{name}={value}" for name, value in student.cookies.items())
    pairs = [(milliseconds(school, cookies), milliseconds(yardstick, "")) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return f"question page {ours:.2f} ms, bare Flask view {theirs:.2f} ms, ratio {ours / theirs:.2f} (bar: 3)"


def per_second(work: Callable[[int], object], times: int, workers: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(times)))
    return times / (time.perf_counter() - began)


def hash_once(number: int) -> bytes:
    return hash_secret_raw(number.to_bytes(8, "big"), b"0" * 16, 3, 65536, 1, 32, Type.ID)


def ready_to_send(school: str) -> PlainBrowser:
    student = PlainBrowser(school)
    student.get(school).submit("begin", "begin")
    answer_all(student, TALK)
    return student


def send(student: PlainBrowser) -> None:
    """Send as a person does: when it is busy, the report goes first and the page asks for its code again."""
    while "data-code-words" not in student.page.codes:
        student.submit(student.step, "send" if student.step == "review" else None)
        assert student.status == 200, student.status


def sending(school: str) -> str:
    cores = os.cpu_count() or 1
    sent, hashed = [], []
    for _ in range(3):
        students = [ready_to_send(school) for _ in range(SENDS)]
        hashed.append(per_second(hash_once, SENDS, cores))
        sent.append(per_second(lambda n, ready=students: send(ready[n]), SENDS, CLIENTS))
    ours, machine = statistics.median(sent), statistics.median(hashed)
    return f"sending {ours:.1f}/s, argon2id alone {machine:.1f}/s, share {ours / machine:.0%} (bar: 80 %)"


if __name__ == "__main__":
    with demo() as school, bare() as yardstick:
        print(question_page(school, yardstick))
        print(sending(school))
