"""Takes a concept to an audited table, step by step, outside any request; for the worker and for commands."""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from flask import Flask, current_app

from app import db
from app.notifications.jobs import register
from app.settings import Settings
from app.statistics import publishing

JOB = "statistics.table"


def init_app(app: Flask) -> None:
    """Let the worker protect and audit concepts."""
    register(app, JOB, do_table)


def do_table(payload: Mapping[str, str]) -> None:
    """Protect and audit one quarter; what was done before is not done again."""
    work_on(payload["quarter"])


def work_on(quarter: str) -> None:
    """Take a quarter from concept to audited, or to stopped; the counting happens outside every transaction."""
    settings: Settings = current_app.config["SETTINGS"]
    if state_of(quarter) == "concept":
        with db.reading() as session:
            task = publishing.task_of(session, quarter, settings.closeness)
        table = _solving().protected(task)
        with db.transaction() as session:
            publishing.store_protected(session, quarter, table, task.rows)
    if state_of(quarter) == "protected":
        with db.reading() as session:
            task = publishing.task_of(session, quarter, settings.closeness)
            content = publishing.content_of(session, quarter)
        verdict = _solving().audited(task, content)
        with db.transaction() as session:
            publishing.store_verdict(session, quarter, verdict)


def _solving() -> ModuleType:
    """Load the solvers when a table is made: they take some 90 MB that web processes never need."""
    return import_module("app.statistics.solving")


def publish(quarter: str) -> str:
    """Take a quarter all the way to its release, here and now; return the checksum.

    Raises: PublicationError, when the audit stopped it too.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if not state_of(quarter):
        with db.transaction() as session:
            publishing.make_concept(session, quarter)
    work_on(quarter)
    with db.transaction() as session:
        return publishing.release(session, quarter, settings.instance).digest


def state_of(quarter: str) -> str:
    """Return how far a quarter is; empty when nobody began."""
    with db.reading() as session:
        return publishing.states(session).get(quarter, "")
