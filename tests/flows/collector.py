"""Makes each conversation in `flows/tests/*.yaml` a test, named by its claim; `tests/conftest.py` registers it."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from app.flows.loader import load_flows
from app.flows.suites import Suite
from app.flows.transcript_runs import Failure, run
from app.flows.transcripts import Transcript
from app.settings import ROOT
from app.talks.checks import suite_of, surroundings

FOLDER = ROOT / "flows" / "tests"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "TranscriptFile | None":
    """Collect the files that stand directly in the folder; what lies deeper are versions."""
    if file_path.parent != FOLDER or file_path.suffix != ".yaml":
        return None
    return TranscriptFile.from_parent(parent, path=file_path)


class TranscriptFile(pytest.File):
    """One file of conversations."""

    @override
    def collect(self) -> Iterator["TranscriptItem"]:
        suite = suite_in(self.path.parent.parent)
        for transcript in suite.transcripts:
            if transcript.file.endswith(f"/{self.path.name}"):
                yield TranscriptItem.from_parent(self, name=transcript.name, transcript=transcript, suite=suite)


class TranscriptItem(pytest.Item):
    """One conversation with what must come of it."""

    def __init__(self, *, transcript: Transcript, suite: Suite, **more: Any) -> None:
        super().__init__(**more)
        self._transcript = transcript
        self._suite = suite

    @override
    def runtest(self) -> None:
        came = run(self._transcript, self._suite.versions, self._suite.lists, catalogues())
        if isinstance(came, Failure):
            pytest.fail(str(came), pytrace=False)

    @override
    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self._transcript.line - 1, self.name


@cache
def suite_in(folder: Path) -> Suite:
    """Load the conversations of *folder* with their tests, once."""
    return suite_of(folder, load_flows(folder))


@cache
def catalogues() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of each language that is offered, once."""
    return surroundings(ROOT).catalogues
