"""The talk as a value, and the pure decisions about it."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from app.accounts.queries import Reader
from app.flows.engine import Outcome, Path, PathStep
from app.flows.model import SKIP, UNSURE
from app.vault.codes import Code, parse_code
from app.vault.words import plain_letters

FLOW = "report"
REVIEW = "review"
CODE_STEP = "code"
WORDS_IN_CODE = 5
DIGITS_ASKED = 4
SECOND_LINE = 2
"""The stage of the external adviser behind those of the school."""
CODE_LANGUAGES = ("nl", "en")
"""Languages with a word list of their own; a code is shown in Dutch words to everybody else."""
_TELLS_NOTHING = ((SKIP,), (UNSURE,))


class NoReaderError(Exception):
    """Nobody is left who may read the talk: everybody who could is somebody it is about, or was struck out."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One talk of one browser; `answers` keeps what fell off the path too, so that a change of mind loses nothing."""

    school_id: str
    submit_id: str
    code_number: str
    flow_id: str = FLOW
    """Which talk of the version it is: telling anew, or what happened after an earlier report."""
    parent: Mapping[str, str] = field(default_factory=dict)
    """Of a talk that follows a report: `case_id`; until it is sent `public` and `private` of its code, in base64."""
    began: int = 0
    """When it began, in seconds since 1970 rounded down to ten; only ever inside the seal, to tell haste apart."""
    has_poster: bool = False
    """True when it began with the word of this week's poster."""
    is_paused: bool = False
    """True while it is put away under its code: the page shows the code, not the questions."""
    version: str = ""
    """Renewed each time that it is put away, in both copies: it tells a stale copy on another device apart."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """`lookup`, `public` and `private` of its code, in base64, once they were made: a slow hash is paid once."""
    pending: Mapping[str, str] = field(default_factory=dict)
    """Of a report that was stored before its code was made: `case_id` and `key`, the conversation key in base64."""
    opens: str = ""
    """Once it is sent: the mark of the pair of its code (`code_keys.opens_of`), to know the conversation it opens."""
    flow_hash: str = ""
    """The version of the questions that it began with, or moved to."""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changing: str | None = None
    struck: tuple[str, ...] = ()
    """Ids of the people who may not read it, because the student said so."""
    is_moved: bool = False
    """True until the next action after the talk moved to another version: the page says so."""
    fresh: str = ""
    """The question whose answer was changed by the last action: what is said about the new answer is still unread."""
    is_sent: bool = False
    is_code_kept: bool = False
    help_ids: tuple[str, ...] = ()

    def as_state(self) -> dict[str, Any]:
        """Return the talk as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> "Talk":
        """Read back what `as_state` gave, also from a version of Vertel with other fields."""
        known = {each.name: state[each.name] for each in fields(cls) if each.name in state}
        answers = {step: tuple(values) for step, values in known.get("answers", {}).items()}
        lists = {name: tuple(known.get(name, ())) for name in ("struck", "help_ids")}
        return cls(**{**known, "answers": answers, **lists})

    def with_answer(self, step_id: str, values: tuple[str, ...]) -> "Talk":
        """Return the talk with one answer set; a change is over once its question is answered."""
        changing = None if self.changing == step_id else self.changing
        return replace(self, answers={**self.answers, step_id: values}, changing=changing)

    def with_flags(self, key: str, topics: tuple[str, ...]) -> "Talk":
        """Return the talk with *topics* noted under *key*; none takes the note away."""
        others = {step: values for step, values in self.answers.items() if step != key}
        return replace(self, answers={**others, key: topics} if topics else others)

    @property
    def is_follow_up(self) -> bool:
        """Tell whether it follows an earlier report: it goes to the same readers and opens with the same code."""
        return bool(self.parent)

    @property
    def told(self) -> tuple[object, ...]:
        """Return what the student decided; while that stays the same nothing was told."""
        return self.answers, self.struck, self.changing

    @property
    def asked_word(self) -> int:
        """Return which word of the code (0 to 4) the last page asks back; always the same one for one talk."""
        return int(self.submit_id, 16) % WORDS_IN_CODE


def is_asked_word(talk: Talk, typed: str) -> bool:
    """Return whether *typed* has the word asked back (in any list) or ends in the last four digits of the code."""
    return is_word_of(parse_code(talk.code_number), talk.asked_word, typed)


