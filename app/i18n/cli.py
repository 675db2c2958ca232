"""The commands that keep the catalogues in `translations/` complete and honest."""

from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages import Catalog

from app.i18n.calls import call_faults
from app.i18n.catalogues import PATTERN, CatalogueError, is_complete, read_catalogue
from app.i18n.checking import UPDATE, Fault, Sheet, sheet_faults, shortfall, source_faults
from app.i18n.extraction import ExtractionError, extract_texts
from app.i18n.languages import EASY, LANGUAGES, TRANSLATED
from app.i18n.upkeep import updated
from app.settings import ROOT

_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The project's folder.",
)


@click.group()
def translations() -> None:
    """Check or update the catalogues of the languages."""


@translations.command()
@_root
def check(root: Path) -> None:
    """List everything that is wrong with texts and translations, and what other languages lack to be offered."""
    template = _texts(root)
    sheets = list(_sheets(root))
    faults = sorted({*source_faults(template), *call_faults(root), *_catalogue_faults(root, sheets, template)})
    for fault in faults:
        click.echo(str(fault))
    for lack in [lack for sheet in sheets for lack in shortfall(sheet) if lack not in faults]:
        click.echo(str(lack))
    if faults:
        raise click.ClickException(f"{len(faults)} faults in texts and translations")
    complete = [sheet.tag for sheet in sheets if sheet.tag != EASY and is_complete(sheet.catalogue)]
    click.echo(f"{len(template)} texts, complete in {', '.join(complete)}")


@translations.command()
@_root
def update(root: Path) -> None:
    """Bring every catalogue in line with the texts, keeping what is translated."""
    template = _texts(root)
    for tag in _tags(root):
        path = _path(root, tag)
        contents = updated(template, _read(path) if path.exists() else None, tag)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)
        click.echo(f"{path.relative_to(root)}: {len(template)} texts")


def _sheets(root: Path) -> Iterator[Sheet]:
    for tag in _tags(root):
        path = _path(root, tag)
        if path.exists():
            yield Sheet(tag, path.relative_to(root).as_posix(), _read(path))


def _catalogue_faults(root: Path, sheets: list[Sheet], template: Catalog) -> Iterator[Fault]:
    for sheet in sheets:
        yield from sheet_faults(sheet, template)
    for path in [_path(root, tag) for tag in TRANSLATED]:
        if not path.exists():
            yield Fault(path.relative_to(root).as_posix(), 1, "there is no such catalogue", UPDATE)


def _tags(root: Path) -> list[str]:
    found = sorted(path.parent.parent.name for path in (root / "translations").glob(PATTERN))
    for tag in found:
        if tag not in LANGUAGES:
            raise click.ClickException(f"translations/{tag}: unknown language, add it to app/i18n/languages.py")
    return list(dict.fromkeys([*TRANSLATED, *found]))


def _path(root: Path, tag: str) -> Path:
    return root / "translations" / tag / "LC_MESSAGES" / "messages.po"


def _texts(root: Path) -> Catalog:
    try:
        return extract_texts(root)
    except ExtractionError as error:
        raise click.ClickException(str(error)) from error


def _read(path: Path) -> Catalog:
    try:
        return read_catalogue(path)
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error
