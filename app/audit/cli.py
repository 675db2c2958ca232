"""Commands with which the operator checks that the record is whole, and keeps its heads to compare later."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app import db
from app.audit.chaining import Head, digest_of
from app.audit.checking import Break, all_breaks, departures
from app.audit.queries import heads

_FAULTS = {
    "changed": "the note at place {place} is not the one that was written",
    "missing": "the note at place {place} is missing",
    "end": "the last note is not at place {place}: notes were taken off its end, or its head was changed",
}
_CURE = (
    "The record was changed outside Vertel. Keep the database as it is, compare it with the newest backup in which "
    "this check passes, and tell the advisers of the school."
)


audit = AppGroup("audit", help="Check the record of who did what.")


@audit.command("check")
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file that `flask audit heads` wrote: also check that every chain still runs through those heads.",
)
def check(since: Path | None) -> None:
    """Recompute every chain; print the digest over all heads, to write down and compare."""
    known = _read(since) if since else ()
    with db.reading() as session:
        found = [*all_breaks(session), *departures(session, known)]
        digest, count = _digest(session)
    for one in found:
        click.echo(_told(one), err=True)
    if found:
        raise click.ClickException(_CURE)
    click.echo(f"{count} chains are whole")
    click.echo(f"digest {digest}")


@audit.command("heads")
def show_heads() -> None:
    """Print the head of every chain; keep the file elsewhere, for `flask audit check --since`."""
    with db.reading() as session:
        found = heads(session)
    for head in found:
        click.echo(f"{head.school_id or '-'} {head.chain or '-'} {head.place} {head.hash.hex()}")


def _digest(session: Session) -> tuple[str, int]:
    found = heads(session)
    return digest_of(found), len(found)


def _told(one: Break) -> str:
    school = f"school {one.school_id}" if one.school_id else "the installation"
    chain = f"chain of case {one.chain}" if one.chain else "its own chain"
    return f"{school}, {chain}: {_FAULTS[one.fault].format(place=one.place)}"


def _read(path: Path) -> Sequence[Head]:
    try:
        return tuple(_heads_in(path.read_text().splitlines()))
    except ValueError:
        raise click.BadParameter(f"{path} is not a file that `flask audit heads` wrote") from None


def _heads_in(lines: Iterable[str]) -> Iterable[Head]:
    for line in lines:
        school, chain, place, value = line.split()
        yield Head("" if school == "-" else school, "" if chain == "-" else chain, int(place), bytes.fromhex(value))
