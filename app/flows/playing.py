"""A talk in the terminal: what it shows, what may be typed, and the test that it becomes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.flows.answers import AnswerError, Choices, accept
from app.flows.engine import Outcome, Path, PathStep, outcome, replay, skip_rest, watch_key
from app.flows.model import SKIP, FlowSet, Step
from app.flows.sentences import CONSTANTS
from app.flows.transcript_runs import Lists, facts_of
from app.flows.transcripts import Move, written

HELP = "a number or code (several with spaces), your own words, or: back, change STEP, enough, quit"
KEYWORDS = ("back", "change", "enough", "quit")


@dataclass
class Playing:
    """One talk that is being played; *say* returns a text of the talk in the language of the player."""

    flows: FlowSet
    flow_id: str
    lists: Lists
    choices: Choices
    say: Callable[[str], str]
    constants: Mapping[str, str] = field(default_factory=lambda: CONSTANTS)
    """What the codes that begin with _ say."""
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    is_over: bool = False
    _changing: str = ""
    _shown: set[str] = field(default_factory=set)

    @property
    def path(self) -> Path:
        """Return the path so far."""
        return replay(self.flows, self.flow_id, self.answers)

    @property
    def question(self) -> PathStep | None:
        """Return the question that is asked now."""
        return self.path.find(self._changing) or self.path.current

    def show(self) -> list[str]:
        """Return the bubbles that are new, then the question; at the end the outcome, and then it is over."""
        lines = [line for each in self.path.steps if each.id not in self._shown for line in self._bubble(each)]
        self._shown.update(each.id for each in self.path.steps)
        if self.question:
            return [*lines, *self._asked(self.question)]
        self.is_over = True
        return [*lines, *self._ending()]

    def take(self, line: str) -> list[str]:
        """Do what was typed; return what is wrong with it, if anything is."""
        word, _, rest = line.strip().partition(" ")
        if word not in KEYWORDS or (rest and word != "change"):
            return self._answer(line)
        return {"back": self._back, "enough": self._enough, "quit": self._quit}.get(word, lambda: self._change(rest))()

    def as_test(self, name: str) -> str:
        """Write the talk as a test that expects what came of it."""
        came = outcome(self.flows, self.flow_id, self.answers)
        return written(name, self.flow_id, self.moves, expected(self.path, came), self.choices)

    def _bubble(self, each: PathStep) -> list[str]:
        lines = [f"  {self.say(each.step.say)}"] if each.step.say else []
        return [*lines, f"  [{', '.join(each.step.help)}]"] if each.step.help else lines

    def _asked(self, question: PathStep) -> list[str]:
        step = question.step
        small = [f"  ({self.say(text)})" for text in (step.hint, step.caution, step.why) if text]
        chips = [
            f"  {number:2}  {self._chip(step, code)}  ({code})" for number, code in enumerate(self._codes(step), 1)
        ]
        return ["", f"{question.id}: {self.say(step.ask)}", *small, *chips]

    def _chip(self, step: Step, code: str) -> str:
        return self.say(step.chips[code]) if code in step.chips else self.constants.get(code, code)

    def _codes(self, step: Step) -> list[str]:
        listed = {"chips": step.offered, "place": self.choices.places, "person": self.choices.people}.get(step.kind, ())
        return [*listed, *step.constants]

    def _answer(self, line: str) -> list[str]:
        asked = self.question
        if not asked:
            return []
        values = self._values(asked.step, line)
        try:
            kept = accept(asked.step, values, self.choices)
        except AnswerError as error:
            return [f"this is no answer here ({error.reason}); type {HELP}"]
        if self._changing and asked.values is not None:
            self.moves.append(Move("change", asked.id, tuple(values) or kept))
        else:
            self.moves.append(Move("answer", asked.id, tuple(values) or kept))
        self.answers[asked.id] = kept
        if asked.step.watch:
            self.answers[watch_key(asked.id)] = self.lists.topics_in(kept[0], asked.step.watch)
        self._changing = ""
        return []

    def _values(self, step: Step, line: str) -> list[str]:
        codes = self._codes(step)
        typed = [codes[int(word) - 1] if _is_number(word, len(codes)) else word for word in line.split()]
        if step.kind == "text":
            return typed if len(typed) == 1 and typed[0] in codes else [line] if line.strip() else [SKIP]
        return typed

    def _back(self) -> list[str]:
        earlier = self.path.before(self.question.id) if self.question else None
        if not earlier:
            return ["there is nothing to go back to"]
        self._changing = earlier.id
        return []

    def _change(self, step_id: str) -> list[str]:
        found = self.path.find(step_id.strip())
        if not found or found.values is None:
            return [
                f"change needs the id of an answered question: {', '.join(self.path.answers) or 'there is none yet'}"
            ]
        self._changing = found.id
        return []

    def _enough(self) -> list[str]:
        answers = skip_rest(self.flows, self.flow_id, self.answers)
        if answers is None:
            return ["this is not enough to send: a question on the way must be answered"]
        self.answers = answers
        self.moves.append(Move("enough"))
        self._changing = ""
        return []

    def _quit(self) -> list[str]:
        self.is_over = True
        return []

    def _ending(self) -> list[str]:
        came = outcome(self.flows, self.flow_id, self.answers)
        found = expected(self.path, came)
        return ["", f"  {self.say(self.flows.flows[self.flow_id].end)}", "", *_lines(found)]


def expected(path: Path, came: Outcome) -> dict[str, tuple[str, ...]]:
    """Return what a test may expect of a talk that ended so; what is empty is left out."""
    return {key: values for key, values in facts_of(path, came).items() if values}


def _lines(found: dict[str, tuple[str, ...]]) -> Iterable[str]:
    return (f"{key}: {', '.join(values)}" for key, values in found.items())


def _is_number(word: str, most: int) -> bool:
    return word.isascii() and word.isdecimal() and 1 <= int(word) <= most
