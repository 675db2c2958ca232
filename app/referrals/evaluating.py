"""Judges search by questions with known answers: nDCG@3, first hit right, no result, danger right."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

RIGHT, ALSO_GOOD, SHOWN = 3, 1, 3
BARS = {"first": 0.90, "nothing": 0.02, "danger": 1.0}
"""Least share of first hits and dangers right, most share without a result."""


@dataclass(frozen=True)
class Question:
    """What somebody asks, which services are right as the first one, and which are good to see as well."""

    words: str
    right: tuple[str, ...]
    also: tuple[str, ...]
    is_danger: bool


@dataclass(frozen=True)
class Judgement:
    """The figures of one file, from 0 to 1, and the questions that did not go well with what came first."""

    name: str
    questions: int
    ndcg: float
    first: float
    nothing: float
    danger: float
    wrong: tuple[tuple[str, str], ...]

    @property
    def passes(self) -> bool:
        """Whether every figure reaches its bar."""
        is_found = self.first >= BARS["first"] and self.nothing <= BARS["nothing"]
        return is_found and self.danger >= BARS["danger"]


def read_questions(path: Path) -> Iterator[Question]:
    """Yield the questions of *path*: `words|right as first|also good`; `!` marks danger. ValueError names the line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("|")
        right = _ids(columns[1].replace("!", "")) if len(columns) > 1 else ()
        if not columns[0].strip() or not right:
            raise ValueError(f"{path.name}:{number}: write `words|right as first|also good`")
        yield Question(columns[0].strip(), right, _ids("".join(columns[2:3])), columns[1].lstrip().startswith("!"))


def judge(name: str, questions: Sequence[Question], ask: Callable[[str], Sequence[str]]) -> Judgement:
    """Judge what *ask* answers, ids of services best first and none when nothing was found."""
    answers = [(one, list(ask(one.words))) for one in questions]
    good = [bool(ids) and ids[0] in one.right for one, ids in answers]
    danger = [ok for (one, _), ok in zip(answers, good, strict=True) if one.is_danger]
    return Judgement(
        name,
        len(questions),
        _mean([_ndcg(one, ids) for one, ids in answers]),
        _mean([float(ok) for ok in good]),
        1 - _mean([float(bool(ids)) for _, ids in answers]),
        _mean([float(ok) for ok in danger]),
        tuple((one.words, " ".join(ids[:SHOWN])) for (one, ids), ok in zip(answers, good, strict=True) if not ok),
    )


def _ids(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _ndcg(question: Question, ids: Sequence[str]) -> float:
    grades = dict.fromkeys(question.also, ALSO_GOOD) | dict.fromkeys(question.right, RIGHT)
    reached = _gain([grades.get(one, 0) for one in ids])
    return reached / _gain(sorted(grades.values(), reverse=True))


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:SHOWN]))
