"""Commands for the city's tables."""

import csv
import io
from dataclasses import astuple

import click

from app.statistics.rules import COLUMNS, PeriodError, parse_period, unpublished_cells


@click.group()
def statistics() -> None:
    """Hand out the city's tables."""


@statistics.command("export")
@click.argument("period")
@click.option("--format", "form", type=click.Choice(["csv"]), default="csv", help="The only format so far.")
def export_table(period: str, form: str) -> None:
    """Write the published table of PERIOD, such as 2026-2027 or 2026-2027-h1, on standard output."""
    del form  # one choice; click has checked it
    try:
        cells = list(unpublished_cells(parse_period(period)))
    except PeriodError as error:
        raise click.BadParameter(str(error), param_hint="PERIOD") from None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(cell) for cell in cells)
    click.echo(text.getvalue(), nl=False)
    click.echo(f"{period}: no table has been published, so every value is suppressed", err=True)
