"""Commands for the social map."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
from flask.cli import with_appcontext

from app import db
from app.referrals.checking import PACKAGED, missing_lifelines
from app.referrals.cli_evaluate import evaluate
from app.referrals.entries import Entry
from app.referrals.hsds import entry_of, is_active
from app.referrals.hsds_file import read_hsds, write_hsds
from app.referrals.services import ImportResult, import_documents, import_entries
from app.referrals.sheet import SheetError, read_sheet
from app.referrals.sheet_writing import write_sheet
from app.referrals.stored import documents
from app.referrals.tables import table_faults

CSV, HSDS = ".csv", ".json"
PATH = click.Path(path_type=Path)
FILE = click.argument("file", type=PATH, default=PACKAGED)
MOST_NAMED = 20


@click.group()
def referrals() -> None:
    """Keep the social map."""


referrals.add_command(evaluate)


@referrals.command("check")
@FILE
def check_file(file: Path) -> None:
    """Check FILE (.csv or HSDS .json; the packaged one by default) and the tables beside it, without a database."""
    with _kindly():
        entries, _bring_in = _read(file)
    faults = list(table_faults(entries))
    if faults:
        raise click.ClickException("\n" + "\n".join(faults))
    click.echo(f"{file.name}: {len(entries)} services, no faults")


@referrals.command("import")
@FILE
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--keep-others", is_flag=True, help="Keep services that are not in FILE.")
@with_appcontext
def import_file(file: Path, *, dry_run: bool, keep_others: bool) -> None:
    """Make the social map what FILE says (the packaged one by default); a service not in it is withdrawn."""
    with _kindly():
        entries, bring_in = _read(file)
    missing = "" if keep_others else missing_lifelines(entry.id for entry in entries)
    if missing:
        raise click.ClickException(f"{file}: lacks {missing}, which must always be found; add it, or use --keep-others")
    with db.transaction() as session:
        result = bring_in(session, keep_others=keep_others, is_trial=dry_run)
    for line in _report(result):
        click.echo(line)
    if dry_run:
        click.echo("Nothing was changed; leave out --dry-run to do it.")


@referrals.command("export")
@click.argument("file", type=PATH)
@with_appcontext
def export_file(file: Path) -> None:
    """Write the social map to FILE: .csv for a spreadsheet, or .json with all that was imported as HSDS."""
    with _kindly():
        suffix = _suffix(file)
    with db.reading() as session:
        told = tuple(documents(session).values())
    # The mark in front of the table makes spreadsheets read it as UTF-8.
    text = write_hsds(told) if suffix == HSDS else "\ufeff" + write_sheet([entry_of(one) for one in told])
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be written ({error.strerror}); name another place") from None
    click.echo(f"{file.name}: {len(told)} services")


@contextmanager
def _kindly() -> Iterator[None]:
    """Turn what is wrong with a file into the command's last words."""
    try:
        yield
    except SheetError as error:
        raise click.ClickException("\n" + str(error)) from None


def _read(file: Path) -> tuple[tuple[Entry, ...], Callable[..., ImportResult]]:
    """Return the services of *file* that still help, and what brings the database in line with it."""
    if _suffix(file) == HSDS:
        told = read_hsds(file)
        return tuple(entry_of(one) for one in told if is_active(one)), partial(import_documents, told=told)
    entries = read_sheet(file)
    return entries, partial(import_entries, entries=entries)


def _suffix(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix not in {CSV, HSDS}:
        raise SheetError(f"{file}: is neither {CSV} nor {HSDS}; save a spreadsheet as CSV UTF-8, HSDS as JSON")
    return suffix


def _report(result: ImportResult) -> Iterator[str]:
    parts = {"added": result.added, "changed": result.changed, "withdrawn": result.withdrawn}
    yield ", ".join(f"{len(ids)} {what}" for what, ids in [*parts.items(), ("unchanged", result.unchanged)])
    for what, ids in parts.items():
        if ids:
            yield f"{what}: {_named(ids)}"


def _named(ids: Iterable[str]) -> str:
    told = list(ids)
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return ", ".join(told[:MOST_NAMED]) + more
