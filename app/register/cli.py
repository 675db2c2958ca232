"""Commands for the register: reading a file, letting schools take part, checking a file to hand over."""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app import db
from app.register import storing
from app.register.handing_over import COLUMNS, digest
from app.register.importing.faults import Fault, SheetError
from app.register.importing.mapping import ImportMapping, missing, read_mapping
from app.register.importing.reading import Sheet
from app.register.law import PROFILES
from app.register.models import RegisterImport
from app.register.services import set_profile, take_part
from app.register.wording_import import fault_text
from app.schools.queries import SchoolInfo, school_by_slug

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def register() -> None:
    """Keep the register of incidents."""


@register.command("import")
@click.argument("file", type=_FILE)
@click.option("--school", "slug", required=True, help="Slug of the school, as in its address.")
@click.option(
    "--mapping", "mapping_file", type=_FILE, help="JSON; without it the suggested one is used, if it is whole."
)
@click.option("--show-mapping", is_flag=True, help="Write the mapping that would be used, and stop.")
@with_appcontext
def import_file(file: Path, slug: str, mapping_file: Path | None, show_mapping: bool) -> None:
    """Read a CSV or XLSX of a school's own system; nothing is stored when anything is wrong."""
    try:
        sheet = storing.open_file(file.read_bytes())
        with db.reading() as session:
            school = _school(session, slug)
            mapping = _mapping(session, school, sheet, mapping_file)
        if show_mapping:
            click.echo(mapping.as_json())
            return
        lacking = missing(mapping, sheet)
        looked = None if lacking else storing.look(sheet, mapping)
    except SheetError as error:
        raise _refusal(error.faults) from None
    if looked is None or looked.faults:
        raise _refusal(looked.faults if looked else lacking)
    with db.transaction() as session:
        import_id = storing.begin_import(session, school.id, storing.SYSTEMS[-1], looked.rows)
    with click.progressbar(length=looked.total, label=school.slug, hidden=not looked.total) as bar:
        storing.do_import({"import": import_id}, bar.update)
    click.echo(_done(import_id, looked.left_out))


@register.command("take-part")
@click.argument("slug")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Day from which the school registers.")
@click.option("--profile", type=click.Choice(list(PROFILES)), default="vo", show_default=True)
@click.option("--board", default="", help="Number of its board (bevoegd gezag); its BRIN stands for it when empty.")
@click.option("--pilot/--no-pilot", default=False, help="A pilot school stands outside district tables.")
@with_appcontext
def let_take_part(slug: str, since: datetime | None, profile: str, board: str, pilot: bool) -> None:
    """Say since when a school registers, by which law, under which board; without --since it stops."""
    day: date | None = since.date() if since else None
    with db.transaction() as session:
        school = _school(session, slug)
        set_profile(session, school.id, profile, is_pilot=pilot, board=board)
        take_part(session, school.id, day)
    if not PROFILES[profile].is_ready:
        click.echo(f"{profile}: the texts were made for VO; read them with the school first", err=True)
    click.echo(f"{slug}: {'takes part since ' + day.isoformat() if day else 'does not take part'}")


@register.command("check")
@click.argument("file", type=_FILE)
def check_file(file: Path) -> None:
    """Check a file that a school hands over, and show its checksum."""
    data = file.read_bytes()
    header, *lines = data.decode("utf-8", errors="replace").splitlines() or [""]
    if header != ",".join(COLUMNS):
        raise click.ClickException(f"{file.name}: the header is not {','.join(COLUMNS)}; download the file again")
    wrong = [number for number, line in enumerate(lines, 2) if line.count(",") != len(COLUMNS) - 1]
    if wrong:
        rows = ", ".join(map(str, wrong[:20]))
        raise click.ClickException(f"{file.name}: row {rows} has another number of values; download it again")
    click.echo(f"{file.name}: {len(lines)} incidents, no faults, checksum {digest(data)}")


def _school(session: Session, slug: str) -> SchoolInfo:
    school = school_by_slug(session, slug)
    if school is None:
        raise click.BadParameter(f"there is no school {slug!r}; `flask schools list` names them", param_hint="--school")
    return school


def _mapping(session: Session, school: SchoolInfo, sheet: Sheet, file: Path | None) -> ImportMapping:
    if file is not None:
        return read_mapping(file.read_text("utf-8"))
    return storing.known_mapping(session, school.id, sheet)


def _refusal(faults: tuple[Fault, ...]) -> click.ClickException:
    return click.ClickException("nothing was stored\n" + "\n".join(f"  {fault_text(fault)}" for fault in faults))


def _done(import_id: str, left_out: int) -> str:
    with db.reading() as session:
        held = session.get_one(RegisterImport, import_id)
        fresh = held.done - held.doubles
        return f"{fresh} incidents stored, {held.doubles} were there already, {left_out} rows left out"
