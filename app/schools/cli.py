"""Commands for operators: `flask schools import|holidays|qr|poster|newsletter|list`."""

import difflib
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app import clock, db
from app.i18n.languages import SOURCE
from app.schools.holiday_files import read_holidays
from app.schools.newsletter import newsletter
from app.schools.posters import SIZES, Poster, PosterError, chosen_languages, printed, week_of
from app.schools.qr import start_page_qr_file
from app.schools.queries import SchoolInfo, all_schools
from app.schools.reports import ImportResult
from app.schools.school_files import ALL, THE_HAGUE, read_schools
from app.schools.services import import_holidays, import_schools
from app.schools.tables import TableError
from app.settings import Settings

schools = AppGroup("schools", help="Import schools and their days off, and print what leads to them.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
POSTER_WORD = "poster_word"
"""Where the app keeps the function that gives the word of a school's posters on a day; accounts know it."""


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
@click.option("--out", type=_OUT, help="Write to this file, not to the screen.")
def draw_qr(slug: str, out: Path | None) -> None:
    """Draw the QR code of the start page of the school called SLUG, as SVG."""
    svg = start_page_qr_file(_start_url(_school(slug)))
    if out is None:
        click.echo(svg.decode(), nl=False)
    else:
        out.write_bytes(svg)


@schools.command("poster")
@click.argument("slug")
@click.option("--size", type=click.Choice(SIZES), default=SIZES[0], show_default=True, help="A6 is a card.")
@click.option(
    "--language", "tags", multiple=True, help="A language to print, up to four times; Dutch when none is named."
)
@click.option("--weekly", is_flag=True, help="With this week's word in the QR code.")
@click.option("-o", "--out", type=_OUT, required=True, help="The PDF file to write.")
def print_poster(slug: str, size: str, tags: tuple[str, ...], weekly: bool, out: Path) -> None:
    """Print a poster or a card that leads to the start page of the school called SLUG."""
    school, today = _school(slug), clock.today()
    week = week_of(today, current_app.extensions[POSTER_WORD](school.id, today)) if weekly else None
    try:
        languages = chosen_languages(tags or (SOURCE,))
        out.write_bytes(printed(Poster(start_url=_start_url(school), size=size, tags=languages, week=week)))
    except PosterError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}; name a file in a folder that you may write to") from error
    click.echo(f"{out}: {size}, {', '.join(languages)}")


@schools.command("newsletter")
@click.argument("slug")
@click.option("--language", default=SOURCE, show_default=True, help="The language of the text.")
def show_newsletter(slug: str, language: str) -> None:
    """Show a text about Vertel for the newsletter of the school called SLUG."""
    school = _school(slug)
    try:
        (tag,) = chosen_languages([language])
    except PosterError as error:
        raise click.ClickException(str(error)) from error
    click.echo(newsletter(school, _start_url(school), tag))


@schools.command("list")
def list_schools() -> None:
    """List every school: slug, whether it is open, location code, district with its source, name."""
    with db.reading() as session:
        for school in all_schools(session):
            state = "open" if school.is_open else "closed"
            district = f"{school.district} ({school.district_source})" if school.district else "no district"
            click.echo("\t".join((school.slug, state, school.location_code, district, school.name)))


def _school(slug: str) -> SchoolInfo:
    with db.reading() as session:
        known = {school.slug: school for school in all_schools(session)}
    if slug not in known:
        near = difflib.get_close_matches(slug, known, n=3)
        cure = f"did you mean {' or '.join(near)}?" if near else "`flask schools list` shows them all"
        raise click.ClickException(f"there is no school {slug!r}; {cure}")
    return known[slug]


def _start_url(school: SchoolInfo) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.base_url}/{school.slug}"


def _report(result: ImportResult) -> None:
    for row in result.rows:
        click.echo(str(row))
    click.echo(result.summary)
    if result.count("refused"):
        raise click.ClickException("the refused rows were not imported; correct them and import the file again")
