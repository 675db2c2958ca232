"""Sentences with what should be found in them, and how much of that is found."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.recognition.finding import find
from app.recognition.model import Packs, Surroundings
from app.recognition.packs import load_packs

PACKS_FOLDER = Path(__file__).parent.parent.parent / "flows" / "recognition"
GOLDEN = Path(__file__).parent / "golden"
TABLES = ("nl", "nl.kept-out", "en", "en.kept-out")
SCHOOL = Surroundings(
    staff_names=("Karin de Vries", "A. Yilmaz", "mevrouw J. Bakker"),
    school_names=("Johan de Witt College",),
    pupils=900,
    class_size=28,
)

Wanted = tuple[str, str, str | None]
"""Kind, exact text found, and proposal."""


@dataclass(frozen=True)
class Sentence:
    """One row of a table."""

    text: str
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Figures:
    """How many findings were wanted, how many of them were found exactly, and how many nobody wanted."""

    sentences: int
    wanted: int
    found: int
    unwanted: int


def table(name: str) -> list[Sentence]:
    """Read the table of that *name*."""
    rows: list[dict[str, Any]] = YAML(typ="safe", pure=True).load((GOLDEN / f"{name}.yaml").read_text("utf-8"))
    return [Sentence(row["text"], _wanted(row["wanted"])) for row in rows]


def found_in(sentence: Sentence, packs: Packs) -> tuple[Wanted, ...]:
    """Return what is found in a sentence, as the table would write it."""
    return tuple((finding.kind, finding.found, finding.blurred) for finding in find(sentence.text, packs, SCHOOL))


def figures(name: str, packs: Packs) -> Figures:
    """Compare a whole table with what is found."""
    sentences = table(name)
    pairs = [(set(sentence.wanted), set(found_in(sentence, packs))) for sentence in sentences]
    return Figures(
        sentences=len(sentences),
        wanted=sum(len(wanted) for wanted, _ in pairs),
        found=sum(len(wanted & found) for wanted, found in pairs),
        unwanted=sum(len(found - wanted) for wanted, found in pairs),
    )


def released_packs() -> Packs:
    """Load the packs that the project ships."""
    return load_packs(PACKS_FOLDER)


def _wanted(given: Any) -> tuple[Wanted, ...]:
    if given == "nothing":
        return ()
    return tuple((kind, found, *(blurred or [None])) for kind, found, *blurred in given)
