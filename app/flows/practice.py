"""The invented cases with which an adviser practises: read from one file, or refused with every fault."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from app.flows.faults import Fault, FlowError
from app.flows.reading import MOST_BYTES, Document, Location, read
from app.flows.shape import Shape, shaped

FILE = "desk/training.yaml"
"""Where the invented cases stand, below the folder of the conversations."""
ID_LENGTH = 32
_DAYS = re.compile(r"[12]?[0-9]|30")


@dataclass(frozen=True, kw_only=True)
class Script:
    """One invented case: what was told when, what was said since, and what its student answers from then on."""

    id: str
    days_ago: int
    language: str
    answers: Mapping[str, tuple[str, ...]]
    turns: tuple[str, ...]
    """What was said since, first by the adviser and then in turns."""
    replies: tuple[str, ...] = field(repr=False)
    """What the student says to each further answer; after the last one he is silent."""
    outcome: str
    """The sentence with which it was closed; empty while it is open."""
    is_folded: bool


class ScriptShape(Shape):
    """One case as written."""

    days_ago: str
    language: str = "nl"
    answers: dict[str, str | list[str]] = Field(min_length=1)
    turns: list[str] = Field(default_factory=list)
    replies: list[str] = Field(default_factory=list)
    outcome: str = ""
    folded: bool = False


class PracticeShape(Shape):
    """The whole file."""

    cases: dict[str, ScriptShape] = Field(min_length=1)


def load_practice(folder: Path) -> tuple[Script, ...]:
    """Read the invented cases of the conversations in *folder*, the oldest first.

    Raises: FlowError, with every fault.
    """
    scripts, faults = read_practice(folder)
    if faults:
        raise FlowError(faults)
    return scripts


def read_practice(folder: Path) -> tuple[tuple[Script, ...], tuple[Fault, ...]]:
    """Return the invented cases, none when they cannot be read, with every fault."""
    name = f"{folder.name}/{FILE}"
    try:
        with (folder / FILE).open("rb") as opened:
            document = read(name, opened.read(MOST_BYTES + 1))
    except OSError as error:
        document = Document(name)
        document.fault((), "E00", f"the file cannot be read ({error.strerror}): put it back")
    shape = shaped(document, PracticeShape, _shape_around) if document.data is not None else None
    if shape is None:
        if not document.faults:
            document.fault((), "E00", "the file is empty: write the invented cases")
        return (), tuple(document.faults)
    _check(document, shape)
    if document.faults:
        return (), tuple(document.faults)
    scripts = sorted((_script(*each) for each in shape.cases.items()), key=lambda one: -one.days_ago)
    return tuple(scripts), ()


def _check(document: Document, shape: PracticeShape) -> None:
    for case_id, script in shape.cases.items():
        if len(case_id) > ID_LENGTH:
            document.fault(("cases", case_id), "E00", f"the name is too long: keep it to {ID_LENGTH} characters")
        if not _DAYS.fullmatch(script.days_ago):
            document.fault(("cases", case_id, "days_ago"), "E00", 'days_ago is how many days ago: "0" to "30"')


def _script(case_id: str, shape: ScriptShape) -> Script:
    return Script(
        id=case_id,
        days_ago=int(shape.days_ago),
        language=shape.language,
        answers={step: (said,) if isinstance(said, str) else tuple(said) for step, said in shape.answers.items()},
        turns=tuple(shape.turns),
        replies=tuple(shape.replies),
        outcome=shape.outcome,
        is_folded=shape.folded,
    )


def _shape_around(location: Location) -> type[Shape]:
    return ScriptShape if len(location) > len(("cases", "id")) else PracticeShape
