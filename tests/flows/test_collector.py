"""Conversations in `flows/tests` are tests of pytest."""

import shutil
from pathlib import Path

import pytest

from tests.flows.collector import FOLDER, TranscriptFile, TranscriptItem, pytest_collect_file
from tests.flows.talks import DATA

TOLD = DATA / "told" / "tests" / "told.yaml"


def _items(request: pytest.FixtureRequest, path: Path) -> list[TranscriptItem]:
    return list(TranscriptFile.from_parent(request.session, path=path).collect())


def test_only_the_files_of_the_folder_are_collected(request: pytest.FixtureRequest) -> None:
    assert isinstance(pytest_collect_file(FOLDER / "six.yaml", request.session), TranscriptFile)
    assert pytest_collect_file(FOLDER / "readme.md", request.session) is None
    assert pytest_collect_file(TOLD, request.session) is None


def test_each_conversation_is_a_test_named_by_its_claim(request: pytest.FixtureRequest) -> None:
    first, second, *_ = _items(request, TOLD)

    assert first.name == "who is bullied online and takes the knife back is read inside"
    assert second.reportinfo() == (TOLD, 29, "danger and fear show help at once")
    first.runtest()


def test_a_conversation_that_goes_otherwise_fails_with_file_and_line(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = shutil.copytree(DATA / "told", tmp_path / "told")
    path = folder / "tests" / "told.yaml"
    path.write_text(path.read_text().replace("{taps: 2}", "{taps: 1}"))

    with pytest.raises(pytest.fail.Exception, match=r"told/tests/told.yaml:\d+: expected at most 1 taps, came 2"):
        _items(request, path)[-1].runtest()
