"""Runs one conversation test: plays its lines against a version and compares what came with what was expected."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn, Protocol

from typing_extensions import override

from app.flows.answers import AnswerError, Choices, accept
from app.flows.engine import Outcome, Path, PathStep, outcome, replay, skip_rest, watch_key
from app.flows.model import SKIP, UNSURE, FlowSet, Step
from app.flows.transcripts import CURRENT, Move, Transcript

Texts = Mapping[str, str]
"""Translations of one language by source text."""
SHOWN = 12
"""Characters of a version's hash that are enough to name it."""


class Lists(Protocol):
    """The word lists that look at every text."""

    def topics_in(self, text: str, topics: Sequence[str]) -> tuple[str, ...]:
        """Return which of *topics* the text touches."""


@dataclass(frozen=True)
class Failure:
    """Why a test failed; prints as `flows/tests/bullied.yaml:12: expected urgency now, came soon`."""

    file: str
    line: int
    message: str

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Run:
    """What came of a test, the paths it went through with the version of each, and its taps."""

    result: Outcome | Failure
    paths: tuple[tuple[FlowSet, Path], ...]
    taps: int


def run(
    transcript: Transcript,
    versions: Mapping[str, FlowSet],
    lists: Lists,
    catalogues: Mapping[str, Texts] | None = None,
) -> Outcome | Failure:
    """Run *transcript* against the *versions* by name ("current" is the one under test) and compare."""
    return played(transcript, versions, lists, catalogues).result


def played(
    transcript: Transcript,
    versions: Mapping[str, FlowSet],
    lists: Lists,
    catalogues: Mapping[str, Texts] | None = None,
) -> Run:
    """Run *transcript* as `run` does, and keep the way it went."""
    player = _Player(transcript, versions, lists, catalogues or {})
    result: Outcome | Failure
    try:
        result = player.play()
    except _FailedError as error:
        result = Failure(transcript.file, error.line, str(error))
    return Run(result, tuple(player.paths), player.taps)


def taps_of(step: Step, values: tuple[str, ...]) -> int:
    """Return how many taps an answer takes: one, or one for each thing ticked and one more to go on."""
    if not step.is_question:
        return 0
    return len(values) + 1 if step.many and values not in ((SKIP,), (UNSURE,)) else 1


def in_language(flows: FlowSet, texts: Texts) -> FlowSet:
    """Return *flows* as they read with *texts*; only words differ."""

    def translated(step: Step) -> Step:
        keys = ("say", "ask", "hint", "caution", "why")
        words = {key: texts.get(getattr(step, key), getattr(step, key)) for key in keys}
        return dataclasses.replace(step, **words, chips={code: texts.get(it, it) for code, it in step.chips.items()})

    in_words = {
        name: dataclasses.replace(flow, steps={key: translated(step) for key, step in flow.steps.items()})
        for name, flow in flows.flows.items()
    }
    return FlowSet(in_words, flows.hash)


