"""Loads the tests of a folder of conversations, with the older versions that they begin with or go on to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.flows.faults import Fault, FlowError
from app.flows.loader import load_flows
from app.flows.model import FlowSet
from app.flows.transcript_runs import Lists, Run, Texts, played
from app.flows.transcripts import CURRENT, Transcript, read_transcripts

TESTS = "tests"
VERSIONS = "versions"


@dataclass(frozen=True)
class Suite:
    """All tests of a folder, and what they run against."""

    transcripts: tuple[Transcript, ...]
    versions: Mapping[str, FlowSet]
    """By the name that `version` and `upgrade` use; "current" is the one under test."""
    lists: Lists

    def run_all(self, catalogues: Mapping[str, Texts] | None = None) -> tuple[Run, ...]:
        """Run every test, in order."""
        return tuple(played(each, self.versions, self.lists, catalogues) for each in self.transcripts)


def load_suite(folder: Path, flows: FlowSet, lists: Lists) -> Suite:
    """Read `tests/*.yaml` in *folder*, and each version in `tests/versions/<name>/`.

    Raises: FlowError, with every fault of every file.
    """
    transcripts: list[Transcript] = []
    faults: list[Fault] = []
    for path in sorted((folder / TESTS).glob("*.yaml")):
        try:
            transcripts += read_transcripts(f"{folder.name}/{TESTS}/{path.name}", path.read_bytes())
        except FlowError as error:
            faults += error.faults
    if faults:
        raise FlowError(faults)
    return Suite(tuple(transcripts), {CURRENT: flows, **_older(folder / TESTS / VERSIONS)}, lists)


def _older(folder: Path) -> dict[str, FlowSet]:
    return {path.name: load_flows(path) for path in sorted(folder.glob("*")) if path.is_dir()}
