"""The command that measures search against questions with known answers."""

from pathlib import Path

import click

from app.referrals.evaluating import BARS, Judgement, judge, read_questions
from app.referrals.queries import search_among
from app.referrals.sheet import PACKAGED, SheetError, read_sheet
from app.settings import ROOT

JUDGED = ROOT / "tests" / "referrals" / "judged"
KEPT_OUT = "kept-out"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=JUDGED)
@click.option("--file", type=click.Path(path_type=Path), default=PACKAGED, help="The social map, as a sheet.")
def evaluate(folder: Path, file: Path) -> None:
    """Measure search with the judged questions in FOLDER; ends with 1 when one that it was tuned by is below its bar.

    Needs no database. What went wrong is printed, but for the files called kept-out: nobody tunes by those, so they say
    what to expect and stop nothing.
    """
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise click.ClickException(f"no judged questions (*.tsv) in {folder}: give a folder that has some")
    judgements = [_judged(path, file) for path in paths]
    for one in judgements:
        _tell(one)
    if low := [one.name for one in judgements if not (one.passes or one.name.startswith(KEPT_OUT))]:
        bars = ", ".join(f"{name} {bar:.0%}" for name, bar in BARS.items())
        raise click.ClickException(f"below the bars ({bars}): {', '.join(low)}: give the topics more words")


def _judged(path: Path, file: Path) -> Judgement:
    try:
        services = {entry.id: entry for entry in read_sheet(file)}
        questions = list(read_questions(path))
    except (SheetError, ValueError) as error:
        raise click.ClickException("\n" + str(error)) from None

    def ask(words: str) -> list[str]:
        return [card.id for card in search_among(services, words) if not card.is_general]

    return judge(path.stem, questions, ask)


def _tell(one: Judgement) -> None:
    figures = f"first hit right {one.first:6.1%}, no result {one.nothing:5.1%}, danger right {one.danger:6.1%}"
    below = "" if one.passes else "  (below the bars)"
    click.echo(f"{one.name:12} {one.questions:3} questions, nDCG@3 {one.ndcg:.3f}, {figures}{below}")
    if not one.name.startswith(KEPT_OUT):
        for words, shown in one.wrong:
            click.echo(f"    {words}: {shown or 'nothing'}")
