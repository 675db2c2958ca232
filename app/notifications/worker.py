"""The worker: takes jobs one by one, does them, tries again later what failed; any number may run side by side."""

import json
import logging
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import clock, db
from app.notifications.jobs import PeriodicTask, jobs_of
from app.notifications.models import Outbox, PeriodicJob
from app.notifications.rules import ATTEMPTS, LEASE, pause_after
from app.notifications.services import NewJob, put

POLL_SECONDS = 2.0
log = logging.getLogger("vertel.worker")


@dataclass(frozen=True)
class Job:
    """A job that this worker holds until its lease ends; *attempts* counts this one."""

    id: str
    kind: str
    payload: Mapping[str, str]
    waiting_key: str | None
    attempts: int


def run(app: Flask, stop: threading.Event) -> None:
    """Work until *stop* is set; a job in hand is finished first. For a process or a thread of its own."""
    while not stop.is_set():
        try:
            work(app, stop)
        except OperationalError as error:
            log.warning("the database does not answer (%s); tried again soon", type(error.orig).__name__)
        stop.wait(POLL_SECONDS)


def work(app: Flask, stop: threading.Event | None = None) -> int:
    """Run the periodic tasks that are due and do every job that is due; return how many jobs were done or failed."""
    done = 0
    with app.app_context():
        _run_periodic(jobs_of(app).periodic.values(), stop)
        kinds = tuple(jobs_of(app).handlers)
        while not _is_set(stop) and (job := _next_job(kinds)):
            _do(app, job)
            done += 1
    return done


def _is_set(stop: threading.Event | None) -> bool:
    return stop is not None and stop.is_set()


def _due(kinds: Collection[str]) -> Select[Outbox]:
    now = clock.now()
    return (
        select(Outbox)
        .where(Outbox.kind.in_(kinds), Outbox.is_dead.is_(False), Outbox.not_before <= now)
        .where(or_(Outbox.leased_until.is_(None), Outbox.leased_until <= now))
        .order_by(Outbox.not_before, Outbox.id)
        .limit(1)
    )


def _next_job(kinds: Collection[str]) -> Job | None:
    # Looking first keeps an idle worker from taking SQLite's one write lock every two seconds.
    with db.reading() as session:
        if session.scalar(_due(kinds)) is None:
            return None
    with db.transaction() as session:
        return claim(session, kinds)


def claim(session: Session, kinds: Collection[str]) -> Job | None:
    """Take the job that is longest due, if any, and hold it for a lease.

    PostgreSQL skips rows that another worker is taking; SQLite's writing transactions come one after another anyway.
    """
    row = session.scalar(_due(kinds).with_for_update(skip_locked=True))
    if row is None:
        return None
    job = Job(row.id, row.kind, json.loads(row.payload), row.waiting_key, row.attempts + 1)
    row.leased_until = clock.now() + LEASE
    row.attempts = job.attempts
    # From here on what is told belongs to the next job: this one may already have looked.
    row.waiting_key = None
    return job


def _do(app: Flask, job: Job) -> None:
    try:
        jobs_of(app).handlers[job.kind](job.payload)
    except Exception as error:  # one job that fails in an unforeseen way must not stop all others
        log.warning("a job %r failed (%s) at attempt %d", job.kind, type(error).__name__, job.attempts)
        with db.transaction() as session:
            _put_back(session, job)
    else:
        with db.transaction() as session:
            _remove(session, job)


def _remove(session: Session, job: Job) -> bool:
    # The number of attempts fences off a worker whose lease ended and whose job another one holds now.
    removed = session.execute(delete(Outbox).where(Outbox.id == job.id, Outbox.attempts == job.attempts))
    return bool(removed.rowcount)  # type: ignore[attr-defined]  # a result of DML has it


def _put_back(session: Session, job: Job) -> None:
    if job.attempts >= ATTEMPTS:
        log.error("a job %r is put aside after %d attempts; `flask worker --revive` tries again", job.kind, ATTEMPTS)
        session.execute(update(Outbox).where(Outbox.id == job.id).values(is_dead=True, leased_until=None))
        return
    if _remove(session, job):
        put(
            session,
            NewJob(
                kind=job.kind,
                payload=job.payload,
                not_before=clock.now() + pause_after(job.attempts),
                waiting_key=job.waiting_key,
                attempts=job.attempts,
            ),
        )


def _run_periodic(tasks: Collection[PeriodicTask], stop: threading.Event | None) -> None:
    ran = False
    for task in tasks:
        if not _is_set(stop) and _is_due(task):
            ran |= _run_one(task)
    if ran:
        _empty_write_ahead_log()


def _period(task: PeriodicTask) -> int:
    return int(clock.now().timestamp() // task.interval.total_seconds())


def _is_due(task: PeriodicTask) -> bool:
    with db.reading() as session:
        last = session.scalar(select(PeriodicJob.period).where(PeriodicJob.name == task.name))
    # Not "<": a clock that jumped ahead and back must not stop the cleaning until time has caught up.
    return last != _period(task)


def _run_one(task: PeriodicTask) -> bool:
    try:
        with db.transaction() as session:
            if not _take_period(session, task):
                return False
            task.function(session)
    except Exception as error:  # rolled back with its period, so it is tried again; the others still run
        log.warning("the periodic task %r failed (%s)", task.name, type(error).__name__)
        return False
    return True


def _take_period(session: Session, task: PeriodicTask) -> bool:
    made = db.insert_into(session, PeriodicJob).values(name=task.name, period=_period(task))
    taken = session.execute(
        made.on_conflict_do_update(
            index_elements=[PeriodicJob.name],
            set_={"period": made.excluded.period},
            where=PeriodicJob.period != made.excluded.period,
        ).returning(PeriodicJob.name)
    )
    # Asked back instead of counted: PostgreSQL's driver counts -1 here, also when another worker was first.
    return taken.first() is not None


def _empty_write_ahead_log() -> None:
    # What a purge deleted still stands in SQLite's WAL until it is truncated (measured 2026-11).
    engine = db.current().engine
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
