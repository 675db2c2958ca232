"""Sending and writing when taps come double and when the database is held by somebody else."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy

import pytest
from sqlalchemy import func, select

from app.cases.models import Case
from tests.faults.conftest import House
from tests.installations import database_file
from tests.plain_browser import TALK, PlainBrowser, answer_all, tell
from tests.servers import Server, serving

TAPS = 20
STORY = "Ze wachten me op bij de fietsen, elke dag."


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    with serving(house.host) as started:
        yield started


def at_review(house: House, server: Server) -> PlainBrowser:
    student = house.student(server)
    student.get(f"/{house.slug}").submit("begin", "begin")
    answer_all(student, TALK)
    return student


def at_story(house: House, server: Server) -> PlainBrowser:
    student = house.student(server)
    student.get(f"/{house.slug}").submit("begin", "begin")
    while student.step != "story_me":
        answered = TALK.get(student.step)
        student.submit(student.step, answered) if answered else student.submit(student.step, skip="1")
    return student


def write(student: PlainBrowser, text: str) -> PlainBrowser:
    form = next(form for form in student.page.forms if "text" in form.names)
    return student.post("/code", {**form.hidden, "text": text})


def back_with_code(house: House, server: Server, code: str) -> PlainBrowser:
    student = house.student(server).get(f"/code?school={house.slug}")
    return student.post("/code", {**student.page.forms[0].hidden, "code": code})


def cases(house: House) -> int:
    with house.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Case)) or 0


def test_twenty_taps_on_send_make_one_case(house: House, server: Server) -> None:
    student = at_review(house, server)

    with ThreadPoolExecutor(TAPS) as pool:
        tapped = list(pool.map(lambda tap: tap.submit("review", "send"), [deepcopy(student) for _ in range(TAPS)]))

    assert cases(house) == 1
    # Who is told to wait for his turn at the slow hash finds the code at the next tap.
    assert {tap.status for tap in tapped} <= {200, 503}
    codes = {tap.get(f"/{house.slug}").page.codes["data-code-digits"] for tap in tapped}
    assert len(codes) == 1


@contextmanager
def held(house: House) -> Iterator[sqlite3.Connection]:
    """Hold SQLite's one write lock, as a backup or a stuck process would."""
    other = sqlite3.connect(database_file(house.host.database_url), check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        if other.in_transaction:
            other.execute("ROLLBACK")
        other.close()


def test_an_answer_waits_for_a_short_lock(sqlite_house: House) -> None:
    with serving(sqlite_house.host) as server:
        student = at_story(sqlite_house, server)
        began = time.monotonic()

        with held(sqlite_house) as other:
            release = threading.Timer(2, other.execute, ["ROLLBACK"])
            release.start()
            student.submit("story_me", STORY)
            release.join()

    assert (student.status, student.step != "story_me") == (200, True)
    assert time.monotonic() - began > 2


def test_what_was_typed_comes_back_after_a_long_lock(sqlite_house: House) -> None:
    with serving(sqlite_house.host) as server:
        student = at_story(sqlite_house, server)
        _words, digits = tell(
            sqlite_house.student(server), sqlite_house.slug, {"what": "risky", "kind_risky": ["weapon"]}
        )
        returned = back_with_code(sqlite_house, server, digits)
        again = deepcopy(returned)

        with held(sqlite_house), ThreadPoolExecutor() as pool:
            answered = pool.submit(student.submit, "story_me", STORY)
            written = pool.submit(write, returned, STORY)
            pages = (answered.result(), written.result())

        for page in pages:
            assert (page.status, page.headers.get("retry-after")) == (503, "10")
            assert STORY in page.text
        assert STORY in write(again, STORY).text
        student.get(f"/{sqlite_house.slug}").submit("story_me", STORY)
        assert (student.status, student.step != "story_me") == (200, True)
