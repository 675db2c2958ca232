"""The worker, with a real mail server, on each database."""

import threading
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import clock
from app.db import Database
from app.notifications import jobs, worker
from app.notifications.mail import send_news
from app.notifications.models import Outbox
from app.notifications.queries import backlog
from app.notifications.rules import ATTEMPTS, LEASE, pause_after
from app.notifications.services import NEWS, revive_dead_jobs, tell
from app.settings import Settings
from tests.notifications.conftest import NOON
from tests.notifications.mailbox import Mailbox

ADDRESS = "mira@school.example"


@pytest.fixture
def posting(app: Flask, settings: Settings) -> Flask:
    jobs.register(app, NEWS, lambda _payload: send_news(settings, ADDRESS, "nl"))
    return app


def told(database: Database, person_id: str = "mira", *, urgent: bool = True) -> None:
    with database.writer.begin() as session:
        tell(session, person_id, urgent=urgent)


def waiting(database: Database) -> tuple[int, int]:
    with database.reader() as session:
        found = backlog(session)
    return found.waiting, found.dead


def test_urgent_mail_goes_at_once_and_the_row_is_gone(posting: Flask, database: Database, mailbox: Mailbox) -> None:
    mailbox.start()
    told(database)

    assert worker.work(posting) == 1

    assert mailbox.recipients == [ADDRESS]
    assert waiting(database) == (0, 0)


def test_other_mail_goes_later_and_once_for_all_news(posting: Flask, database: Database, mailbox: Mailbox) -> None:
    mailbox.start()
    told(database, urgent=False)
    told(database, urgent=False)

    assert worker.work(posting) == 0
    with clock.at(NOON + timedelta(minutes=91)):
        assert worker.work(posting) == 1

    assert len(mailbox.raw) == 1


def test_while_the_server_is_down_nothing_is_lost(posting: Flask, database: Database, mailbox: Mailbox) -> None:
    told(database)
    for hour in range(24):
        with clock.at(NOON + timedelta(hours=hour)):
            worker.work(posting)
            told(database, urgent=False)
    assert waiting(database) == (1, 0)

    mailbox.start()
    with clock.at(NOON + timedelta(hours=26)):
        worker.work(posting)

    assert len(mailbox.raw) == 1
    assert waiting(database) == (0, 0)


def test_a_failed_job_waits_longer_each_time(posting: Flask, database: Database) -> None:
    told(database)

    worker.work(posting)

    with clock.at(NOON + timedelta(seconds=59)):
        assert worker.work(posting) == 0
    with clock.at(NOON + timedelta(seconds=60)):
        assert worker.work(posting) == 1
    with clock.at(NOON + timedelta(seconds=179)):
        assert worker.work(posting) == 0
    assert pause_after(ATTEMPTS) == timedelta(hours=1)


def test_after_many_attempts_a_job_is_put_aside_until_it_is_revived(
    posting: Flask, database: Database, mailbox: Mailbox
) -> None:
    told(database)
    with database.writer.begin() as session:
        session.execute(update(Outbox).values(attempts=ATTEMPTS - 1))
    worker.work(posting)
    assert waiting(database) == (0, 1)
    mailbox.start()
    with clock.at(NOON + timedelta(days=9)):
        assert worker.work(posting) == 0

    with database.writer.begin() as session:
        assert revive_dead_jobs(session) == 1
    worker.work(posting)

    assert len(mailbox.raw) == 1


def test_a_worker_that_is_killed_leaves_its_job_to_another(
    posting: Flask, database: Database, mailbox: Mailbox
) -> None:
    mailbox.start()
    told(database)
    with database.writer.begin() as session:
        assert worker.claim(session, [NEWS]) is not None

    assert worker.work(posting) == 0
    with clock.at(NOON + LEASE):
        assert worker.work(posting) == 1


def test_news_during_a_mail_gets_a_mail_of_its_own(app: Flask, database: Database) -> None:
    seen: list[str] = []

    def handler(payload: Mapping[str, str]) -> None:
        seen.append(payload["person_id"])
        if len(seen) == 1:
            told(database)

    jobs.register(app, NEWS, handler)
    told(database)

    worker.work(app)

    assert seen == ["mira", "mira"]


def test_many_workers_do_each_job_once(app: Flask, database: Database) -> None:
    done: list[str] = []
    jobs.register(app, NEWS, lambda payload: done.append(payload["person_id"]))
    people = [f"person-{number}" for number in range(40)]
    for person in people:
        told(database, person)

    workers = [threading.Thread(target=worker.work, args=(app,)) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(done) == sorted(people)


def test_a_job_of_a_kind_that_nobody_knows_waits(app: Flask, database: Database) -> None:
    told(database)

    assert worker.work(app) == 0
    assert waiting(database) == (1, 0)


def test_a_periodic_task_runs_once_a_period_whatever_the_number_of_workers(app: Flask) -> None:
    runs: list[int] = []
    jobs.every(app, "count", lambda _session: runs.append(1), timedelta(hours=1))

    worker.work(app)
    worker.work(app)
    with clock.at(NOON + timedelta(hours=1)):
        worker.work(app)

    assert len(runs) == 2


def test_of_two_workers_that_find_a_task_due_at_once_one_runs_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    jobs.every(app, "count", lambda _session: runs.append(1), timedelta(hours=1))
    monkeypatch.setattr(worker, "_is_due", lambda _task: True)

    worker.work(app)
    worker.work(app)

    assert len(runs) == 1


def test_a_periodic_task_that_fails_is_undone_tried_again_and_holds_up_nobody(app: Flask, database: Database) -> None:
    runs: list[int] = []

    def fail_at_first(session: Session) -> None:
        tell(session, "mira", urgent=True)
        runs.append(1)
        if len(runs) == 1:
            raise ValueError

    jobs.every(app, "fails", fail_at_first)
    jobs.every(app, "works", lambda _session: runs.append(0))

    worker.work(app)
    assert waiting(database) == (0, 0)
    worker.work(app)

    assert waiting(database) == (1, 0)
    assert runs == [1, 0, 1]


def test_no_log_line_names_a_person_or_what_went_wrong_in_words(
    app: Flask, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_payload: Mapping[str, str]) -> None:
        raise ValueError(ADDRESS)

    jobs.register(app, NEWS, fail)
    told(database)

    worker.work(app)

    assert "ValueError" in caplog.text
    assert ADDRESS not in caplog.text
    assert "mira" not in caplog.text


def test_running_ends_when_asked_and_survives_a_database_that_is_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, rounds = threading.Event(), []
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)

    def one_round(_app: Flask, stop: threading.Event) -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("SELECT 1", {}, ConnectionError())
        stop.set()
        return 0

    monkeypatch.setattr(worker, "work", one_round)
    thread = threading.Thread(target=worker.run, args=(app, stop))
    thread.start()
    thread.join(timeout=10)

    assert not thread.is_alive()
    assert len(rounds) == 2


def test_a_clock_that_jumped_ahead_and_back_does_not_stop_the_cleaning(app: Flask) -> None:
    runs: list[int] = []
    jobs.every(app, "count", lambda _session: runs.append(1), timedelta(hours=1))
    for hours in (0, 300, 1):
        with clock.at(NOON + timedelta(hours=hours)):
            worker.work(app)

    assert len(runs) == 3
