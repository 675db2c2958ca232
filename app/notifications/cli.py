"""The command that runs the worker."""

import signal
import threading
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from app import db
from app.notifications import worker as working
from app.notifications.queries import backlog
from app.notifications.self_test import mail_check, outbox_check, worker_check
from app.notifications.services import revive_dead_jobs
from app.notifications.wording import cure
from app.settings import Settings


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--check", "check_only", is_flag=True, help="Say what is wrong with mail and worker, and how to cure it.")
@click.option("--revive", is_flag=True, help="First give jobs that were put aside a new chance.")
@with_appcontext
def worker(*, once: bool, check_only: bool, revive: bool) -> None:
    """Send mail and clean up; run any number of these."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- a thread needs the app itself
    if check_only:
        _check(app.config["SETTINGS"])
        return
    if revive:
        with db.transaction() as session:
            click.echo(f"{revive_dead_jobs(session)} jobs get a new chance")
    if once:
        working.work(app)
        with db.reading() as session:
            left = backlog(session)
        click.echo(f"{left.waiting} jobs wait, {left.dead} were put aside")
        return
    working.run(app, _stop_on_signals())


def _check(settings: Settings) -> None:
    with db.reading() as session:
        found = [worker_check(session), outbox_check(session)]
    found.insert(0, mail_check(settings))
    for check in found:
        click.echo(f"{check.name}: {'ok' if check.is_ok else cure(check, settings)}")
    if not all(check.is_ok for check in found):
        raise SystemExit(1)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def set_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, set_stop)
    signal.signal(signal.SIGINT, set_stop)
    return stop
