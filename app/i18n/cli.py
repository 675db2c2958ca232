"""The commands that keep the catalogues in `translations/` complete and honest."""

from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages import Catalog

from app.i18n import cli_exchange
from app.i18n.calls import call_faults
from app.i18n.catalogues import PATTERN, is_complete, readiness_of
from app.i18n.checking import UPDATE, Fault, Sheet, sheet_faults, shortfall, source_faults
from app.i18n.extraction import ExtractionError, extract_texts
from app.i18n.files import catalogue_path, read_or_fail, root_option
from app.i18n.languages import EASY, LANGUAGES, TRANSLATED
from app.i18n.status import STATUSES
from app.i18n.upkeep import updated


@click.group()
def translations() -> None:
    """Keep the catalogues of the languages."""


for command in (cli_exchange.export_texts, cli_exchange.import_texts):
    translations.add_command(command)


@translations.command()
@root_option
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
    for line in _progress_lines(sheets):
        click.echo(line)
    complete = [sheet.tag for sheet in sheets if sheet.tag != EASY and is_complete(sheet.catalogue)]
    click.echo(f"{len(template)} texts, complete in {', '.join(complete)}")


@translations.command()
@click.argument("tag")
@root_option
def add(tag: str, root: Path) -> None:
    """Begin a catalogue for one language more: TAG is its tag, as in app/i18n/languages.py."""
    path = catalogue_path(root, tag)
    if tag not in LANGUAGES:
        raise click.BadParameter(f"{tag!r} is unknown; add it to app/i18n/languages.py")
    if path.exists():
        raise click.BadParameter(f"{tag} has a catalogue already: {path.relative_to(root)}")
    path.parent.mkdir(parents=True)
    path.write_bytes(updated(_texts(root), None, tag))
    click.echo(f"{path.relative_to(root)}: {len([one for one in read_or_fail(path) if one.id])} texts to translate")


@translations.command()
@root_option
def update(root: Path) -> None:
    """Bring every catalogue in line with the texts, keeping what is translated."""
    template = _texts(root)
    for tag in _tags(root):
        path = catalogue_path(root, tag)
        contents = updated(template, read_or_fail(path) if path.exists() else None, tag)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)
        click.echo(f"{path.relative_to(root)}: {len([one for one in read_or_fail(path) if one.id])} texts")


def _progress_lines(sheets: list[Sheet]) -> Iterator[str]:
    head = f"{'texts':>7}{'there':>7}{'draft':>7}{'checked':>9}{'approved':>10}{'critical, not approved':>24}"
    yield f"{'language':9}{head}"
    for sheet in sheets:
        found = readiness_of(sheet.catalogue)
        numbers = [found.statuses.get(status, 0) for status in STATUSES]
        texts, there = found.critical + found.rest, sum(numbers)
        yield (
            f"{sheet.tag:9}{texts:7}{there:7}{numbers[0]:7}{numbers[1]:9}{numbers[2]:10}"
            f"{f'{found.unapproved} of {found.critical}':>24}"
        )


def _sheets(root: Path) -> Iterator[Sheet]:
    for tag in _tags(root):
        path = catalogue_path(root, tag)
        if path.exists():
            yield Sheet(tag, path.relative_to(root).as_posix(), read_or_fail(path))


def _catalogue_faults(root: Path, sheets: list[Sheet], template: Catalog) -> Iterator[Fault]:
    for sheet in sheets:
        yield from sheet_faults(sheet, template)
    for path in [catalogue_path(root, tag) for tag in TRANSLATED]:
        if not path.exists():
            yield Fault(path.relative_to(root).as_posix(), 1, "there is no such catalogue", UPDATE)


def _tags(root: Path) -> list[str]:
    found = sorted(path.parent.parent.name for path in (root / "translations").glob(PATTERN))
    for tag in found:
        if tag not in LANGUAGES:
            raise click.ClickException(f"translations/{tag}: unknown language, add it to app/i18n/languages.py")
    return list(dict.fromkeys([*TRANSLATED, *found]))


def _texts(root: Path) -> Catalog:
    try:
        return extract_texts(root)
    except ExtractionError as error:
        raise click.ClickException(str(error)) from error
