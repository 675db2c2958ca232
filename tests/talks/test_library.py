"""What runs is always one whole set of files that were in order."""

import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from app import clock
from app.flows.faults import FlowError
from app.talks.library import LOOK_EVERY, Library
from app.talks.loading import MOST_BYTES
from tests.talks.folders import HELLO, WELCOME, change, damage, new_folder

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_folder(tmp_path)


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with clock.at(NOON):
        yield Library(folder)


def refreshed(library: Library, looks: int = 1) -> Library:
    """Let the library look again, as often as that much time has passed."""
    with clock.at(NOON + looks * LOOK_EVERY):
        library.refresh()
    return library


def hello(library: Library) -> str:
    return library.current.flows["report"].steps["hello"].say


def test_a_changed_text_is_taken_over(library: Library, folder: Path) -> None:
    before = library.current.hash
    change(folder, HELLO, WELCOME)

    refreshed(library)

    assert hello(library) == WELCOME
    assert library.current.hash != before


def test_a_changed_text_waits_until_the_next_look(library: Library, folder: Path) -> None:
    change(folder, HELLO, WELCOME)

    with clock.at(NOON + LOOK_EVERY - timedelta(milliseconds=1)):
        library.refresh()

    assert hello(library) == HELLO


def test_a_clock_that_was_put_back_does_not_stop_the_looking(library: Library, folder: Path) -> None:
    change(folder, HELLO, WELCOME)

    with clock.at(NOON - timedelta(days=90)):
        library.refresh()

    assert hello(library) == WELCOME


def test_files_that_did_not_change_are_the_same_talks(library: Library) -> None:
    before = library.current

    assert refreshed(library).current is before


def test_the_lists_packs_and_lock_are_those_of_the_talks(library: Library) -> None:
    assert library.lists.topics_in("Ik wil dood.", ["life", "home"]) == ("life",)
    assert library.lock.version == library.current.hash
    assert library.packs.packs


def test_a_file_that_was_only_touched_changes_nothing(
    library: Library, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = library.loaded
    os.utime(folder / "report.yaml", (1, 1))

    assert refreshed(library).loaded is before
    assert not caplog.records


def test_a_broken_file_leaves_what_runs_and_is_told_once(
    library: Library, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    line = damage(folder)

    with caplog.at_level(logging.ERROR):
        for looks in (1, 2, 3):
            refreshed(library, looks)

    assert hello(library) == HELLO
    (told,) = [record.getMessage() for record in caplog.records]
    assert f"flows/report.yaml:{line}:" in told
    assert 'did you mean "required"?' in told
    assert any(f"report.yaml:{line}:" in fault for fault in library.faults)


def test_a_mended_file_is_taken_over_and_nothing_is_wrong_any_more(library: Library, folder: Path) -> None:
    damage(folder)
    refreshed(library)
    change(folder, "requird: true", "required: true", is_locked=False)
    change(folder, HELLO, WELCOME)

    refreshed(library, 2)

    assert (hello(library), library.faults) == (WELCOME, ())


def test_a_file_that_is_broken_again_is_told_again(
    library: Library, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(folder)
    refreshed(library)
    change(folder, "Nare woorden", "Nare woorden  ", is_locked=False)
    refreshed(library, 2)

    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 2


def test_files_that_all_went_away_leave_what_runs(library: Library, folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        path.unlink()

    assert hello(refreshed(library)) == HELLO
    assert library.faults


def test_an_unreadable_file_is_a_fault_with_its_cure(library: Library, folder: Path) -> None:
    (folder / "report.yaml").unlink()
    (folder / "report.yaml").mkdir()

    refreshed(library)

    assert any("report.yaml:1: [E00] the file cannot be read" in fault for fault in library.faults)
    assert hello(library) == HELLO


def test_without_room_to_check_them_what_runs_goes_on(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "report.yaml").write_text((folder / "report.yaml").read_text() + "\n# changed\n")
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "nowhere"))

    refreshed(library)

    assert any("give the service a temporary folder with room" in fault for fault in library.faults)
    assert hello(library) == HELLO


def test_a_link_to_nowhere_is_a_fault_with_its_cure(library: Library, folder: Path) -> None:
    (folder / "other.yaml").symlink_to(folder / "nowhere.yaml")

    refreshed(library)

    assert any("other.yaml:1: [E00] the file cannot be read" in fault for fault in library.faults)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [("watch/life.en.txt", b"#" * (MOST_BYTES + 1), "make it smaller"), ("report (1).yaml", b"flow: x\n", "rename it")],
)
def test_a_file_that_cannot_be_ours_is_a_fault(
    library: Library, folder: Path, name: str, content: bytes, fault: str
) -> None:
    (folder / name).write_bytes(content)

    refreshed(library)

    assert any(f"flows/{name}:1: " in found and fault in found for found in library.faults)


def test_an_editors_files_and_samples_are_none_of_the_talks(library: Library, folder: Path) -> None:
    (folder / ".#report.yaml").symlink_to("somebody@somewhere:1")
    (folder / ".report.yaml.swp").write_bytes(b"\x00\xff")
    (folder / "watch" / "life.nl.samples.txt").write_bytes(b"\xff")

    refreshed(library)

    assert library.faults == ()


def test_text_that_is_not_utf8_leaves_what_runs(library: Library, folder: Path) -> None:
    (folder / "report.yaml").write_bytes(b"flow: report\ntitle: \xff\n")

    assert hello(refreshed(library)) == HELLO
    assert any("UTF-8" in fault for fault in library.faults)


def test_nobody_waits_for_a_thread_that_reads_the_files(library: Library, folder: Path) -> None:
    change(folder, HELLO, WELCOME)
    with library._busy:
        waiting = Thread(target=refreshed, args=[library])
        waiting.start()
        waiting.join(timeout=30)
        assert not waiting.is_alive()
    assert hello(library) == HELLO


def test_a_broken_folder_without_a_release_is_refused(folder: Path) -> None:
    line = damage(folder)

    with pytest.raises(FlowError, match=rf"flows/report\.yaml:{line}:"):
        Library(folder)


def test_a_broken_folder_runs_the_last_good_release_and_says_so_loudly(
    library: Library, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    line = damage(folder)

    again = Library(folder, library.loaded.files)

    assert (again.current, again.loaded.files) == (library.current, library.loaded.files)
    assert any(f"report.yaml:{line}:" in fault for fault in again.faults)
    (said,) = [record for record in caplog.records if record.levelno == logging.CRITICAL]
    assert f"report.yaml:{line}:" in said.getMessage()


def test_a_release_that_this_program_cannot_read_does_not_hide_the_fault(folder: Path) -> None:
    line = damage(folder)

    with pytest.raises(FlowError, match=rf"flows/report\.yaml:{line}:"):
        Library(folder, '{"report.yaml": "flow: 1"}')


def test_a_release_writes_nowhere_else(folder: Path) -> None:
    damage(folder)

    with pytest.raises(FlowError, match="requird"):
        Library(folder, '{"../outside.yaml": "flow: report"}')

    assert not (folder.parent / "outside.yaml").exists()
