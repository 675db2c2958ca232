"""Commands that protect any file of base rows, and attack what came out."""

from pathlib import Path

import click

from app.statistics.audit import AuditError, attack
from app.statistics.disclosure import Method, protect, shares_shown
from app.statistics.protecting.base import Base, BaseError, read_base
from app.statistics.protecting.design import Design, calm_design, full_design
from app.statistics.protecting.files import write_table
from app.statistics.protecting.primary import SHARE, Rules
from app.statistics.protecting.task import Budget

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("protect")
@click.argument("base", type=_EXISTING)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files.")
@click.option("--design", "kind", type=click.Choice(["calm", "full"]), default="calm", show_default=True)
@click.option("--rare", default="", help="Categories that stand together inside a region, as C6,C7,C8,C9.")
@click.option("--share", type=click.FloatRange(0, 1), default=SHARE, help="The secret p; never publish yours.")
@click.option("--coalition", type=click.IntRange(1, 2), default=1, show_default=True)
@click.option("--boards/--no-boards", default=True, show_default=True, help="Count boards among the attackers.")
@click.option(
    "--seconds", type=click.FloatRange(0), default=60.0, show_default=True, help="Time to hide less, a quarter."
)
def protect_file(base: Path, out: Path, kind: str, rare: str, seconds: float, **rules: float | bool) -> None:
    """Protect the base rows of BASE: columns school,board,district,category,period,value, quarters Q1 to Q4."""
    try:
        read = read_base(base)
        design = _design(read, kind, tuple(filter(None, rare.split(","))))
    except BaseError as error:
        raise click.ClickException(str(error)) from None
    table = protect(read, design, Method(_rules(rules), Budget(seconds)))
    write_table(out, table)
    cells, incidents = shares_shown(read, table)
    click.echo(f"{len(table.cells)} cells, {cells:.0%} shown, with {incidents:.0%} of what is counted in them: {out}")


@click.command("attack")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--truth", type=_EXISTING, required=True, help="The base rows that the table was made of.")
@click.option("--share", type=click.FloatRange(0, 1), default=SHARE)
@click.option("--coalition", type=click.IntRange(1, 2), default=1, show_default=True)
@click.option("--boards/--no-boards", default=True, show_default=True)
def attack_folder(folder: Path, truth: Path, share: float, coalition: int, boards: bool) -> None:
    """Attack the table in FOLDER as outsiders, schools and boards would; fails when it gives anything away."""
    try:
        findings = attack(folder, truth, share=share, coalition=coalition, boards=boards)
    except AuditError as error:
        raise click.ClickException(str(error)) from None
    for finding in findings:
        click.echo(f"{finding.kind}: {finding.attacker}: {finding.cell}: {finding.message}")
    if findings:
        raise click.ClickException(f"{len(findings)} ways to come too close; do not publish this table")
    click.echo("no way found to come too close")


def _design(base: Base, kind: str, rare: tuple[str, ...]) -> Design:
    unknown = sorted(set(rare) - set(base.categories))
    if unknown:
        raise BaseError(f"--rare names {', '.join(unknown)}; the file has {', '.join(base.categories)}")
    return full_design(base) if kind == "full" else calm_design(base, rare)


def _rules(told: dict[str, float | bool]) -> Rules:
    return Rules(share=float(told["share"]), coalition=int(told["coalition"]), with_boards=bool(told["boards"]))
