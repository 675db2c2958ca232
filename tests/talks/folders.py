"""A folder with small talks for tests, and what somebody may do to it."""

import shutil
from pathlib import Path

from app.flows.loader import load_flows
from app.flows.lock import Lock, read_lock, renewed, write_lock
from app.settings import ROOT

SMALL = Path(__file__).parent.parent / "cases" / "flow"
HELLO = "Hoi. Je kunt hier vertellen wat er gebeurde."
WELCOME = "Welkom. Je kunt hier vertellen wat er gebeurde."


def new_folder(top: Path) -> Path:
    folder = top / "flows"
    shutil.copytree(SMALL, folder)
    shutil.copytree(ROOT / "flows" / "recognition", folder / "recognition")
    (folder / "watch").mkdir()
    for topic, phrase in (("life", "ik wil dood"), ("home", "thuis geslagen")):
        (folder / "watch" / f"{topic}.nl.txt").write_text(f"{phrase}\n")
    lock(folder)
    return folder


def lock(folder: Path) -> None:
    """Release what stands in *folder*, as `flask flows lock` does."""
    path = folder / "flows.lock"
    before = read_lock(path.read_text()) if path.exists() else Lock()
    path.write_text(write_lock(renewed(before, load_flows(folder))))


def change(folder: Path, old: str, new: str, *, is_locked: bool = True) -> None:
    """Change a text of the report and release it."""
    path = folder / "report.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    if is_locked:
        lock(folder)


def damage(folder: Path) -> int:
    """Misspell a key of the report and return its line."""
    change(folder, "required: true", "requird: true", is_locked=False)
    lines = (folder / "report.yaml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if "requird" in line)
