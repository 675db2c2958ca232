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
from app.notifications.services import revive_dead_jobs


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--revive", is_flag=True, help="First give jobs that were put aside a new chance.")
@with_appcontext
def worker(*, once: bool, revive: bool) -> None:
    """Send mail and clean up; run any number of these."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- a thread needs the app itself
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


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def set_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, set_stop)
    signal.signal(signal.SIGINT, set_stop)
    return stop
