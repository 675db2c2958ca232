"""Checks the talks against everything around them: the social map, the languages, the lock and their own tests."""

from pathlib import Path

from babel.messages import Catalog

from app.flows.checking import Report, check_folder
from app.flows.coverage import coverage_of, misnamed, untested
from app.flows.faults import FlowError
from app.flows.model import FlowSet
from app.flows.phrases import FILE, read_phrases
from app.flows.practice import FILE as PRACTICE_FILE
from app.flows.practice import read_practice
from app.flows.suites import Suite, load_suite
from app.flows.surroundings import Surroundings
from app.flows.watching import load_lists
from app.i18n.catalogues import PATTERN, is_complete, read_catalogue
from app.i18n.languages import EASY, SOURCE
from app.i18n.translate import CONTEXT_END
from app.referrals.sheet import PACKAGED, read_sheet

WATCH = "watch"


def surroundings(root: Path) -> Surroundings:
    """Return what the project at *root* offers: cards of help, complete languages and their texts.

    Raises: CatalogueError, SheetError.
    """
    read = {path.parent.parent.name: read_catalogue(path) for path in sorted((root / "translations").glob(PATTERN))}
    complete = {tag: catalogue for tag, catalogue in read.items() if tag != EASY and is_complete(catalogue)}
    return Surroundings(
        help_ids=frozenset(entry.id for entry in read_sheet(PACKAGED)),
        languages=(SOURCE, *complete),
        catalogues={tag: texts_by_source(catalogue) for tag, catalogue in complete.items()},
        tests=True,
        lock=True,
    )


def texts_by_source(catalogue: Catalog) -> dict[str, str]:
    """Return the translations in *catalogue* that are certain, each by its text with the context before it."""
    return {
        f"{message.context}{CONTEXT_END}{message.id}" if message.context else str(message.id): message.string
        for message in catalogue
        if message.id and isinstance(message.string, str) and message.string and not message.fuzzy
    }


def checked(folder: Path, around: Surroundings) -> Report:
    """Check the talks in *folder* by every rule that *around* asks for."""
    report = check_folder(folder, around)
    if (folder / FILE).exists():
        report = report.plus(read_phrases(folder)[1])
    if (folder / PRACTICE_FILE).exists():
        report = report.plus(read_practice(folder)[1])
    if report.flows is None or not around.tests:
        return report
    try:
        suite = suite_of(folder, report.flows)
    except FlowError as error:
        return report.plus(error.faults)
    runs = suite.run_all(around.catalogues)
    wrong = [fault for each in suite.transcripts for fault in misnamed(each, suite.versions.values())]
    coverage = coverage_of(report.flows, zip(suite.transcripts, runs, strict=True))
    return report.plus([*wrong, *untested(coverage, report.documents)])


def suite_of(folder: Path, flows: FlowSet) -> Suite:
    """Read the tests of *folder* and the word lists that they run with.

    Raises: FlowError.
    """
    return load_suite(folder, flows, load_lists(folder / WATCH))
