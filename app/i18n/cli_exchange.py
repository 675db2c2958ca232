"""Commands that hand catalogues to translators and take them back."""

from pathlib import Path

import click
from babel.messages import Catalog

from app.i18n.checking import Fault, Sheet, message_faults
from app.i18n.exchange import ExchangeError, as_po, as_xlsx, from_po, from_xlsx, merge, wanted
from app.i18n.extraction import extract_texts
from app.i18n.files import catalogue_path, read_or_fail, root_option
from app.i18n.languages import LANGUAGES
from app.i18n.upkeep import updated

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export")
@click.argument("tag")
@click.argument("file", type=_FILE)
@click.option("--only", "which", type=click.Choice(["all", "missing", "unapproved"]), default="all", show_default=True)
@root_option
def export_texts(tag: str, file: Path, which: str, root: Path) -> None:
    """Write the texts of language TAG to FILE, as .xlsx or .po."""
    messages = wanted(_catalogue(root, tag), which)
    form = _form(file)
    file.write_bytes(as_po(messages, tag) if form == ".po" else as_xlsx(messages, _catalogue(root, "en")))
    click.echo(f"{file}: {len(messages)} texts of {tag}")


@click.command("import")
@click.argument("tag")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_option
def import_texts(tag: str, file: Path, root: Path) -> None:
    """Take translations and their status from FILE into the catalogue of TAG; a fault changes nothing."""
    catalogue = _catalogue(root, tag)
    try:
        told = from_po(file.read_bytes()) if _form(file) == ".po" else from_xlsx(file.read_bytes())
    except ExchangeError as error:
        raise click.ClickException(f"{file.name}: {error}") from None
    merged = merge(catalogue, told)
    faults: list[Fault] = []
    for message, line in merged.changed:
        message.lineno = line
        faults += message_faults(Sheet(tag, file.name, catalogue), message)
    if faults:
        raise click.ClickException("nothing was changed\n" + "\n".join(f"  {fault}" for fault in sorted(set(faults))))
    catalogue_path(root, tag).write_bytes(updated(extract_texts(root), catalogue, tag))
    for line in merged.unknown:
        click.echo(f"{file.name}:{line}: this text is no longer in the project; it was left out", err=True)
    click.echo(f"{tag}: {len(merged.changed)} texts changed")


def _catalogue(root: Path, tag: str) -> Catalog:
    path = catalogue_path(root, tag)
    if tag not in LANGUAGES or not path.exists():
        raise click.BadParameter(f"there is no catalogue {tag!r}; `flask translations add {tag}` makes one")
    return read_or_fail(path)


def _form(file: Path) -> str:
    if file.suffix not in {".po", ".xlsx"}:
        raise click.BadParameter(f"{file.name}: the name must end in .xlsx or .po")
    return file.suffix
