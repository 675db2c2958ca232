from pathlib import Path

import pytest

from app.vault.errors import PepperError
from app.vault.pepper import Pepper


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_first_run_makes_a_pepper_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "pepper"

    Pepper.load_or_create(path)

    assert (path.stat().st_mode & 0o777, path.stat().st_size) == (0o600, 32)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert names_in(path.parent) == ["pepper"]


def test_the_next_run_reads_the_same_pepper(tmp_path: Path) -> None:
    first = Pepper.load_or_create(tmp_path / "pepper")

    assert Pepper.load_or_create(tmp_path / "pepper").fingerprint == first.fingerprint
    assert Pepper.load_or_create(tmp_path / "other").fingerprint != first.fingerprint


def test_two_first_runs_at_once_end_with_one_pepper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pepper"
    winner = Pepper.load_or_create(path)
    monkeypatch.setattr(Path, "exists", lambda _: False)

    late = Pepper.load_or_create(path)

    assert late.fingerprint == winner.fingerprint
    assert names_in(tmp_path) == ["pepper"]


def test_a_crash_while_writing_leaves_no_half_pepper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)

    with pytest.raises(OSError, match="disk full"):
        Pepper.load_or_create(tmp_path / "pepper")

    assert names_in(tmp_path) == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601])
def test_a_pepper_that_others_may_read_is_refused_with_the_cure(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "pepper"
    Pepper.load_or_create(path)
    path.chmod(mode)

    with pytest.raises(PepperError, match=f"chmod 600 {path}"):
        Pepper.load_or_create(path)


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_pepper_that_only_the_owner_reads_is_taken(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "pepper"
    Pepper.load_or_create(path)
    path.chmod(mode)

    assert Pepper.load_or_create(path)


@pytest.mark.parametrize("content", [b"", b"short", bytes(33)])
def test_a_pepper_of_the_wrong_size_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pepper"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(PepperError, match="restore it"):
        Pepper.load_or_create(path)


def test_a_pepper_in_memory_has_32_bytes() -> None:
    with pytest.raises(PepperError):
        Pepper(b"short")


def test_the_fingerprint_is_16_hex_characters_and_all_that_shows(pepper: Pepper) -> None:
    assert len(pepper.fingerprint) == 16
    assert int(pepper.fingerprint, 16)
    assert repr(pepper) == f"Pepper({pepper.fingerprint})"


def test_what_is_derived_depends_on_purpose_parts_and_pepper(pepper: Pepper) -> None:
    derived = {
        pepper.mac("a"),
        pepper.mac("a", "b"),
        pepper.mac("ab"),
        pepper.mac("a", "b", ""),
        pepper.key("a"),
        pepper.key("b"),
        Pepper(bytes(32)).mac("a"),
        Pepper(bytes(32)).key("a"),
    }

    assert len(derived) == 8
    assert {len(value) for value in derived} == {32}