class _FailedError(Exception):
    """Raised where a test fails."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


class _Player:
    """Plays the lines of one test, as a browser would."""

    def __init__(
        self,
        transcript: Transcript,
        versions: Mapping[str, FlowSet],
        lists: Lists,
        catalogues: Mapping[str, Texts],
    ) -> None:
        self._test = transcript
        self._versions = versions
        self._lists = lists
        self._catalogues = catalogues
        self._choices = Choices(transcript.places, transcript.people, transcript.today)
        self._answers: dict[str, tuple[str, ...]] = {}
        self._changing: str | None = None
        self._texts: Texts = {}
        self._line = transcript.line
        self.taps = 0
        self.paths: list[tuple[FlowSet, Path]] = []

    @cached_property
    def _doing(self) -> Mapping[str, Callable[[Move], None]]:
        return {
            "answer": self._answer,
            "skip": lambda move: self._answer(dataclasses.replace(move, values=(SKIP,))),
            "change": self._change,
            "back": self._back,
            "enough": self._enough,
            "language": self._language,
            "detour": lambda move: self._must(move.on in self._path.detours, f'no detour opened "{move.on}"'),
            "warned": lambda move: self._must(move.on in self._path.watch, f'no text touched "{move.on}"'),
            "upgrade": lambda move: self._use(move.on),
            "say_contains": self._says,
        }

    @property
    def _path(self) -> Path:
        return self.paths[-1][1]

    @property
    def _shown(self) -> PathStep | None:
        return (self._path.find(self._changing) if self._changing else None) or self._path.current

    def play(self) -> Outcome:
        """Play every line and compare.

        Raises: _FailedError.
        """
        self._use(self._test.version)
        for move in self._test.moves:
            self._line = move.line
            self._doing[move.verb](move)
        came = outcome(self._flows, self._test.flow, self._answers)
        self._compare(came)
        return came

    def _use(self, version: str) -> None:
        matching = [each for name, each in self._versions.items() if version == name or _is_hash(version, each.hash)]
        self._must(bool(matching), f'there is no version "{version}": known are {", ".join(self._versions)}')
        self._flows = matching[0]
        self._must(self._test.flow in self._flows.flows, f'there is no flow "{self._test.flow}"')
        self._look()

    def _look(self) -> None:
        self.paths.append((self._flows, replay(self._flows, self._test.flow, self._answers)))

    def _must(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self._fail(otherwise)

    def _fail(self, message: str) -> NoReturn:
        raise _FailedError(self._line, message)

    def _answer(self, move: Move) -> None:
        shown = self._shown
        if shown is None or shown.id != move.on:
            asked = f'"{shown.id}" is asked' if shown else "everything is answered"
            self._fail(f'"{move.on}" is answered here, but {asked}')
        self._answers |= self._accepted(shown, move.values)
        self.taps += taps_of(shown.step, move.values)
        self._changing = None
        self._look()

    def _accepted(self, shown: PathStep, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        try:
            kept = accept(shown.step, values, self._choices)
        except AnswerError as error:
            self._fail(f'"{shown.id}" does not take {_listed(values)}: {error.reason}')
        if shown.step.kind != "text":
            return {shown.id: kept}
        topics = self._lists.topics_in(kept[0], shown.step.watch)
        return {shown.id: kept, watch_key(shown.id): topics}

    def _change(self, move: Move) -> None:
        found = self._path.find(move.on)
        self._must(bool(found and found.values is not None), f'"{move.on}" has no answer on the path to change')
        self._changing = move.on
        self.taps += 1
        self._answer(move)

    def _back(self, _move: Move) -> None:
        shown = self._shown
        earlier = self._path.before(shown.id) if shown else next(reversed(self._path.questions), None)
        if earlier is None:
            self._fail("there is nothing to go back to")
        self._changing = earlier.id
        self.taps += 1

    def _enough(self, _move: Move) -> None:
        answers = skip_rest(self._flows, self._test.flow, self._answers)
        if answers is None:
            self._fail("this is not enough to send: a question on the way must be answered")
        self._answers = {**self._answers, **answers}
        self._changing = None
        self.taps += 1
        self._look()

    def _language(self, move: Move) -> None:
        self._texts = self._catalogues.get(move.on, {})
        there = replay(in_language(self._flows, self._texts), self._test.flow, self._answers)
        is_same = [(each.id, each.values) for each in there.steps] == [
            (each.id, each.values) for each in self._path.steps
        ]
        self._must(is_same, f"another path or another answer came in {move.on}")

    def _says(self, move: Move) -> None:
        steps = [each.step for each in self._path.steps]
        said = [text for step in steps for text in (step.say, step.ask, step.hint, step.caution)]
        read = [self._texts.get(text, text.rpartition("\x04")[2]) for text in said]
        self._must(any(move.on in text for text in read), f'nothing up to here says "{move.on}"')

    def _compare(self, came: Outcome) -> None:
        self._line = self._test.line
        still = self._path.current.id if self._path.current else ""
        if still and "open" not in self._test.expect:
            self._fail(f'the talk is not over, "{still}" is asked: answer it, or expect open: {still}')
        for key, wanted in self._test.expect.items():
            self._line = self._test.lines.get(key, self._test.line)
            self._expect(key, wanted, _came(key, came, self._path, self.taps))

    def _expect(self, key: str, wanted: tuple[str, ...], came: tuple[str, ...]) -> None:
        if key == "taps":
            self._must(int(came[0]) <= int(wanted[0]), f"expected at most {wanted[0]} taps, came {came[0]}")
        elif key in ("never_stored", "never_shown"):
            found = [each for each in wanted if each in came]
            self._must(not found, f"expected {key} {_listed(wanted)}, but {_listed(found)} is there")
        elif key == "shown":
            missing = [each for each in wanted if each not in came]
            self._must(not missing, f"expected shown {_listed(wanted)}, but {_listed(missing)} is not there")
        elif key in ("flags", "watch", "excluded"):
            self._must(set(wanted) == set(came), f"expected {key} {_listed(wanted)}, came {_listed(came)}")
        else:
            self._must(wanted == came, f"expected {key} {_listed(wanted)}, came {_listed(came)}")


def _is_hash(version: str, found: str) -> bool:
    return version != CURRENT and len(version) >= SHOWN and found.startswith(version)


def facts_of(path: Path, came: Outcome) -> dict[str, tuple[str, ...]]:
    """Return what became of a talk, by the keys under which a test expects it."""
    return {
        "path": tuple(each.id for each in path.steps),
        "categories": came.categories,
        "urgency": (came.urgency,),
        "to": came.to,
        "else_to": came.else_to,
        "excluded": tuple(sorted(came.excluded)),
        "help": came.help_ids,
        "flags": tuple(sorted(came.flags)),
        "watch": tuple(sorted(came.watch)),
    }


def _came(key: str, came: Outcome, path: Path, taps: int) -> tuple[str, ...]:
    """Return what came under *key* of what is expected."""
    facts, stored = facts_of(path, came), path.answers
    return {
        **facts,
        "shown": facts["path"],
        "never_shown": facts["path"],
        "open": (path.current.id,) if path.current else (),
        "never_stored": (*stored, *(value for values in stored.values() for value in values)),
        "taps": (str(taps),),
    }[key]


def _listed(values: Sequence[str]) -> str:
    return f"[{', '.join(values)}]"
