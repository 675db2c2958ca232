"""Commands for people who write conversations."""

from pathlib import Path

import click

from app.flows.loader import FlowError, load_flows
from app.settings import ROOT


@click.group()
def flows() -> None:
    """Check the conversations."""


@flows.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT / "flows",
    help="Folder with the conversations; the project's own when left out.",
)
def check(folder: Path) -> None:
    """Read every conversation and name each fault with file, line and cure."""
    try:
        found = load_flows(folder.resolve())
    except FlowError as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    steps = sum(len(flow.steps) for flow in found.flows.values())
    click.echo(f"{len(found.flows)} conversations with {steps} steps are in order (version {found.hash[:12]}).")
