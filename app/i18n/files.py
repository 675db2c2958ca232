"""Where catalogues lie, for the commands."""

from pathlib import Path

import click
from babel.messages import Catalog

from app.i18n.catalogues import CatalogueError, read_catalogue
from app.settings import ROOT

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The project's folder.",
)


def catalogue_path(root: Path, tag: str) -> Path:
    """Return the file of language *tag*."""
    return root / "translations" / tag / "LC_MESSAGES" / "messages.po"


def read_or_fail(path: Path) -> Catalog:
    """Read one catalogue; a broken one ends the command with its line and cure."""
    try:
        return read_catalogue(path)
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error
