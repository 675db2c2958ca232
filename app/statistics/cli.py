"""Commands for the city's tables."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple

import click
from flask.cli import ScriptInfo

from app import db
from app.settings import SettingsError
from app.statistics import cli_publish
from app.statistics.cli_protect import attack_folder, protect_file
from app.statistics.protecting.files import SUPPRESSED
from app.statistics.queries import newest_of
from app.statistics.rules import COLUMNS, PeriodError, listed_periods, parse_period, unpublished_cells


@click.group()
def statistics() -> None:
    """Make, attack, release and hand out the city's tables."""


for command in (protect_file, attack_folder):
    statistics.add_command(command)
for command in (cli_publish.make_concept, cli_publish.release, cli_publish.publish, cli_publish.discard):
    statistics.add_command(command)
statistics.add_command(cli_publish.show_states)


@statistics.command("export")
@click.argument("period")
@click.option("--format", "form", type=click.Choice(["csv"]), default="csv", help="The only format so far.")
@click.pass_context
def export_table(context: click.Context, period: str, form: str) -> None:
    """Write the released table of PERIOD, such as 2026-2027, 2026-2027-h1 or 2026-2027-Q1, on standard output."""
    del form  # one choice; click has checked it
    try:
        rows = _released(context, parse_period(period))
    except PeriodError as error:
        raise click.BadParameter(str(error), param_hint="PERIOD") from None
    is_out = bool(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows or (astuple(cell) for cell in unpublished_cells(period)))
    click.echo(text.getvalue(), nl=False)
    if not is_out:
        click.echo(f"{period}: no table has been published, so every value is suppressed", err=True)


def _released(context: click.Context, period: str) -> Sequence[Iterable[str]]:
    """Return the rows of a released table; without an installation nothing was released, so none."""
    try:
        app = context.ensure_object(ScriptInfo).load_app()
    except SettingsError as error:
        click.echo(str(error), err=True)
        return ()
    with app.app_context(), db.reading() as session:
        table = newest_of(session, period[:9])
    if table is None:
        return ()
    wanted = listed_periods(period)
    return [
        (cell.district, cell.category, f"{table.year}-{cell.period}", SUPPRESSED if value is None else str(value))
        for cell, value in table.cells.items()
        if cell.period in wanted
    ]
