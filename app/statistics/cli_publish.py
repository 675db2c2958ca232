"""Commands that take a quarter's table from concept to release."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext

from app import db
from app.notifications.services import NewJob, put
from app.register.periods import quarters_of
from app.settings import Settings
from app.statistics import publishing, working
from app.statistics.publishing import PublicationError
from app.statistics.rules import PeriodError, parse_period


@contextmanager
def _kindly() -> Iterator[None]:
    try:
        yield
    except PublicationError as error:
        raise click.ClickException(str(error)) from None


def _quarter(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    year = value.rpartition("-")[0]
    try:
        if parse_period(year) == year and value in quarters_of(year):
            return value
    except PeriodError:
        pass
    raise click.BadParameter(f"{value!r} is no quarter; write it as 2026-2027-Q1, up to Q4")


@click.command("concept")
@click.argument("quarter", callback=_quarter)
@with_appcontext
def make_concept(quarter: str) -> None:
    """Fix the counts of QUARTER, such as 2026-2027-Q1, and leave the rest to the worker."""
    with _kindly(), db.transaction() as session:
        publishing.make_concept(session, quarter)
        put(session, NewJob(kind=working.JOB, payload={"quarter": quarter}, waiting_key=f"table {quarter}"))
    click.echo(f"{quarter}: concept; the worker protects and audits it, then `flask statistics release {quarter}`")


@click.command("release")
@click.argument("quarter", callback=_quarter)
@with_appcontext
def release(quarter: str) -> None:
    """Let the audited table of QUARTER out, for good."""
    settings: Settings = current_app.config["SETTINGS"]
    with _kindly(), db.transaction() as session:
        made = publishing.release(session, quarter, settings.instance)
        click.echo(f"{quarter}: released, SHA-256 {made.digest}")


@click.command("publish")
@click.argument("quarter", callback=_quarter)
@with_appcontext
def publish(quarter: str) -> None:
    """Take QUARTER all the way here and now: concept, protected, audited, released."""
    with _kindly():
        click.echo(f"{quarter}: released, SHA-256 {working.publish(quarter)}")


@click.command("discard")
@click.argument("quarter", callback=_quarter)
@with_appcontext
def discard(quarter: str) -> None:
    """Throw away the table of QUARTER that was not released, for instance one that the audit stopped."""
    with _kindly(), db.transaction() as session:
        publishing.discard(session, quarter)
    click.echo(f"{quarter}: thrown away; nothing of it came out")


@click.command("states")
@with_appcontext
def show_states() -> None:
    """List the quarters with their state."""
    with db.reading() as session:
        for quarter, state in sorted(publishing.states(session).items()):
            click.echo(f"{quarter}  {state}")
