"""Loads the rule packs of a folder, or refuses them all with every fault."""

from functools import lru_cache
from pathlib import Path

from app.recognition.building import Builder
from app.recognition.faults import PackFault, RecognitionError
from app.recognition.model import Pack, Packs
from app.recognition.reading import Document

__all__ = ["Packs", "RecognitionError", "load_packs"]


def load_packs(folder: Path) -> Packs:
    """Read all `*.yaml` files that stand directly in *folder*: Dutch first, then by name.

    Raises: RecognitionError, with every fault of every file.
    """
    paths = sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != "nl", path.name))
    if not paths:
        raise RecognitionError([PackFault(folder.name, 1, "the folder has no rule packs: name one with nl.yaml")])
    read = [_read(f"{folder.name}/{path.name}", path.stem, path.read_bytes()) for path in paths]
    faults = [fault for _, found in read for fault in found]
    if faults:
        raise RecognitionError(faults)
    return Packs(tuple(pack for pack, _ in read if pack))


@lru_cache(maxsize=8)
def _read(file: str, language: str, content: bytes) -> tuple[Pack | None, tuple[PackFault, ...]]:
    """Read one file; the same content gives the same pack, and reading takes half a second."""
    builder = Builder(Document(file), language)
    return builder.build(content), tuple(builder.document.faults)
