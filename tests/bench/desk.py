"""Measures an adviser's desk: `python -m tests.bench.desk [sqlite|postgresql]`; prints a table for each database.

Both sides of a ratio are measured in turns in one run, each as a whole request through the app in this process. The
sizes: a queue of 50 and one of 5,000 cases, 5,000 messages of 2 kB in 250 cases, one case with 1,000 messages.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from app import clock, create_app, db
from app.accounts.access import TOKEN
from app.accounts.proving import Proof
from app.accounts.sessions import begin_session
from app.cases.envelopes import CaseRef, place_of_message, seal_value, unwrap_key
from app.cases.models import Case, CaseReader, Message
from app.settings import Settings
from tests.cases.factories import Adviser, new_adviser, new_case, new_school
from tests.databases import open_database

FEW, MANY = 50, 5_000
CASES, MESSAGES_EACH = 250, 20
LONG = 1_000
ROUNDS, SEARCHES = 60, 9
WORDS = "Hij wachtte mij weer op bij het café en de anderen lachten mij uit terwijl iedereen het zag. "
TWO_KB = (WORDS * 23)[:2_048]
RARE = "vuurtoren"


@dataclass
class House:
    """An app on a fresh database."""

    app: Flask
    database: db.Database

    def client_of(self, adviser: Adviser) -> FlaskClient:
        with self.app.app_context(), self.database.writer.begin() as session:
            token = begin_session(session, Proof(adviser.person_id, adviser.pair, None))
        client = self.app.test_client()
        with client.session_transaction("/staff/cases") as cookie:
            cookie[TOKEN] = token
        return client


@contextmanager
def house(kind: str, folder: Path) -> Iterator[House]:
    for database in open_database(kind, folder):
        settings = Settings(
            instance=folder,
            hosts=("localhost",),
            base_url="http://localhost",
            mail_from="vertel@localhost",
            smtp_host="localhost",
            cookies_secure=False,
            database_url=database.engine.url.render_as_string(hide_password=False),
        )
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        yield House(app, app.extensions["database"])


def a_queue(session: Session, number: int) -> Adviser:
    """An adviser with *number* cases in every state that a term brings: new, answered, promised, late, closed."""
    school = new_school(session)
    adviser = new_adviser(session, school)
    today = clock.today()
    for each in range(number):
        new_case(session, school, adviser, urgent=each % 20 == 0, promised_on=today + timedelta(days=each % 9 - 2))
    ids = session.scalars(select(Case.id).where(Case.school_id == school)).all()
    for state in (1, 2, 3):
        some = ids[state::5]
        seen = {"last_student_seq": 0, "awaits_answer": state == 1, "status": "closed" if state == 3 else "handled"}
        session.execute(update(Case).where(Case.id.in_(some)).values(**seen))
        session.execute(update(CaseReader).where(CaseReader.case_id.in_(some)).values(seen_through=0))
    return adviser


def messages(session: Session, adviser: Adviser, case_id: str, number: int, last: str = "") -> None:
    row = session.execute(
        select(CaseReader.school_id, CaseReader.dialog_wrap).where(CaseReader.case_id == case_id)
    ).one()
    ref = CaseRef(row.school_id, case_id)
    key = unwrap_key(row.dialog_wrap, adviser.pair, ref, adviser.person_id)
    assert key
    rows = []
    for seq in range(1, number + 1):
        content = {"text": TWO_KB + (last if seq == number else ""), "language": "nl"}
        blob = seal_value(key, content, ref, *place_of_message(seq, "student"))
        rows.append(
            {
                "school_id": ref.school_id,
                "case_id": case_id,
                "seq": seq,
                "direction": "student",
                "written_on": clock.today(),
                "blob": blob,
            }
        )
    session.execute(insert(Message), rows)
    session.execute(update(Case).where(Case.id == case_id).values(last_seq=number, last_student_seq=number))


def talks(session: Session) -> tuple[Adviser, Adviser, str]:
    """An adviser with the messages of the search, and one with a single long conversation."""
    school = new_school(session)
    adviser, other = new_adviser(session, school), new_adviser(session, school, kind="external")
    for each in range(CASES):
        case = new_case(session, school, adviser)
        messages(session, adviser, case.case_id, MESSAGES_EACH, RARE if each == 0 else "")
    long = new_case(session, school, other)
    messages(session, other, long.case_id, LONG)
    return adviser, other, long.case_id


def milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    answer = work()
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.status_code
    return took


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def queue_figures(few: FlaskClient, many: FlaskClient) -> Iterator[str]:
    sides = (lambda: few.get("/staff/cases"), lambda: many.get("/staff/cases"))
    pairs = [tuple(map(milliseconds, sides)) for _ in range(ROUNDS)]
    small, large = (statistics.median(side) for side in zip(*pairs[5:], strict=True))
    yield f"queue of {FEW} / {MANY}: {small:.1f} / {large:.1f} ms, ratio {large / small:.2f} (bar: 1.5)"
    rare = statistics.median(milliseconds(lambda: many.get("/staff/cases?topic=weapon")) for _ in range(3))
    yield f"queue of {MANY}, a filter that opens every card and finds none: {rare:.0f} ms"


def search_figures(searcher: FlaskClient) -> Iterator[str]:
    for words, what in ((RARE, "one hit in the last message"), ("nietsvanditalles", "no hit"), ("cafe", "many hits")):
        asked = partial(searcher.post, "/staff/cases/search", data={"words": words})
        took = [milliseconds(asked) for _ in range(SEARCHES)]
        yield (
            f"search in {CASES * MESSAGES_EACH} messages of 2 kB, {what}: median {statistics.median(took):.0f} ms, "
            f"best {min(took):.0f} ms (bar: 300)"
        )


def measured(kind: str, folder: Path) -> Iterator[str]:
    with house(kind, folder) as made:
        with made.app.app_context(), made.database.writer.begin() as session:
            few, many = a_queue(session, FEW), a_queue(session, MANY)
            searcher, reader, long = talks(session)
        if kind == "postgresql":  # Autovacuum does this within a minute of such a load.
            with made.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        empty = peak_mib()
        yield from queue_figures(made.client_of(few), made.client_of(many))
        after_queue = peak_mib()
        yield from search_figures(made.client_of(searcher))
        client = made.client_of(reader)
        took = statistics.median(milliseconds(lambda: client.get(f"/staff/cases/{long}")) for _ in range(9))
        yield f"opening a case of {LONG} messages: {took:.0f} ms"
        yield f"peak memory: {empty:.0f} MiB when filled, {after_queue:.0f} after the queue, {peak_mib():.0f} last"


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as name:
            for line in measured(wanted, Path(name)):
                print(f"{wanted:10} {line}", flush=True)
