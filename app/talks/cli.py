"""Commands for people who write conversations; they need no settings and no database."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from app import clock
from app.flows import graph
from app.flows.answers import Choices
from app.flows.checking import LOCK, Report
from app.flows.coverage import coverage_of, misnamed
from app.flows.faults import RULES, FlowError
from app.flows.lock import Lock, lock_faults, read_lock, renewed, write_lock
from app.flows.model import Flow, FlowSet
from app.flows.playing import Playing
from app.flows.sentences import plain
from app.flows.surroundings import Surroundings
from app.flows.transcript_runs import Failure
from app.flows.transcripts import PEOPLE, PLACES
from app.flows.watching import load_lists
from app.flows.watching_samples import figures, load_samples, missed
from app.i18n.catalogues import CatalogueError
from app.i18n.languages import SOURCE
from app.referrals.sheet import SheetError
from app.settings import ROOT
from app.talks.checks import WATCH, checked, suite_of, surroundings
from app.talks.wording import CONSTANTS

DRAWINGS: dict[str, Callable[[Flow], str]] = {"mermaid": graph.mermaid, "dot": graph.dot, "table": graph.table}
_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT / "flows",
    help="Folder with the conversations; the project's own when left out.",
)
_flow = click.option("--flow", "flow_id", default="report", help="Name of the conversation.")


@click.group()
def flows() -> None:
    """Check, try, draw and release the conversations."""


@flows.command()
@_folder
@click.option("--json", "as_json", is_flag=True, help="Write what is found as JSON.")
@click.option("--rules", is_flag=True, help="Only list the rules.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check(folder: Path, *, as_json: bool, rules: bool, strict: bool) -> None:
    """Read every conversation and name each fault with file, line and cure."""
    if rules:
        click.echo("\n".join(f"{rule}  {about}" for rule, about in RULES.items()))
        return
    report = checked(folder.resolve(), _around())
    if as_json:
        click.echo(json.dumps(_as_dict(report), ensure_ascii=False, indent=2))
    else:
        _tell(report)
    if report.errors or (strict and report.warnings):
        raise SystemExit(1)


@flows.command()
@_folder
def lock(folder: Path) -> None:
    """Release the conversations as they stand: renew flows.lock after a check without errors."""
    folder = folder.resolve()
    report = checked(folder, replace(_around(), lock=False))
    if report.flows is None or report.errors:
        _tell(report)
        raise SystemExit(1)
    path = folder / LOCK
    try:
        new = renewed(_read_lock(path), report.flows)
    except FlowError as error:
        raise click.ClickException(f"\n{error}") from None
    if lost := lock_faults(report.flows, new):
        raise click.ClickException("\n" + "\n".join(map(str, lost)))
    path.write_text(write_lock(new), "utf-8")
    click.echo(f"{folder.name}/{LOCK} releases version {new.version[:12]}.")


@flows.command()
@_folder
@click.option("--coverage", is_flag=True, help="Also tell what no test touches.")
def test(folder: Path, *, coverage: bool) -> None:
    """Run the conversations in tests/ and tell what came out otherwise."""
    folder = folder.resolve()
    current = _readable(folder)
    try:
        suite = suite_of(folder, current)
    except FlowError as error:
        raise click.ClickException(f"\n{error}") from None
    runs = suite.run_all(_around().catalogues)
    wrong = [str(fault) for each in suite.transcripts for fault in misnamed(each, suite.versions.values())]
    wrong += [str(run.result) for run in runs if isinstance(run.result, Failure)]
    for line in wrong:
        click.echo(line, err=True)
    if coverage:
        click.echo(coverage_of(current, zip(suite.transcripts, runs, strict=True)).report())
    if wrong:
        raise SystemExit(1)
    click.echo(f"{len(runs)} conversations went as expected.")


@flows.command()
@_folder
@_flow
@click.option("--language", default=SOURCE, help="Tag of a language, as ar.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Write the talk to this file as a test.")
def play(folder: Path, flow_id: str, language: str, save: Path | None) -> None:
    """Hold a conversation in the terminal, as a student would."""
    folder = folder.resolve()
    current = _readable(folder)
    _named(current, flow_id)
    texts = _around().catalogues.get(language, {})
    playing = Playing(
        flows=current,
        flow_id=flow_id,
        lists=load_lists(folder / WATCH),
        choices=Choices(PLACES, PEOPLE, clock.today()),
        say=lambda text: texts.get(text) or plain(text),
        constants={code: texts.get(text[:], text[:]) for code, text in CONSTANTS.items()},
    )
    _hold(playing)
    if save and playing.path.current is None:
        save.write_text(playing.as_test(click.prompt("What does this talk show?")), "utf-8")
        click.echo(f"{save} is written.")


@flows.command("graph")
@_folder
@_flow
@click.option("--format", "form", type=click.Choice(sorted(DRAWINGS)), default="mermaid", help="How to draw it.")
def draw(folder: Path, flow_id: str, form: str) -> None:
    """Draw a conversation, or write it as a table."""
    click.echo(DRAWINGS[form](_named(_readable(folder.resolve()), flow_id)), nl=False)


@flows.command()
@_folder
def watch(folder: Path) -> None:
    """Run the samples of the word lists and tell how well the lists do."""
    try:
        found, samples = figures(folder.resolve() / WATCH), load_samples(folder.resolve() / WATCH)
        wrong = missed(load_lists(folder.resolve() / WATCH), samples)
    except FlowError as error:
        raise click.ClickException(f"\n{error}") from None
    for figure in found:
        click.echo(str(figure))
    for sample in wrong:
        click.echo(f"{sample.file}:{sample.line}: {'no hit' if sample.is_wanted else 'a hit'}: {sample.text}", err=True)
    if wrong:
        raise SystemExit(1)


def _around() -> Surroundings:
    try:
        return surroundings(ROOT)
    except (CatalogueError, SheetError) as error:
        raise click.ClickException(f"\n{error}") from None


def _tell(report: Report) -> None:
    for fault in report.faults:
        click.echo(str(fault), err=True)
    for note in report.notes:
        click.echo(note, err=True)
    if report.flows and not report.errors:
        found = report.flows
        steps = sum(len(flow.steps) for flow in found.flows.values())
        click.echo(f"{len(found.flows)} conversations with {steps} steps are in order (version {found.hash[:12]}).")


def _as_dict(report: Report) -> dict[str, object]:
    return {
        "version": report.flows.hash if report.flows else None,
        "faults": [fault.as_dict() for fault in report.faults],
        "notes": list(report.notes),
    }


def _readable(folder: Path) -> FlowSet:
    report = checked(folder, Surroundings())
    if report.flows is None:
        raise click.ClickException("\n" + "\n".join(map(str, report.errors)))
    return report.flows


def _read_lock(path: Path) -> Lock:
    return read_lock(path.read_text("utf-8"), f"{path.parent.name}/{LOCK}") if path.exists() else Lock()


def _named(current: FlowSet, flow_id: str) -> Flow:
    if flow_id not in current.flows:
        raise click.ClickException(f"there is no conversation {flow_id!r}; take one of {', '.join(current.flows)}")
    return current.flows[flow_id]


def _hold(playing: Playing) -> None:
    while not playing.is_over:
        click.echo("\n".join(playing.show()))
        if not playing.is_over:
            for line in playing.take(click.prompt("", default="", show_default=False, prompt_suffix="> ")):
                click.echo(line)