def is_word_of(code: Code, number: int, typed: str) -> bool:
    """Return whether *typed* has word *number* (from 0) of a code, in any list, or ends in its last four digits."""
    right = {code.words(tag)[number] for tag in CODE_LANGUAGES}
    words = "".join(sign if sign.isalpha() else " " for sign in plain_letters(typed)).split()
    digits = "".join(str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal())
    return not right.isdisjoint(words) or digits.endswith(code.digits[-DIGITS_ASKED:])


def shown_step(talk: Talk, path: Path) -> PathStep | None:
    """Return the question to show: the one being changed, else the first unanswered; None means the review."""
    changing = path.find(talk.changing) if talk.changing else None
    return changing or path.current


def is_told(values: tuple[str, ...] | None) -> bool:
    """Tell whether *values* say something: neither open, nor skipped, nor "not sure"."""
    return bool(values) and values not in _TELLS_NOTHING


def own_words(path: Path) -> tuple[tuple[str, str], ...]:
    """Return what the student typed on *path* as pairs of the step's id and the text, in order."""
    typed = (place for place in path.questions if place.step.kind == "text" and is_told(place.values))
    return tuple((place.id, "".join(place.values or ())) for place in typed)


def can_pause(talk: Talk, path: Path) -> bool:
    """Tell whether there is something to put away, or a field for it; the code of a follow-up opens a report already.

    So a follow-up, which is short and begins anew from the conversation at any time, is never put away.
    """
    shown = shown_step(talk, path)
    return not talk.is_follow_up and (has_told(path) or (shown is not None and shown.step.kind == "text"))


def has_told(path: Path) -> bool:
    """Tell whether there is something to send: own words, or any answer to a question after those were asked for."""
    questions = list(path.questions)
    first = next((number for number, place in enumerate(questions) if place.step.kind == "text"), len(questions))
    return any(is_told(place.values) for place in questions[first:])


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people among whom a talk chooses its readers; `away` are those who are not there for a while.

    `keeps_stages` says that each stands where he stood for the report that the talk follows.
    """

    available: tuple[Reader, ...]
    away: frozenset[str] = frozenset()
    keeps_stages: bool = False


def readers_for(outcome: Outcome, team: Team, struck: Collection[str] = ()) -> tuple[Reader, ...]:
    """Return who gets a key: the chosen kinds, else the other kinds; never who is in it, nor whom the student *struck*.

    Each with the stage from which he sees the report: at once, as a deputy when no answer comes in time, or as the
    external adviser behind those of the school.
    Raises: NoReaderError.
    """
    never = outcome.excluded.union(struck)
    allowed = [each for each in team.available if each.person_id not in never and each.kind not in outcome.but_not]
    for kinds in (outcome.to, outcome.else_to):
        chosen = [reader for reader in allowed if reader.kind in kinds]
        if chosen:
            return (*_in_line(chosen, team), *_behind(chosen, allowed))
    raise NoReaderError


def at_once(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """Return those of *readers* who see the report at once."""
    return tuple(reader for reader in readers if reader.stage == 0)


def _behind(chosen: list[Reader], allowed: list[Reader]) -> list[Reader]:
    """Return who stands behind *chosen*: the external ones, when only people of the school were chosen."""
    if any(reader.kind != "internal" for reader in chosen):
        return []
    return [replace(reader, stage=SECOND_LINE) for reader in allowed if reader not in chosen]


def _in_line(chosen: list[Reader], team: Team) -> list[Reader]:
    """Return *chosen* with their stages; somebody always sees it at once."""
    regular = {reader.kind for reader in chosen if not reader.is_deputy}
    placed = [
        each if team.keeps_stages else replace(each, stage=int(each.is_deputy and each.kind in regular))
        for each in chosen
    ]
    if all(reader.person_id in team.away for reader in at_once(placed)):
        first = min((each.stage for each in placed if each.stage), default=0)
        return [replace(each, stage=0) if each.stage == first else each for each in placed]
    return placed


def mark_of(readers: Iterable[Reader]) -> str:
    """Return a short mark of who reads and who waits, to tell whether a page is still true; the same for the same."""
    people = ",".join(sorted(f"{reader.person_id} {reader.stage}" for reader in readers))
    return hashlib.sha256(people.encode()).hexdigest()[:16]
