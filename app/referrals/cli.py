"""Commands for the social map."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app import db
from app.referrals.cli_evaluate import evaluate
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, Entry, SheetError, read_sheet
from app.referrals.tables import table_faults

FILE = click.argument("file", type=click.Path(path_type=Path), default=PACKAGED)


@click.group()
def referrals() -> None:
    """Keep the social map."""


referrals.add_command(evaluate)


@referrals.command("check")
@FILE
def check_file(file: Path) -> None:
    """Check FILE (the packaged one by default) and the tables beside it, without a database."""
    entries = _read(file)
    faults = list(table_faults(entries))
    if faults:
        raise click.ClickException("\n" + "\n".join(faults))
    click.echo(f"{file.name}: {len(entries)} services, no faults")


@referrals.command("import")
@FILE
@with_appcontext
def import_file(file: Path) -> None:
    """Make the social map what FILE says (the packaged one by default); a service not in it is withdrawn."""
    entries = _read(file)
    with db.transaction() as session:
        result = import_entries(session, entries)
    click.echo(
        f"{result.added} added, {result.changed} changed, {result.withdrawn} withdrawn, {result.unchanged} unchanged"
    )


def _read(file: Path) -> tuple[Entry, ...]:
    try:
        return read_sheet(file)
    except SheetError as error:
        raise click.ClickException("\n" + str(error)) from None
