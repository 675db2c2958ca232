"""Commands for operators: `flask schools import|holidays|qr|list`."""

import difflib
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app import db
from app.schools.holiday_files import read_holidays
from app.schools.qr import start_page_qr_file
from app.schools.queries import all_schools
from app.schools.reports import ImportResult
from app.schools.school_files import ALL, THE_HAGUE, read_schools
from app.schools.services import import_holidays, import_schools
from app.schools.tables import TableError
from app.settings import Settings

schools = AppGroup("schools", help="Import schools and their days off, and draw their QR codes.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@schools.command("import")
@click.argument("file", type=_FILE)
@click.option(
    "--municipality", default=THE_HAGUE, show_default=True, help=f'CBS number of the municipality, or "{ALL}".'
)
def import_file(file: Path, municipality: str) -> None:
    """Import the city's list of schools or DUO's "Alle vestigingen VO" from FILE."""
    try:
        found = read_schools(file.read_bytes(), municipality)
    except TableError as error:
        raise click.ClickException(f"{file}: {error} Nothing was changed.") from error
    with db.transaction() as session:
        result = import_schools(session, found.rows)
    if found.left_out:
        click.echo(f"{found.left_out} rows of other municipalities were left out")
    _report(result)


@schools.command("holidays")
@click.argument("file", type=_FILE)
def import_holiday_file(file: Path) -> None:
    """Import days off from FILE (region_or_school,name,first_day,last_day)."""
    try:
        rows = read_holidays(file.read_bytes())
    except TableError as error:
        raise click.ClickException(f"{file}: {error} Nothing was changed.") from error
    with db.transaction() as session:
        result = import_holidays(session, rows)
    _report(result)


@schools.command("qr")
@click.argument("slug")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the screen.")
def draw_qr(slug: str, out: Path | None) -> None:
    """Draw the QR code of the start page of the school called SLUG, as SVG."""
    with db.reading() as session:
        slugs = [school.slug for school in all_schools(session)]
    if slug not in slugs:
        near = difflib.get_close_matches(slug, slugs, n=3)
        cure = f"did you mean {' or '.join(near)}?" if near else "`flask schools list` shows them all"
        raise click.ClickException(f"there is no school {slug!r}; {cure}")
    settings: Settings = current_app.config["SETTINGS"]
    svg = start_page_qr_file(f"{settings.base_url}/{slug}")
    if out is None:
        click.echo(svg.decode(), nl=False)
    else:
        out.write_bytes(svg)


@schools.command("list")
def list_schools() -> None:
    """List every school: slug, whether it is open, location code, district with its source, name."""
    with db.reading() as session:
        for school in all_schools(session):
            state = "open" if school.is_open else "closed"
            district = f"{school.district} ({school.district_source})" if school.district else "no district"
            click.echo("\t".join((school.slug, state, school.location_code, district, school.name)))


def _report(result: ImportResult) -> None:
    for row in result.rows:
        click.echo(str(row))
    click.echo(result.summary)
    if result.count("refused"):
        raise click.ClickException("the refused rows were not imported; correct them and import the file again")
