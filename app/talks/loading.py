"""Reads the conversations with their lock, word lists and rule packs as one set, or refuses it as a whole."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from app.flows.faults import Fault, FlowError
from app.flows.loader import load_flows
from app.flows.lock import Lock, read_lock
from app.flows.model import FlowSet
from app.flows.surroundings import Surroundings
from app.flows.watching import WatchLists, load_lists
from app.recognition.model import Packs
from app.recognition.packs import RecognitionError, load_packs

Files = Mapping[str, bytes]
"""Content by path below the folder."""
Part = tuple[tuple[str, bytes], ...]
"""Some of the files, in order."""
Stamp = tuple[tuple[str, int, int], ...]
"""Path, size and moment of the last change of every file: another stamp means other files."""

Added = tuple[str, str, str, str]
"""The row of a school's parts: intro, question, chips, and what is left out."""

LOCK = "flows.lock"
SHORT_HASH = 12
MOST_BYTES = 1_000_000
PATTERNS = ("*.yaml", LOCK, "watch/*.txt", "recognition/*.yaml")
_T = TypeVar("_T")
_PATH = re.compile(r"(?:(?:watch|recognition)/)?\w[\w.-]*", re.ASCII)


@dataclass(frozen=True)
class Loaded:
    """One set that is in order, and the very files it was made of."""

    flows: FlowSet
    lists: WatchLists
    packs: Packs
    lock: Lock
    files: str
    """JSON: path below the folder to text."""
    known: dict[str, FlowSet] = field(default_factory=dict, compare=False)
    """By their hash the talks, and every version of them that a school's parts made in this process."""
    adapted: dict[Added, FlowSet] = field(default_factory=dict, compare=False)
    """Those versions by what a school added: each is made once."""

    @property
    def release(self) -> str:
        """Return the SHA-256 of the files in hexadecimal; the lists and packs count too."""
        return release_of(self.files)

    def is_recalled(self, flow_hash: str) -> bool:
        """Tell whether no talk goes on in this version; a recall may name its beginning, as the commands print it."""
        return any(len(name) >= SHORT_HASH and flow_hash.startswith(name) for name in self.lock.recall)


def release_of(files: str) -> str:
    """Return the SHA-256 of *files* in hexadecimal."""
    return hashlib.sha256(files.encode()).hexdigest()


def stamp_of(folder: Path) -> Stamp:
    """Return what the files in *folder* look like from outside."""
    return tuple(_seen(name, path) for name, path in _paths(folder))


def _seen(name: str, path: Path) -> tuple[str, int, int]:
    try:
        seen = path.stat()
    except OSError:
        return name, -1, -1  # It went away while we looked.
    return name, seen.st_size, seen.st_mtime_ns


def files_in(folder: Path) -> dict[str, bytes]:
    """Read the files in *folder*.

    Raises: FlowError, when one cannot be read.
    """
    return {name: _content(path, f"{folder.name}/{name}") for name, path in _paths(folder)}


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    for pattern in PATTERNS:
        for path in sorted(folder.glob(pattern)):
            # An editor's own files, as .#report.yaml, are none of ours; samples of word lists are for checks only.
            if not path.name.startswith(".") and not path.name.endswith(".samples.txt"):
                yield path.relative_to(folder).as_posix(), path


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"the file cannot be read ({error.strerror}): let the service read it"
        raise FlowError([Fault(name, 1, "E00", message)]) from None
    if len(content) > MOST_BYTES:
        raise FlowError([Fault(name, 1, "E00", f"the file has more than {MOST_BYTES} bytes: make it smaller")])
    return content


def load(files: Files, name: str) -> Loaded:
    """Check *files*, which stand in a folder called *name*, and return them as one set.

    They are checked where nobody else writes, so that what runs is what is kept as the last good release.
    Raises: FlowError.
    """
    faults: list[Fault] = []
    flows = _tried(_flows_of, _below("", files), name, faults)
    lists = _tried(_lists_of, _below("watch", files), name, faults)
    packs = _tried(_packs_of, _below("recognition", files), name, faults)
    lock = _tried(_lock_of, _below("", files), name, faults)
    if flows and lists:
        faults += _unlisted(flows, lists, name)
    if faults or not (flows and lists and packs and lock):
        raise FlowError(faults)
    return Loaded(flows, lists, packs, lock, _as_text(files), {flows.hash: flows})


def load_release(text: str, name: str) -> Loaded:
    """Read back the files of a `Loaded`.

    Raises: FlowError.
    """
    return load({path: content.encode() for path, content in json.loads(text).items()}, name)


def _below(part: str, files: Files) -> Part:
    return tuple(sorted((path, content) for path, content in files.items() if path.rpartition("/")[0] == part))


def _tried(loader: Callable[[Part, str], _T], files: Part, name: str, faults: list[Fault]) -> _T | None:
    try:
        return loader(files, name)
    except FlowError as error:
        faults += error.faults
    except OSError as error:
        message = f"the files cannot be checked ({error.strerror}): give the service a temporary folder with room"
        faults.append(Fault(name, 1, "E00", message))
    return None


# The lists and packs take a second to compile; most changes touch neither, and a student waits for the page meanwhile.
@lru_cache(maxsize=4)
def _lists_of(files: Part, name: str) -> WatchLists:
    with _laid_out(files, name) as folder:
        return load_lists(folder / "watch")


@lru_cache(maxsize=4)
def _packs_of(files: Part, name: str) -> Packs:
    with _laid_out(files, name) as folder:
        try:
            return load_packs(folder / "recognition")
        except RecognitionError as error:
            found = [Fault(f"{name}/{each.file}", each.line, "E00", each.message) for each in error.faults]
            raise FlowError(found) from None


@lru_cache(maxsize=4)
def _flows_of(files: Part, name: str) -> FlowSet:
    with _laid_out(files, name) as folder:
        return load_flows(folder, Surroundings(lock=True))


def _lock_of(files: Part, name: str) -> Lock:
    content = dict(files).get(LOCK, b"")
    try:
        return read_lock(content.decode(), f"{name}/{LOCK}")
    except UnicodeDecodeError:
        return Lock()  # It is told with the conversations, which must match it.


@contextmanager
def _laid_out(files: Part, name: str) -> Iterator[Path]:
    with TemporaryDirectory() as top:
        folder = Path(top) / name
        folder.mkdir()
        for path, content in files:
            _write(folder, path, content)
        yield folder


def _write(folder: Path, path: str, content: bytes) -> None:
    if not _PATH.fullmatch(path):
        message = "the name has something else than letters, digits, dots, - and _: rename it"
        raise FlowError([Fault(f"{folder.name}/{path}", 1, "E00", message)])
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(content)


def _unlisted(flows: FlowSet, lists: WatchLists, name: str) -> Iterator[Fault]:
    watched = {topic for flow in flows.flows.values() for step in flow.steps.values() for topic in step.watch}
    for topic in sorted(topic for topic in watched if not lists.languages_of(topic)):
        yield Fault(f"{name}/watch", 1, "E26", f'"{topic}" is watched but has no list: write {topic}.nl.txt')


def _as_text(files: Files) -> str:
    # Each loader has refused what is not UTF-8.
    return json.dumps({path: content.decode() for path, content in files.items()}, ensure_ascii=False)
